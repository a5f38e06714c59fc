/** What was exported and comes back untouched changes nothing: through the bytes of real files. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	findHeader,
	formToFile,
	readWorkbook,
	type FormFormat
} from '$lib/features/sheets/index.ts';
import { ownKinds, type OwnKind } from '../model/ownColumns.ts';
import { putForm } from '../model/printForms.ts';
import type { LedgerField } from '../model/rows/fields.ts';
import type { RowWrite } from '../model/rows/rowEdit.ts';
import { isAllowed, type FieldValue } from '../model/rows/value.ts';
import { viewLedgers, type ViewLedger } from '../model/view/savedView.ts';
import { ledgerForm } from './ledgerForm.ts';
import { createLedgerImport } from './ledgerImport.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { sheetColumns } from './sheetColumns.ts';
import { about, fill, openLedger } from './testList.ts';

/** One of each kind, with names that are taken or odd. */
const ownTitles: Readonly<Record<OwnKind, string>> = {
	text: '备注',
	number: '序号',
	date: '类别',
	person: ' 联系\n领导 ',
	choice: '备注',
	multi: '涉及学科（语文/数学）',
	check: '措施',
	link: '2024年：材料',
	files: '附件'
};

function addOwnColumns(list: LedgerList): void {
	for (const kind of ownKinds)
		list.columns.put({
			...{ id: kind, table: list.table, title: ownTitles[kind], kind, putAway: false },
			choices: ['语文/数学', '音、体、美', '道德 与 法治'],
			at: '2023-03-01T00:00:00.000Z'
		});
}

async function importBack(list: LedgerList, format: FormFormat, columns?: readonly string[]) {
	const ids = columns ?? sheetColumns(list).map(({ id }) => id);
	const form = ledgerForm(list, {
		...{ rows: list.view.rows, columns: ids, about },
		at: '2023-03-15T01:00:00.000Z'
	});
	const { bytes, name } = await formToFile(form, format);
	const read = await readWorkbook(bytes, name);
	if (!read.ok) throw new Error(read.error);
	const from = createLedgerImport(list);
	const block = findHeader(read.value.sheets[0]!.rows, (cell) => from.knowsTitle(cell));
	return { block, ...from.plan(block, from.guess(block)) };
}

/** Lines that begin with numbers, commas, ends that are blank, what a spreadsheet would calculate. */
const texts = [
	'1.先做\n2.再做',
	'一是，二是；三是、四是',
	'=SUM(A1)',
	'0012',
	'1e5',
	' 两头有空格 \n',
	'他说"好"',
	'_x000D_',
	'填报人：',
	'合计',
	'备注：',
	'\u0007响铃',
	'尽快',
	'甲'.repeat(400)
];
const text = fc.oneof(
	fc.constantFrom(...texts),
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
);
const person = fc.constantFrom('m01', 'm03', 'm18', 'm30', 'm31', 'm40', 'm41', 'gone');
const word = fc.constantFrom('语文/数学', '音、体、美', '道德 与 法治', '自己写的，词', 'a;b');

function valueOf(field: LedgerField): fc.Arbitrary<FieldValue> {
	const known = fc.constantFrom('严', ...(field.choices ?? []));
	const choice = (field.free ? fc.oneof(word, known) : known).filter((one) =>
		isAllowed({ ...field, kind: 'choice' }, one)
	);
	switch (field.kind) {
		case 'number':
			return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
		case 'date':
			return fc.constantFrom('2023-03-24', '2019-12-31', '2031-01-01');
		case 'person':
			return person;
		case 'choice':
			return choice;
		case 'multi':
			return fc.uniqueArray(choice, { minLength: 1, maxLength: 4 });
		case 'check':
			return fc.constant(true);
		case 'link':
			return fc.constantFrom('https://a.cn/b?c=d&e', 'mailto:a@b.cn');
		case 'item':
			return fc.constantFrom(14, 3, 99);
		case 'text':
		case 'longText':
			return text.filter((one) => isAllowed(field, one));
	}
}

const rowsOf = (list: LedgerList): fc.Arbitrary<RowWrite[]> => {
	const fields = list.columns.fields.filter(({ id }) => id !== 'problemId');
	const values = Object.fromEntries(fields.map((field) => [field.id, valueOf(field)]));
	const row = fc.record({
		values: fc.record(values, { requiredKeys: [] }),
		measures: list.table === 'problems' ? fc.array(text, { maxLength: 3 }) : fc.constant([])
	});
	return fc.array(row as fc.Arbitrary<RowWrite>, { minLength: 1, maxLength: 6 });
};

