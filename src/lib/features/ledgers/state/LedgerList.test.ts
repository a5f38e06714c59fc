import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import type { OpenDocument, Peer, Place } from '$lib/core/rooms/openDocument.ts';
import type { OwnColumn } from '../model/ownColumns.ts';
import { people, seededBytes } from '../model/testLedger.ts';
import { LedgerList, type LedgerListOptions } from './LedgerList.svelte.ts';

function openList(
	access: OpenDocument['access'] = 'write',
	more: Partial<LedgerListOptions> = {},
	doc = new Y.Doc()
) {
	const peers = createSource<readonly Peer[]>([]);
	const places: (Place | null)[] = [];
	const save = { stored: true, delivered: true, held: { by: 1, of: 1 }, fault: null };
	const open: OpenDocument = {
		room: 'room' as RoomId,
		kind: 'ledger',
		doc,
		access,
		presence: { peers, setPlace: (place) => void places.push(place) },
		save: createSource(save),
		close: () => undefined
	};
	const now = () => new Date(2023, 2, 15, 9).getTime();
	const actor: LedgerListOptions['actor'] = { member: 'm01', role: 'secretary', posts: ['书记'] };
	const ledger = 'problems';
	const list = new LedgerList({
		...{ open, ledger, actor, people, now, random: seededBytes(1) },
		...more
	});
	return { list, doc, peers, places };
}

/** The list follows the document at the end of the turn. */
const turn = () => Promise.resolve();

