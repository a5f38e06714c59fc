import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { add, createLedgerDevice, seededBytes, wordsOf, type TestDevice } from '../testLedger.ts';
import { putCatalogue, type Catalogue } from '../catalogue/catalogue.ts';
import type { LedgerRow } from '../rows/ledgerRow.ts';
import type { RowWrite } from '../rows/rowEdit.ts';
import {
	enterRows,
	fieldsToSubmit,
	isSubmittable,
	markSubmitted,
	submittedFields,
	submittedWrite,
	type SubmitWish
} from './submitRows.ts';
import { newRoomId } from '$lib/base/ids.ts';

const catalogue: Catalogue = { items: [{ aspect: '严', no: 3, text: '组织生活不严' }] };
const wish = (more: Partial<SubmitWish> = {}): SubmitWish => ({
	...{
		owner: 'm07',
		leftOut: new Set<string>(),
		catalogues: { own: catalogue, shared: catalogue }
	},
	...more
});
const author = { by: 'm07', now: () => Date.UTC(2023, 2, 20, 1), random: seededBytes(9) };

function rowOf(device: TestDevice, write: RowWrite): LedgerRow {
	const [id] = device.ledger.add([write], device.rows.gapBefore(null));
	return device.rows.get(id!)!;
}

const full: RowWrite = {
	values: {
		...{ manifestation: ' 联系群众不够经常 ', aspect: '严', itemNo: 3, sources: ['selfCheck'] },
		...{ rootCause: '走出办公室少', level: 'branch', remark: '  ', verifierId: 'm01' }
	},
	measures: ['每周到年级组一次', '']
};

describe('what goes over', () => {
	it('LD19 is the words that stand there, at level 个人, with whose problem it is', () => {
		const row = rowOf(createLedgerDevice(), full);
		expect(submittedWrite(row, wish())).toEqual({
			values: {
				...{ manifestation: '联系群众不够经常', aspect: '严', itemNo: 3, sources: ['selfCheck'] },
				...{ rootCause: '走出办公室少', level: 'person', ownerMemberId: 'm07' }
			},
			measures: ['每周到年级组一次']
		});
	});

	it('LD19 is what is shown, and without what the person keeps back', () => {
		const row = rowOf(createLedgerDevice(), full);
		const kept = wish({ leftOut: new Set(['rootCause', 'measures', 'manifestation']) });
		expect(fieldsToSubmit(row, kept)).toEqual(['manifestation', 'aspect', 'itemNo', 'sources']);
		const write = submittedWrite(row, kept);
		expect(Object.keys(write)).toEqual(['values']);
		expect(Object.keys(write.values)).toEqual([
			...fieldsToSubmit(row, kept),
			...['level', 'ownerMemberId']
		]);
	});

	it.each<[string, Catalogue | null]>([
		['has another item there', { items: [{ aspect: '严', no: 3, text: '另一句' }] }],
		['has no such item', { items: [] }],
		['is not there', null]
	])('LD19 leaves an item’s number behind where the other catalogue %s', (_, shared) => {
		const row = rowOf(createLedgerDevice(), full);
		expect(
			submittedWrite(row, wish({ catalogues: { own: catalogue, shared } })).values
		).not.toHaveProperty('itemNo');
	});

	it('LD19 is nothing where there are no words, or they were submitted before', () => {
		const device = createLedgerDevice();
		expect(isSubmittable(rowOf(device, { values: { rootCause: '只有原因' } }))).toBe(false);
		const { id } = rowOf(device, full);
		expect(isSubmittable(device.rows.get(id)!)).toBe(true);
		const mark = { row: 'r', room: newRoomId(), code: 'WT-2023-001', at: '2023', by: 'm07' };
		markSubmitted(device.doc, new Map([[id, mark]]));
		expect(isSubmittable(device.rows.get(id)!)).toBe(false);
	});
});

/** Words stand in an update as they are, so that they can be looked for. */
const textOf = (update: Uint8Array): string => new TextDecoder().decode(update);

describe('into the shared list', () => {
	it('LD19 come all rows in one update, at its end, with the next numbers', () => {
		const shared = createLedgerDevice();
		add(shared, '支部的问题');
		const updates: Uint8Array[] = [];
		shared.doc.on('update', (update: Uint8Array) => updates.push(update));
		const entries = ['甲个人', '乙个人'].map((manifestation, at) => ({
			write: { values: { manifestation } },
			handedIn: at === 0
		}));
		const ids = enterRows(shared.doc, entries, author);
		expect(updates).toHaveLength(1);
		expect(wordsOf(shared)).toEqual(['支部的问题', '甲个人', '乙个人']);
		expect(ids.map((id) => shared.rows.get(id)!.seq)).toEqual([2, 3]);
		expect(ids.map((id) => shared.rows.get(id)!.createdBy)).toEqual(['m07', 'm07']);
		expect(ids.map((id) => shared.rows.get(id)!.life.status)).toEqual(['toVerify', 'draft']);
		expect(shared.rows.trashed).toEqual([]);
		// Who has the shared list open takes back his own step, not this.
		shared.ledger.undo.undo();
		expect(wordsOf(shared)).toEqual(['甲个人', '乙个人']);
	});

	it('LD19 no word that was only typed, kept back, said or done in the personal list, and none of its ids', () => {
		fc.assert(
			fc.property(
				fc.subarray(submittedFields.filter((field) => field !== 'manifestation')),
				(leftOut) => {
					const own = createLedgerDevice(1);
					const shared = createLedgerDevice(2);
					for (const { doc } of [own, shared]) putCatalogue(doc, catalogue);
					const row = rowOf(own, {
						values: {
							...{
								manifestation: '最初写的话',
								rootCause: '甲原因',
								goal: '乙目标',
								remark: '丙备注'
							},
							...{ result: '丁成效', department: '戊部门', aspect: '己方面' }
						},
						measures: ['庚措施']
					});
					own.ledger.edit({ id: row.id, values: { manifestation: '定稿的话' } });
					own.ledger.comments.add(row.id, { text: '辛留言', mentions: [] });
					const kept = wish({ leftOut: new Set(leftOut) });
					const now = own.rows.get(row.id)!;
					enterRows(shared.doc, [{ write: submittedWrite(now, kept), handedIn: true }], author);
					const bytes = textOf(Y.encodeStateAsUpdate(shared.doc));
					const words = {
						...{ rootCause: '甲原因', goal: '乙目标', remark: '丙备注', result: '丁成效' },
						...{ department: '戊部门', aspect: '己方面', measures: '庚措施' }
					};
					for (const [field, word] of Object.entries(words))
						expect(bytes.includes(word), field).toBe(!(leftOut as string[]).includes(field));
					expect(bytes).toContain('定稿的话');
					for (const word of ['最初写的话', '辛留言', row.id, 'submitted', 'history '])
						expect(bytes, word).not.toContain(word);
				}
			)
		);
	});
});
