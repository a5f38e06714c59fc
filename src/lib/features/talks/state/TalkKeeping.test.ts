import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { testHeading } from '../model/record/testTalk.ts';
import { TalkKeeping, type TalkKeepingOptions } from './TalkKeeping.ts';
import type { ListedTalk } from './TalkList.svelte.ts';

const listed = (room: string, talk: Partial<ListedTalk> = {}): ListedTalk => ({
	...{ ...testHeading, state: 'signed', on: '2023-03-15' },
	...{ trashed: false, circle: 'people', members: [], isMine: true },
	...talk,
	room: room as ListedTalk['room']
});

interface Setting {
	readonly role?: 'secretary' | 'officer' | 'observer';
	readonly access?: 'write' | 'read';
	readonly today?: string;
	readonly present?: readonly ListedTalk[];
	readonly trashed?: readonly ListedTalk[];
	readonly root?: Y.Doc;
}

function keepingOf(setting: Setting): TalkKeeping {
	const { role = 'officer', access = 'write', today = '2025-03-15', root = new Y.Doc() } = setting;
	const session = { root: { doc: root, access }, self: { member: 'me', role } };
	return new TalkKeeping({
		session: session as unknown as TalkKeepingOptions['session'],
		list: { present: setting.present ?? [], trashed: setting.trashed ?? [] },
		today: () => today
	});
}
const rooms = (talks: readonly ListedTalk[]): string[] => talks.map(({ room }) => room);

describe('what has to be decided on', () => {
	const present = [
		listed('old'),
		listed('new', { on: '2023-03-16' }),
		listed('kept', { keepUntil: '2026-03-15' }),
		listed('draft', { state: 'draft' }),
		listed('shared', { isMine: false }),
		listed('reminder', { isMine: false, circle: 'restricted', kind: 'reminder' })
	];
	it('TK30 is asked of the talker, and of the secretary for the restricted circle', () => {
		expect(rooms(keepingOf({ present }).over)).toEqual(['old']);
		expect(rooms(keepingOf({ present, role: 'secretary' }).over)).toEqual(['old', 'reminder']);
	});
	it('TK30 is also what has lain in the trash for its days', () => {
		const away = { trashed: true, state: 'draft' } as const;
		const trashed = [
			listed('long', { ...away, trashedOn: '2025-02-13' }),
			listed('short', { ...away, trashedOn: '2025-02-14' }),
			listed('theirs', { ...away, trashedOn: '2025-02-13', isMine: false })
		];
		const keeping = keepingOf({ trashed });
		expect(rooms(keeping.trashed)).toEqual(['long', 'short']);
		expect(rooms(keeping.stale)).toEqual(['long']);
	});
	it('TK31 follows what the committee settles', () => {
		const keeping = keepingOf({ present });
		expect(keeping.decide({ keepYears: 3 })).toBe(true);
		expect(keeping.over).toEqual([]);
		expect(keeping.decision).toEqual({ by: 'me', on: '2025-03-15' });
	});
});

describe('who settles how long talks are kept', () => {
	it('TK31 is anybody of the committee who may write, and the secretary is asked to', () => {
		expect(keepingOf({ role: 'secretary' })).toMatchObject({ mayDecide: true, isToSettle: true });
		expect(keepingOf({ role: 'officer' })).toMatchObject({ mayDecide: true, isToSettle: false });
		for (const wrong of [{ role: 'observer' }, { role: 'secretary', access: 'read' }] as const) {
			const root = new Y.Doc();
			const keeping = keepingOf({ ...wrong, root });
			expect(keeping).toMatchObject({ mayDecide: false, isToSettle: false });
			expect(keeping.decide({ keepYears: 3 })).toBe(false);
			expect(keeping.decision).toBeNull();
		}
	});
	it('TK31 is asked once: not when somebody has settled it', () => {
		const keeping = keepingOf({ role: 'secretary' });
		expect(keeping.decide({ trashDays: 0 })).toBe(false);
		expect(keeping.isToSettle).toBe(true);
		expect(keeping.decide({})).toBe(true);
		expect(keeping.isToSettle).toBe(false);
	});
});
