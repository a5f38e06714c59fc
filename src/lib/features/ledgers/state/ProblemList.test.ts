import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import type { OpenDocument, Peer, Place } from '$lib/core/rooms/openDocument.ts';
import { people, seededBytes } from '../model/testLedger.ts';
import { ProblemList } from './ProblemList.svelte.ts';

function openList(access: OpenDocument['access'] = 'write') {
	const doc = new Y.Doc();
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
	const list = new ProblemList({ open, self: 'm01', people, now, random: seededBytes(1) });
	return { list, doc, peers, places };
}

/** The list follows the document at the end of the turn. */
const turn = () => Promise.resolve();

describe('the open problem list', () => {
	it('follows the document, and says what can be taken back', async () => {
		const { list } = openList();
		const id = list.add();
		list.edit(id, { manifestation: '一' });
		await turn();
		expect(list.rows.map((row) => row.manifestation)).toEqual(['一']);
		expect([list.canUndo, list.canRedo]).toEqual([true, false]);
		list.undo();
		list.undo();
		await turn();
		expect([list.total, list.canUndo, list.canRedo]).toEqual([0, false, true]);
	});

	it('counts each own step once and a colleague’s not at all', async () => {
		const { list, doc } = openList();
		const before = list.steps;
		const id = list.add();
		expect(list.steps).toBe(before + 1);
		doc.transact(() => list.textOf(id, 'remark')?.insert(0, '同事'), 'elsewhere');
		await turn();
		expect(list.get(id)?.remark).toBe('同事');
		expect(list.steps).toBe(before + 1);
	});

	it('takes typed words as people write them, and refuses what it does not understand', async () => {
		const { list } = openList();
		const id = list.add();
		expect(list.type(id, 'due', '月底')).toBe(true);
		expect(list.type(id, 'responsibleId', '张敏')).toBe(true);
		expect(list.type(id, 'due', '尽快')).toBe(false);
		await turn();
		expect(list.get(id)).toMatchObject({ due: '2023-03-31', responsibleId: 'm18' });
	});

	it('proposes a deadline for what is to be put right at once, in the same step', async () => {
		const { list } = openList();
		const id = list.add();
		list.choose(id, 'rectKind', 'immediate');
		await turn();
		expect(list.get(id)?.due).toBe('2023-03-22');
		list.undo();
		await turn();
		expect(list.get(id)).toMatchObject({ due: null, rectKind: null });
	});

	it('takes the aspect from the catalogue with the item', async () => {
		const { list } = openList();
		list.setCatalogue({ items: [{ aspect: '实', no: 14, text: '课后服务质量不高' }] });
		const id = list.add();
		list.choose(id, 'itemNo', '14');
		await turn();
		expect(list.get(id)).toMatchObject({ itemNo: 14, aspect: '实' });
		expect(list.aspects).toEqual(['实']);
	});

	it('throws a form away that was opened and left empty, and only that', async () => {
		const { list } = openList();
		const [empty, written] = [list.add(), list.add(null, { remark: '有字' })];
		list.discardBlank(empty);
		list.discardBlank(written);
		await turn();
		expect(list.rows.map((row) => row.id)).toEqual([written]);
		expect(list.trashed).toEqual([]);
	});

	it('forgets a row left untouched: the next undo takes back what was written before it', async () => {
		const { list } = openList();
		const written = list.add();
		list.edit(written, { remark: '有字' });
		list.discardBlank(list.add());
		list.undo();
		await turn();
		expect(list.rows.map((row) => row.id)).toEqual([written]);
		expect(list.get(written)?.remark).toBeNull();
	});

	it('ticks and unticks one source at a time', async () => {
		const { list } = openList();
		const id = list.add();
		list.toggleSource(id, 'talk');
		list.toggleSource(id, 'selfCheck');
		list.toggleSource(id, 'no such source');
		await turn();
		expect(list.get(id)?.sources).toEqual(['selfCheck', 'talk']);
		list.toggleSource(id, 'talk');
		await turn();
		expect(list.get(id)?.sources).toEqual(['selfCheck']);
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
		const [id] = list.ledger.add([{ remark: '有字' }], { after: null, before: null });
		expect(list.readonly).toBe(true);
		expect(list.isWritable(id!)).toBe(false);
		expect(list.textOf(id!, 'remark')).toBeNull();
	});
});