describe('an open ledger', () => {
	it('follows the document, and says what can be taken back', async () => {
		const { list } = openList();
		const id = list.rows.add();
		list.cells.edit(id, { manifestation: '一' });
		await turn();
		expect(list.view.rows.map((row) => row.values.manifestation)).toEqual(['一']);
		expect([list.steps.canUndo, list.steps.canRedo]).toEqual([true, false]);
		list.steps.undo();
		list.steps.undo();
		await turn();
		expect([list.view.total, list.steps.canUndo, list.steps.canRedo]).toEqual([0, false, true]);
	});

	it('counts each own step once and a colleague’s not at all', async () => {
		const { list, doc } = openList();
		const before = list.steps.count;
		const id = list.rows.add();
		expect(list.steps.count).toBe(before + 1);
		doc.transact(() => list.rows.textOf(id, 'remark')?.insert(0, '同事'), 'elsewhere');
		await turn();
		expect(list.rows.get(id)?.values.remark).toBe('同事');
		expect(list.steps.count).toBe(before + 1);
	});

	it('takes typed words as people write them, and refuses what it does not understand', async () => {
		const { list } = openList();
		const id = list.rows.add();
		expect(list.cells.type(id, 'due', '月底')).toBe(true);
		expect(list.cells.type(id, 'responsibleId', '张敏')).toBe(true);
		expect(list.cells.type(id, 'due', '尽快')).toBe(false);
		await turn();
		expect(list.rows.get(id)?.values).toEqual({ due: '2023-03-31', responsibleId: 'm18' });
	});

	it('proposes a deadline for what is to be put right at once, in the same step', async () => {
		const { list } = openList();
		const id = list.rows.add();
		list.cells.choose(id, 'rectKind', 'immediate');
		await turn();
		expect(list.rows.get(id)?.values.due).toBe('2023-03-22');
		list.steps.undo();
		await turn();
		expect(list.rows.get(id)?.values).toEqual({});
	});

	it('takes the aspect from the catalogue with the item', async () => {
		const { list } = openList();
		list.columns.setCatalogue({ items: [{ aspect: '实', no: 14, text: '课后服务质量不高' }] });
		const id = list.rows.add();
		list.cells.choose(id, 'itemNo', '14');
		await turn();
		expect(list.rows.get(id)?.values).toEqual({ itemNo: 14, aspect: '实' });
		expect(list.aspects).toEqual(['实']);
	});

	it('throws a form away that was opened and left empty, and only that', async () => {
		const { list } = openList();
		const [empty, written] = [list.rows.add(), list.rows.add(null, { remark: '有字' })];
		list.rows.discardBlank(empty);
		list.rows.discardBlank(written);
		await turn();
		expect(list.view.rows.map((row) => row.id)).toEqual([written]);
		expect(list.rows.trashed).toEqual([]);
	});

	it('forgets a row left untouched: the next undo takes back what was written before it', async () => {
		const { list } = openList();
		const written = list.rows.add();
		list.cells.edit(written, { remark: '有字' });
		list.rows.discardBlank(list.rows.add());
		list.steps.undo();
		await turn();
		expect(list.view.rows.map((row) => row.id)).toEqual([written]);
		expect(list.rows.get(written)?.values).toEqual({});
	});

	it('ticks and unticks one word of a set at a time', async () => {
		const { list } = openList();
		const id = list.rows.add();
		list.cells.toggle(id, 'sources', 'talk');
		list.cells.toggle(id, 'sources', 'selfCheck');
		list.cells.toggle(id, 'sources', 'no such source');
		await turn();
		expect(list.rows.get(id)?.values.sources).toEqual(['selfCheck', 'talk']);
		list.cells.toggle(id, 'sources', 'talk');
		await turn();
		expect(list.rows.get(id)?.values.sources).toEqual(['selfCheck']);
	});

	it('tells colleagues where one is, and knows where they are', () => {
		const { list, peers, places } = openList();
		list.setPlace({ row: 'r', field: 'due' });
		expect(places.at(-1)).toEqual({ row: 'r', field: 'due' });
		const peer = { client: 7, member: 'm03' } as unknown as Peer;
		peers.set([
			{ ...peer, place: { row: 'r', field: 'remark' } },
			{ ...peer, place: { row: 3 } },
			{ ...peer, place: null }
		]);
		expect(list.peers).toEqual([{ client: 7, member: 'm03', row: 'r', field: 'remark' }]);
		list.destroy();
		expect(places.at(-1)).toBeNull();
	});

	it.each(['read', 'newer-version'] as const)('writes nothing with access “%s”', (access) => {
		const { list } = openList(access);
		const [id] = list.doc.add([{ values: { remark: '有字' } }], { after: null, before: null });
		expect(list.readonly).toBe(true);
		expect(list.rows.isWritable(id!)).toBe(false);
		expect(list.rows.textOf(id!, 'remark')).toBeNull();
	});

	it('LD11 shows in the rectification ledger what was confirmed, and the same words in both', async () => {
		const { list, doc } = openList();
		const { list: rectification } = openList('write', { ledger: 'rectification' }, doc);
		const id = list.rows.add();
		list.cells.edit(id, { manifestation: '留样标签缺时间', aspect: '细', level: 'team' });
		await turn();
		expect(rectification.view.total).toBe(0);
		list.life.act(id, 'submit');
		list.life.act(id, 'confirm');
		await turn();
		expect(rectification.view.rows.map((row) => row.id)).toEqual([id]);
		rectification.cells.edit(id, { goal: '每日齐全' });
		await turn();
		expect(list.columns.textIn(list.rows.get(id)!, 'goal')).toBe('每日齐全');
		expect(list.columns.textIn(list.rows.get(id)!, 'status')).toBe('待整改');
	});

	it('LD5 does not take a step of a life back with Ctrl+Z', async () => {
		const { list } = openList();
		const id = list.rows.add(null, { manifestation: '一' });
		list.life.act(id, 'submit');
		while (list.steps.canUndo) list.steps.undo();
		await turn();
		list.steps.redo();
		await turn();
		expect(list.rows.get(id)?.life.status).toBe('toVerify');
	});

	it('LD12 has a branch’s own columns as fields like the others, and keeps what is in one put away', async () => {
		const { list } = openList();
		const column: OwnColumn = {
			id: 'c',
			table: 'problems',
			title: '督导组意见',
			kind: 'text',
			choices: [],
			at: '2023-03-15T01:00:00.000Z',
			putAway: false
		};
		const id = list.rows.add();
		expect(list.columns.put(column)).toBe(true);
		expect(list.cells.type(id, 'own:c', '已阅')).toBe(true);
		await turn();
		expect(list.columns.byId('own:c')?.title).toBe('督导组意见');
		expect(list.columns.textIn(list.rows.get(id)!, 'own:c')).toBe('已阅');
		list.view.setFilter({ text: '已阅' });
		expect(list.view.rows.map((row) => row.id)).toEqual([id]);
		list.columns.put({ ...column, putAway: true });
		expect(list.columns.byId('own:c')).toBeUndefined();
		list.columns.put(column);
		expect(list.columns.textIn(list.rows.get(id)!, 'own:c')).toBe('已阅');
	});

	it('lets its author and a secretary put a row away, and nobody else', () => {
		const { list, doc } = openList();
		const id = list.rows.add(null, { manifestation: '一' });
		const as = (member: string, role: 'officer' | 'secretary') =>
			openList('write', { actor: { member, role, posts: [] } }, doc).list.rows.mayTrash(id);
		expect([as('m01', 'officer'), as('m03', 'secretary'), as('m03', 'officer')]).toEqual([
			true,
			true,
			false
		]);
	});

	it('names a problem by its code in the opinions beside it', async () => {
		const { list, doc } = openList();
		const problem = list.rows.add(null, { manifestation: '内容单一' });
		const { list: opinions } = openList('write', { ledger: 'opinions' }, doc);
		const id = opinions.rows.add(null, { words: '课后服务能不能多开点兴趣课' });
		opinions.life.act(id, 'toProblem', { target: problem });
		await turn();
		expect(opinions.columns.textIn(opinions.rows.get(id)!, 'problem')).toBe('WT-2023-001');
		expect(opinions.columns.textIn(opinions.rows.get(id)!, 'code')).toBe('YJ-2023-001');
	});
});
