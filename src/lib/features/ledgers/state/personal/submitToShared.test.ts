import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { newRoomId } from '$lib/base/ids.ts';
import { putCatalogue } from '../../model/catalogue/catalogue.ts';
import { seededBytes } from '../../model/testLedger.ts';
import { createLedgerDocument, createList, fill } from '../testList.ts';
import type { LedgerList } from '../LedgerList.svelte.ts';
import { submitToShared, type SubmitTarget } from './submitToShared.ts';

const author = { by: 'm01', now: () => Date.UTC(2023, 2, 20, 1), random: seededBytes(77) };
const target = (doc: Y.Doc, access: SubmitTarget['access'] = 'write'): SubmitTarget => ({
	...{ doc, access, room: newRoomId() }
});
const problem = (manifestation: string) => ({ values: { manifestation } });
const submit = (list: LedgerList, to: SubmitTarget, ids: readonly string[]) =>
	submitToShared(list, to, { ids, leftOut: new Set() }, author);

async function openMine(...words: string[]): Promise<{ list: LedgerList; ids: string[] }> {
	const list = createList('personal');
	return { list, ids: await fill(list, words.map(problem)) };
}

describe('submitting', () => {
	it('LD19 LD20 writes rows there and marks here, each with the code it got', async () => {
		const shared = createLedgerDocument();
		await fill(createList('problems', shared), [problem('支部的')]);
		const { list, ids } = await openMine('甲', '乙', '丙');
		const to = target(shared);
		const done = submit(list, to, ids.slice(0, 2));
		await Promise.resolve();
		expect(done.ok && done.value.map(({ code }) => code)).toEqual(['WT-2023-002', 'WT-2023-003']);
		const rows = createList('problems', shared).view.rows;
		expect(rows.map(({ values }) => values.manifestation)).toEqual(['支部的', '甲', '乙']);
		expect(rows.map(({ life }) => life.status)).toEqual(['draft', 'toVerify', 'toVerify']);
		expect(rows[1]!.values).toMatchObject({ level: 'person', ownerMemberId: 'm01' });
		expect(list.view.rows.map((row) => list.columns.textIn(row, 'submitted'))).toEqual([
			...['已提交 WT-2023-002', '已提交 WT-2023-003', '未提交']
		]);
		expect(list.rows.get(ids[0]!)!.submissions).toEqual([
			{
				...{ row: rows[1]!.id, room: to.room, code: 'WT-2023-002', by: 'm01' },
				at: '2023-03-20T01:00:00.000Z'
			}
		]);
	});

	it('LD20 closes the row: the list does not write in it, and undo does not either', async () => {
		const { list, ids } = await openMine('甲', '乙');
		list.cells.edit(ids[0]!, { manifestation: '甲甲' });
		submit(list, target(createLedgerDocument()), [ids[0]!]);
		await Promise.resolve();
		expect(list.rows.isWritable(ids[0]!)).toBe(false);
		expect(list.rows.mayTrash(ids[0]!)).toBe(false);
		expect(list.rows.isWritable(ids[1]!)).toBe(true);
		list.steps.undo();
		list.cells.editMany(ids, { manifestation: '同一句' });
		await Promise.resolve();
		expect(list.view.rows.map(({ values }) => values.manifestation)).toEqual(['甲甲', '同一句']);
		expect(list.rows.historyOf(ids[0]!)).toMatchObject([{ before: '甲', after: '甲甲' }]);
	});

	it('does not do it twice', async () => {
		const shared = createLedgerDocument();
		const { list, ids } = await openMine('甲');
		// The second press comes before the list has followed the first.
		expect(submit(list, target(shared), ids).ok).toBe(true);
		expect(submit(list, target(shared), ids)).toEqual({ ok: false, error: 'nothing' });
		expect(createList('problems', shared).view.total).toBe(1);
	});

	it.each<[string, SubmitTarget]>([
		['may only be read', target(createLedgerDocument(), 'read')],
		['is of a newer version', target(createLedgerDocument(), 'newer-version')]
	])('leaves all as it is where the shared list %s', async (_, to) => {
		const { list, ids } = await openMine('甲');
		expect(submit(list, to, ids)).toEqual({ ok: false, error: 'no-access' });
		await Promise.resolve();
		expect(list.rows.get(ids[0]!)!.submissions).toEqual([]);
		expect(createList('problems', to.doc).view.total).toBe(0);
	});
});

it('a problem in the words of the catalogue alone stays a draft over there, as it would if written there', async () => {
	const shared = createLedgerDocument();
	putCatalogue(shared, { items: [{ aspect: '严', no: 1, text: '组织生活不严' }] });
	const { list, ids } = await openMine('组织生活不严', '组织生活会批评意见少');
	submit(list, target(shared), ids);
	const statuses = createList('problems', shared).view.rows.map(({ life }) => life.status);
	expect(statuses).toEqual(['draft', 'toVerify']);
});

it('a personal list shows neither codes nor what belongs to a life, nor whose it is in every row', async () => {
	const { list, ids } = await openMine('甲');
	expect(list.rows.codeOf({ id: ids[0]! })).toBe('');
	const shown = list.columns.all.map(({ id }) => id);
	for (const column of ['code', 'status', 'level', 'ownerMemberId', 'closing', 'returns'])
		expect(shown).not.toContain(column);
});