describe.each(viewLedgers)('the file of %s', (ledger) => {
	it.each<FormFormat>(['xlsx', 'csv'])('read back from .%s changes nothing', async (format) => {
		await fc.assert(
			fc.asyncProperty(
				rowsOf(openLedgerWithColumns(ledger)),
				fc.boolean(),
				async (writes, official) => {
					const list = openLedgerWithColumns(ledger);
					await fill(list, writes);
					const form = sheetColumns(list).filter(({ inForm }) => inForm);
					const columns = official ? form.map(({ id }) => id) : undefined;
					const { block, ...plan } = await importBack(list, format, columns);
					expect(plan).toMatchObject({ additions: [], changes: [], unread: [] });
					expect(plan.same).toBe(block.data.length);
					// A form on which a row is empty comes back without it; with all columns none is empty.
					if (!official) expect(plan.same).toBe(list.view.rows.length);
				}
			),
			{ numRuns: format === 'xlsx' ? 40 : 100 }
		);
	});

	it('is recognised under the names the branch gives its columns', async () => {
		const list = openLedgerWithColumns(ledger);
		await fill(list, [{ values: { remark: '甲', [list.columns.main]: '乙' } }]);
		putForm(list.ydoc, ledger, {
			title: '上级给的表',
			columns: [
				{ id: 'number', title: '顺序' },
				{ id: 'remark', title: '整改措施' },
				{ id: list.columns.main, title: '突出的短板' }
			]
		});
		const { block, ...plan } = await importBack(list, 'xlsx');
		expect(block.titles.slice(0, 3)).toEqual(['顺序', '整改措施', '突出的短板']);
		expect(plan).toMatchObject({ additions: [], changes: [], same: 1, unread: [] });
	});
});

function openLedgerWithColumns(ledger: ViewLedger): LedgerList {
	const list = openLedger(ledger);
	addOwnColumns(list);
	return list;
}

it('a text longer than a cell can be is cut in the file and stays whole in the ledger', async () => {
	const list = openLedger('problems');
	await fill(list, [{ values: { manifestation: '长'.repeat(40_000) }, measures: ['甲', '乙'] }]);
	const { block, ...plan } = await importBack(list, 'xlsx');
	expect(plan).toMatchObject({ additions: [], changes: [], same: 1 });
	expect(block.data[0]!.join('').length).toBeLessThan(33_000);
});

describe('rows that say the same', () => {
	it('are told apart by their other cells, and a changed one is still found', async () => {
		const list = openLedger('problems');
		const same = (remark: string): RowWrite => ({ values: { manifestation: '同一句', remark } });
		await fill(list, [same('甲'), same('乙'), { values: { remark: '没有表现' } }]);
		const columns = ['number', 'manifestation', 'remark'];
		expect(await importBack(list, 'xlsx', columns)).toMatchObject({ additions: [], changes: [] });
		const from = createLedgerImport(list);
		const block = {
			headerRows: [0, 0] as const,
			titles: ['具体表现', '备注'],
			data: [
				['同一句', '乙'],
				['同一句', '改过']
			]
		};
		const { additions, changes } = from.plan(block, from.guess(block));
		expect(additions).toEqual([]);
		expect(changes).toEqual([{ id: list.view.rows[0]!.id, values: { remark: '改过' } }]);
	});
});

describe('a table from elsewhere', () => {
	const block = {
		headerRows: [0, 0] as const,
		titles: ['存在问题', '责任领导', '开始', '整改时限/时间', '备注'],
		data: [
			['留样标签缺时间', '周书记', '3月1日', '2023-03-24', '0012'],
			['陪餐有空缺', '王芳（第二党小组）', '', '尽快', '']
		]
	};

	it('is added, what it says otherwise goes to the remarks, and a second time there is nothing new', async () => {
		const list = openLedger('problems');
		const from = createLedgerImport(list);
		const plan = from.plan(block, from.guess(block));
		list.rows.paste(plan);
		await Promise.resolve();
		expect(list.view.rows.map(({ values }) => values)).toEqual([
			{
				manifestation: '留样标签缺时间',
				due: '2023-03-24',
				remark: '0012\n开始：3月1日\n责任领导：周书记'
			},
			{ manifestation: '陪餐有空缺', leaderId: 'm31', remark: '整改时限：尽快' }
		]);
		expect(from.plan(block, from.guess(block))).toMatchObject({
			...{ additions: [], changes: [], same: 2 }
		});
		list.steps.undo();
		await Promise.resolve();
		expect(list.view.total).toBe(0);
	});

	it('only updates the rectification ledger, and counts what is not in it', async () => {
		const list = openLedger('rectification');
		await fill(list, [{ values: { manifestation: '陪餐有空缺' } }]);
		const from = createLedgerImport(list);
		const plan = from.plan(block, from.guess(block));
		expect(plan).toMatchObject({ additions: [], refused: 1, same: 0 });
		expect(plan.changes.map(({ values }) => values)).toEqual([
			{ leaderId: 'm31', remark: '整改时限：尽快' }
		]);
		expect(from.changesOf(plan.changes[0]!)).toEqual([
			{ field: 'leaderId', before: '', after: '王芳（第二党小组）' },
			{ field: 'remark', before: '', after: '整改时限：尽快' }
		]);
	});
});

it('an opinion’s reply stands in one cell and goes back into two fields', async () => {
	const list = openLedger('opinions');
	await fill(list, [{ values: { words: '接送区太挤' } }]);
	const from = createLedgerImport(list);
	const block = {
		headerRows: [0, 0] as const,
		titles: ['意见建议内容', '反馈时间及方式'],
		data: [['接送区太挤', '2023年3月20日电话回复']]
	};
	expect(from.plan(block, from.guess(block)).changes).toEqual([
		{ id: list.view.rows[0]!.id, values: { replyOn: '2023-03-20', replyWay: '电话回复' } }
	]);
});
