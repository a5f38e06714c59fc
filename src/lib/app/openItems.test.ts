import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newMemberId, newRoomId, type RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import { stampSchema } from '$lib/core/rooms/documentKind.ts';
import type { Access, OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceDocument } from '$lib/core/workspaceSession.ts';
import { ledgerKind } from '$lib/features/ledgers/index.ts';
import { planKind } from '$lib/features/plans/index.ts';
import { createOpenItems, type OpenItemsProgress } from './openItems.ts';

const gone = newMemberId();
const next = newMemberId();

interface Made {
	readonly entry: WorkspaceDocument;
	readonly doc: Y.Doc;
	readonly access: Access | 'fails';
}

function made(
	kind: string,
	title: string,
	fill: (doc: Y.Doc) => void,
	access: Made['access'] = 'write',
	more: Partial<WorkspaceDocument> = {}
): Made {
	const doc = new Y.Doc();
	stampSchema(doc, kind === 'plan' ? planKind : ledgerKind);
	fill(doc);
	const entry = { room: newRoomId(), kind, title, createdAt: '', trashed: false };
	return {
		doc,
		access,
		entry: { ...entry, circle: 'commons', members: null, maker: null, ...more }
	};
}

const plan = (title: string, ...rest: [Made['access']?, Partial<WorkspaceDocument>?]) =>
	made('plan', title, withTask, ...rest);

function withTask(doc: Y.Doc): void {
	doc.getMap('tasks').set('t1', { origin: 'own', path: [], title: '报送计划' });
	doc.getMap('work').set('t1/leader', gone);
	doc.getMap('work').set('t1/due', '2023-06-30');
}

function withProblem(doc: Y.Doc): void {
	const row = new Y.Map<unknown>([['responsibleId', gone]]);
	row.set('manifestation', new Y.Text('学习不够经常'));
	doc.getMap('problems').set('p1', row);
}

function branch(...documents: Made[]) {
	const open = new Set<RoomId>();
	let mostOpen = 0;
	let opened = 0;
	const session = {
		documents: createSource(documents.map(({ entry }) => entry)),
		async openDocument(room: RoomId): Promise<OpenDocument> {
			const { doc, access, entry } = documents.find((each) => each.entry.room === room)!;
			if (access === 'fails') throw new Error('the store refuses');
			open.add(room);
			opened += 1;
			mostOpen = Math.max(mostOpen, open.size);
			const peers = createSource([]);
			return {
				room,
				kind: entry.kind,
				doc,
				access,
				presence: { peers, setPlace: () => {} },
				save: createSource({
					stored: true,
					delivered: true,
					held: { by: 1, of: 1 },
					fault: null
				}),
				close: () => void open.delete(room)
			};
		}
	};
	return { session, open, mostOpen: () => mostOpen, opened: () => opened };
}

describe('open items of a person', () => {
	it('come from every plan and ledger of the committee, opened one after the other', async () => {
		const { session, open, mostOpen } = branch(
			plan('春季任务'),
			made('ledger', '2023', withProblem),
			plan('扔掉的', 'write', { trashed: true }),
			plan('书记的', 'write', { circle: 'private', members: [gone] }),
			made('talk', '谈话', withTask)
		);
		const source = createOpenItems(session);
		const seen: (OpenItemsProgress | null)[] = [];
		source.progress.subscribe(() => seen.push(source.progress.current()));
		const rooms = session.documents.current().map(({ room }) => room);
		const found = await source.itemsOf(gone);
		expect(found.map(({ id, title, due }) => [id, title, due])).toEqual([
			[`${rooms[0]} t1`, '报送计划', '2023-06-30'],
			[`${rooms[1]} p1`, '学习不够经常', null]
		]);
		expect(found.map((item) => item.source)).toEqual(['春季任务', expect.stringContaining('2023')]);
		expect(seen).toEqual([{ done: 0, of: 2 }, { done: 1, of: 2 }, null]);
		expect(source.skipped.current()).toBe(0);
		expect(open.size).toBe(0);
		expect(mostOpen()).toBe(1);
		expect(await source.itemsOf(next)).toEqual([]);
	});

	it('go to somebody else, or to nobody', async () => {
		const { session } = branch(plan('春季任务'), made('ledger', '2023', withProblem));
		const source = createOpenItems(session);
		const items = (await source.itemsOf(gone)).map(({ id }) => id);
		await source.reassign(items.slice(0, 1), gone, next);
		await source.reassign(items.slice(1), gone, null);
		expect(await source.itemsOf(gone)).toEqual([]);
		expect((await source.itemsOf(next)).map(({ id }) => id)).toEqual(items.slice(0, 1));
	});

	it('of documents that cannot be read or changed here are counted, not guessed', async () => {
		const empty = { ...plan('还没取回'), doc: new Y.Doc() };
		const { session, open } = branch(
			plan('只读', 'read'),
			plan('新版本', 'newer-version'),
			plan('打不开', 'fails'),
			empty,
			plan('可以改')
		);
		const source = createOpenItems(session);
		expect((await source.itemsOf(gone)).map((item) => item.source)).toEqual(['可以改']);
		expect(source.skipped.current()).toBe(4);
		expect(open.size).toBe(0);
	});

	it('are handed on where they can be; that some could not is no silence', async () => {
		const good = plan('可以改');
		const bad = { ...plan('只读'), access: 'read' as const };
		const { session } = branch(bad, good);
		const source = createOpenItems(session);
		const items = [bad, good].map(({ entry }) => `${entry.room} t1`);
		await expect(source.reassign(items, gone, next)).rejects.toThrow('1 documents');
		expect(good.doc.getMap('work').get('t1/leader')).toBe(next);
		expect(bad.doc.getMap('work').get('t1/leader')).toBe(gone);
		expect(source.progress.current()).toBeNull();
	});

	it('of several people are found in one look, and looks wait for each other', async () => {
		const { session, mostOpen, opened } = branch(plan('一'), plan('二'));
		const source = createOpenItems(session);
		const both = [source.itemsOf(gone), source.itemsOf(next), source.itemsOf(gone)];
		expect((await Promise.all(both)).map(({ length }) => length)).toEqual([2, 0, 2]);
		expect(opened()).toBe(2);
		const items = (await source.itemsOf(gone)).map(({ id }) => id);
		const handing = source.reassign(items, gone, next);
		expect(await source.itemsOf(next)).toHaveLength(2);
		await handing;
		expect(mostOpen()).toBe(1);
	});
});
