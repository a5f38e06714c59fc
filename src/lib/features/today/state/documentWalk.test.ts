import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { newMemberId, newRoomId, type RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import { stampSchema } from '$lib/core/rooms/documentKind.ts';
import type { Access, OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceDocument } from '$lib/core/workspaceSession.ts';
import { ledgerKind } from '$lib/features/ledgers/index.ts';
import { planKind } from '$lib/features/plans/index.ts';
import { nothingFound, type TodayFound } from '../model/todaySource.ts';
import { DocumentWalk } from './documentWalk.ts';
import { ledgerReader } from './ledgerReader.ts';
import { planReader } from './planReader.ts';
import { createSeenVersions, type SeenVersions } from './seenVersions.ts';

const [me, colleague] = [newMemberId(), newMemberId()];
const context = {
	actor: { member: me, role: 'officer', posts: [] },
	today: '2023-03-15'
} as const;
const visitMs = Date.UTC(2023, 2, 15, 4);

interface Made {
	readonly entry: WorkspaceDocument;
	readonly doc: Y.Doc;
	readonly access: Access | 'fails';
}

function made(
	kind: string,
	fill: (doc: Y.Doc) => void,
	more: Partial<WorkspaceDocument> = {}
): Made {
	const doc = new Y.Doc();
	stampSchema(doc, kind === 'plan' ? planKind : ledgerKind);
	fill(doc);
	const entry = { room: newRoomId(), kind, title: '2023', createdAt: '2023-01-01', trashed: false };
	return {
		doc,
		access: 'write',
		entry: { ...entry, circle: 'commons', members: null, maker: null, ...more }
	};
}

const withTask = (title: string) => (doc: Y.Doc) => {
	doc.getMap('tasks').set('t', { origin: 'own', path: [], title });
	doc.getMap('work').set('t/leader', me);
};
const plan = (title: string, createdAt = '2023-01-01', more: Partial<WorkspaceDocument> = {}) =>
	made('plan', withTask(title), { title, createdAt, ...more });

function addProblem(doc: Y.Doc, id: string, text: string, by: string = colleague): void {
	const row = new Y.Map<unknown>([
		...[['responsibleId', me], ['createdBy', by] as const].map(
			([key, value]) => [key, value] as [string, string]
		),
		['createdAt', '2023-03-01T00:00:00.000Z']
	]);
	row.set('manifestation', new Y.Text(text));
	doc.getMap('problems').set(id, row);
}

function branch(...first: Made[]) {
	const all = [...first];
	const open = new Map<RoomId, number>();
	const opened: string[] = [];
	let mostOpen = 0;
	const documents = createSource<readonly WorkspaceDocument[]>(all.map(({ entry }) => entry));
	const arrivals = new Set<(room: RoomId) => void>();
	const count = (room: RoomId, by: number) => {
		open.set(room, (open.get(room) ?? 0) + by);
		mostOpen = Math.max(
			mostOpen,
			[...open.values()].reduce((sum, n) => sum + n, 0)
		);
	};
	const session = {
		documents,
		onArrival(listener: (room: RoomId) => void) {
			arrivals.add(listener);
			return () => void arrivals.delete(listener);
		},
		async openDocument(room: RoomId): Promise<OpenDocument> {
			const { doc, access, entry } = all.find((each) => each.entry.room === room)!;
			opened.push(entry.title);
			await Promise.resolve();
			if (access === 'fails') throw new Error('the store refuses');
			count(room, 1);
			return {
				...{ room, kind: entry.kind, doc, access },
				presence: { peers: createSource([]), setPlace: () => {} },
				save: createSource({ stored: true, delivered: true, held: { by: 1, of: 1 }, fault: null }),
				close: () => count(room, -1)
			};
		}
	};
	return {
		session,
		opened,
		mostOpen: () => mostOpen,
		openNow: () => [...open].filter(([, uses]) => uses > 0).map(([room]) => room),
		arrive: (room: RoomId) => arrivals.forEach((listener) => listener(room)),
		put(...documentsNow: Made[]) {
			all.splice(0, all.length, ...documentsNow);
			documents.set(all.map(({ entry }) => entry));
		},
		listeners: () => arrivals.size
	};
}

function memorySeen(): SeenVersions {
	let text: string | null = null;
	return createSeenVersions({ read: () => text, write: (value) => void (text = value) });
}

const walks: DocumentWalk[] = [];
function walk(session: ReturnType<typeof branch>['session'], seen = memorySeen()) {
	const shown: TodayFound[] = [];
	const made = new DocumentWalk(
		{
			...{ session, context, seen, now: () => visitMs },
			readers: { plan: async () => planReader, ledger: async () => ledgerReader }
		},
		(found) => shown.push(found)
	);
	walks.push(made);
	const last = () => shown.at(-1) ?? nothingFound;
	const titles = () => last().items.map(({ title }) => title);
	const atRest = () => vi.waitFor(() => expect(shown.at(-1)?.left).toBe(0));
	return { walk: made, shown, last, titles, atRest, seen };
}

afterEach(() => walks.splice(0).forEach((one) => one.stop()));

describe('a walk through the documents', () => {
	it('looks into plans and ledgers of the committee one after the other, the newest first', async () => {
		const { session, opened, mostOpen, openNow } = branch(
			...['2019', '2020', '2021', '2022', '2023', '2024'].map((year) =>
				plan(year, `${year}-01-01`)
			),
			plan('扔掉的', '2025-01-01', { trashed: true }),
			plan('几个人的', '2025-01-01', { circle: 'private', members: [me] }),
			made('talk', withTask('谈话'), { title: '谈话' })
		);
		const { titles, atRest, shown, last } = walk(session);
		await atRest();
		expect(opened).toEqual(['2024', '2023', '2022', '2021', '2020', '2019']);
		expect(titles().toSorted()).toEqual(opened.toSorted());
		expect(last()).toMatchObject({ left: 0, of: 6, skipped: 0 });
		// What is known is shown at once; the rest is filled in.
		expect(shown[0]!.items).toHaveLength(1);
		expect(openNow()).toHaveLength(4);
		expect(mostOpen()).toBe(5);
	});

	it('follows what is open, and looks again into what words have come in for', async () => {
		const quiet = made('plan', () => {}, { title: '没有任务的', createdAt: '2020-01-01' });
		const lively = plan('在做的');
		const { session, arrive, openNow } = branch(lively, quiet);
		const { titles, atRest } = walk(session);
		await atRest();
		expect(openNow()).toEqual([lively.entry.room]);
		lively.doc.getMap('work').set('t/title', '改了名的');
		await vi.waitFor(() => expect(titles()).toEqual(['改了名的']));
		withTask('新来的')(quiet.doc);
		expect(titles()).toEqual(['改了名的']);
		arrive(quiet.entry.room);
		await vi.waitFor(() => expect(titles()).toEqual(['改了名的', '新来的']));
		// More is likely to come: it stays open.
		expect(openNow()).toHaveLength(2);
		quiet.doc.getMap('work').set('t/title', '又改了');
		await vi.waitFor(() => expect(titles()).toEqual(['改了名的', '又改了']));
	});

	it('keeps no more open than a few, whatever comes in', async () => {
		const plans = Array.from({ length: 9 }, (_, at) => plan(`${at}`, `20${10 + at}-01-01`));
		const { session, arrive, openNow, mostOpen } = branch(...plans);
		const { titles, atRest } = walk(session);
		await atRest();
		for (const { entry } of plans) arrive(entry.room);
		await vi.waitFor(() => expect(openNow()).toContain(plans[0]!.entry.room));
		await atRest();
		expect(openNow().length).toBeLessThanOrEqual(4);
		expect(mostOpen()).toBe(5);
		expect(titles()).toHaveLength(9);
	});

	it('takes up what is made and leaves what is thrown away', async () => {
		const [old, gone] = [plan('旧的'), plan('扔掉的')];
		const { session, put, openNow } = branch(old, gone);
		const { titles, atRest } = walk(session);
		await atRest();
		const fresh = plan('新建的');
		put(old, { ...gone, entry: { ...gone.entry, trashed: true } }, fresh);
		await vi.waitFor(() => expect(titles().toSorted()).toEqual(['新建的', '旧的'].toSorted()));
		expect(openNow()).not.toContain(gone.entry.room);
	});

	it('counts what it cannot look into instead of guessing, until it can', async () => {
		const empty = { ...plan('还没取回'), doc: new Y.Doc() };
		const { session } = branch(
			{ ...plan('新版本'), access: 'newer-version' },
			{ ...plan('打不开'), access: 'fails' },
			{ ...plan('只能看'), access: 'read' },
			empty
		);
		const { titles, atRest, last } = walk(session);
		await atRest();
		expect(titles()).toEqual(['只能看']);
		expect(last().skipped).toBe(3);
		stampSchema(empty.doc, planKind);
		withTask('取回来了')(empty.doc);
		await vi.waitFor(() => expect(titles()).toEqual(['只能看', '取回来了']));
		expect(last().skipped).toBe(2);
	});

	it('gives everything back when it ends, also in the middle', async () => {
		const { session, openNow, listeners } = branch(plan('一'), plan('二'), plan('三'));
		const { walk: whole, atRest, shown } = walk(session);
		await atRest();
		whole.stop();
		expect(openNow()).toEqual([]);
		expect(listeners()).toBe(0);
		const { walk: half, shown: seenByHalf } = walk(session);
		await vi.waitFor(() => expect(seenByHalf.length).toBeGreaterThan(0));
		half.stop();
		const count = seenByHalf.length;
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(openNow()).toEqual([]);
		expect(seenByHalf).toHaveLength(count);
		expect(shown.at(-1)!.items).toHaveLength(3);
	});
});

describe('news', () => {
	const ledger = (createdAt = '2023-01-01', ...ids: string[]) =>
		made('ledger', (doc) => ids.forEach((id) => addProblem(doc, id, id)), { createdAt });
	const told = (found: TodayFound) => found.news.map(({ title, by }) => [title, by]);

	it('are none at the first meeting, then what colleagues did, until it is put away', async () => {
		const year = ledger('2023-01-01', '旧的');
		const { session } = branch(year);
		const { walk: first, atRest, last, seen } = walk(session);
		await atRest();
		expect(told(last())).toEqual([]);
		addProblem(year.doc, 'p2', '同事写的');
		addProblem(year.doc, 'p3', '自己写的', me);
		await vi.waitFor(() => expect(told(last())).toEqual([['同事写的', colleague]]));
		first.stop();
		// Another visit tells the same: nothing is lost by a glance.
		const again = walk(session, seen);
		await again.atRest();
		expect(told(again.last())).toEqual([['同事写的', colleague]]);
		expect(again.last().news[0]).toMatchObject({
			isNew: true,
			href: `/ledgers/problems?room=${year.entry.room}&row=p2`
		});
		again.walk.markSeen();
		expect(told(again.last())).toEqual([]);
		again.walk.stop();
		const later = walk(session, seen);
		await later.atRest();
		expect(told(later.last())).toEqual([]);
	});

	it('tell a ledger that was made since then whole, and one that was met late not at all', async () => {
		const year = ledger('2023-01-01', '旧的');
		const { session, put } = branch(year);
		const { atRest, last } = walk(session);
		await atRest();
		put(year, ledger('2022-01-01', '去年的'), ledger('2023-03-16', '新台账里的'));
		await vi.waitFor(() => expect(last()).toMatchObject({ left: 0, of: 3 }));
		expect(told(last())).toEqual([['新台账里的', colleague]]);
	});
});
