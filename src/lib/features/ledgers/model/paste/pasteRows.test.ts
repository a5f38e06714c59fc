import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { RowWrite } from '../rows/rowEdit.ts';
import { measuresToText } from '../rows/measures.ts';
import { rowsToBlock } from './copyBlock.ts';
import { guessColumns, officialOrder } from './pasteColumns.ts';
import { planUpdate } from './planUpdate.ts';
import { readCell } from './readCell.ts';
import {
	groupUnread,
	planAdditions,
	planOverwrite,
	readBlock,
	type PasteContext,
	type PastePlan
} from './pasteRows.ts';
import { builtInFields } from '../rows/fields.ts';
import { readable } from '../rows/value.ts';
import { createLedgerDevice, people } from '../testLedger.ts';

const catalogue: Catalogue = { items: [{ aspect: '实', no: 14, text: '课后服务质量不高' }] };
const context: PasteContext = {
	today: '2023-03-15',
	people,
	catalogue,
	table: 'problems',
	fields: builtInFields('problems'),
	ownTitles: new Map(),
	labelOf: (field) => `〈${field}〉`
};

const cells = (text: string): string[][] => text.split('\n').map((line) => line.split('|'));

function paste(text: string): PastePlan {
	const block = readBlock(cells(text), context);
	return planAdditions(block, block.columns, context);
}

describe('a header row', () => {
	it('names the columns in any order, with synonyms, below a title and with empty rows between', () => {
		const plan = paste(
			[
				'城东实验小学党支部问题清单||||',
				'序号|问题具体表现|整改 时限|责任人|方面（三方面）',
				'1|留样标签缺时间|3月24日|张 敏|实',
				'||||',
				'2|陪餐有空缺|2023/4/1|梁晓芸（组织委员）|严'
			].join('\n')
		);
		expect(plan.unread).toEqual([]);
		expect(plan.additions.map(({ values }) => values)).toEqual([
			{ manifestation: '留样标签缺时间', due: '2023-03-24', responsibleId: 'm18', aspect: '实' },
			{ manifestation: '陪餐有空缺', due: '2023-04-01', responsibleId: 'm03', aspect: '严' }
		]);
	});

	it('is not seen in a row of data', () => {
		expect(readBlock(cells('严|14|问题|自查\n实|2|其他|自查'), context).hasHeader).toBe(false);
	});

	it('keeps columns the list does not have, and a second one of a name, in the remarks', () => {
		const plan = paste('具体表现|整改依据|责任人|责任人|备注\n缺记录|每周抽查|张敏|周敬宁|重要');
		expect(plan.additions.map(({ values }) => values)).toEqual([
			{
				manifestation: '缺记录',
				responsibleId: 'm18',
				remark: '重要\n整改依据：每周抽查\n责任人：周敬宁'
			}
		]);
	});
});

describe('what a field cannot take', () => {
	it('is reported with its row and kept in the remarks', () => {
		const plan = paste('具体表现|整改时限|责任领导|问题来源\n缺记录|尽快|李四|自查、梦见');
		expect(plan.unread).toEqual([
			{ row: 1, field: 'due', text: '尽快' },
			{ row: 1, field: 'leaderId', text: '李四' },
			{ row: 1, field: 'sources', text: '梦见' }
		]);
		expect(plan.additions.map(({ values }) => values)).toEqual([
			{
				manifestation: '缺记录',
				sources: ['selfCheck'],
				remark: '〈due〉：尽快\n〈leaderId〉：李四\n〈sources〉：梦见'
			}
		]);
	});

	it('is listed once, however often it stands there', () => {
		const { unread } = paste('具体表现|责任领导\n甲|李四\n乙|李四\n丙|王五');
		expect(groupUnread(unread)).toEqual([
			{ row: 1, field: 'leaderId', text: '李四', count: 2 },
			{ row: 3, field: 'leaderId', text: '王五', count: 1 }
		]);
	});

	it('is a name two members share, and the rest of several names', () => {
		expect(readCell('leaderId', '王芳', context)).toEqual({ values: {}, left: '王芳' });
		expect(readCell('leaderId', '张敏、李四', context)).toEqual({
			values: { leaderId: 'm18' },
			left: '张敏、李四'
		});
	});
});

describe('a cell', () => {
	it.each<[string, string, object]>([
		['itemNo', '14', { itemNo: 14, aspect: '实' }],
		['itemNo', '第14项', { itemNo: 14, aspect: '实' }],
		['itemNo', '14.课后服务质量不高', { itemNo: 14, aspect: '实' }],
		['itemNo', '课后服务质量不高', { itemNo: 14, aspect: '实' }],
		['itemNo', '（3）', { itemNo: 3 }],
		['sources', '谈心谈话，意见征集 自查', { sources: ['talk', 'opinions', 'selfCheck'] }],
		['rectKind', '立行立改', { rectKind: 'immediate' }],
		['due', '长期坚持', { rectKind: 'longTerm' }],
		['due', '2023年4月底前', { due: '2023-04-30' }],
		['level', '班子', { level: 'team' }],
		['urgent', '是', { urgent: true }],
		['remark', '一\r\n二', { remark: '一\n二' }],
		['due', '  ', { due: null }]
	])('%s “%s”', (field, text, values) => {
		expect(readCell(field, text, context)).toEqual({ values, left: '' });
	});

	it('that says the aspect wins over what the item implies, an empty one does not', () => {
		expect(paste('方面|第几项|问题\n严|14|甲').additions[0]!.values).toMatchObject({
			aspect: '严',
			itemNo: 14
		});
		expect(paste('方面|第几项|问题\n|14|甲').additions[0]!.values).toMatchObject({
			aspect: '实',
			itemNo: 14
		});
	});
});

describe('without a header', () => {
	it('a wide block is taken in the order of the printed form', () => {
		const block = cells(
			'1|严|3|台账补记|自查|没人管|周敬宁|张敏|\n2|实|14|内容单一|自查|没人管|周敬宁|张敏|'
		);
		expect(guessColumns(block, context).map(({ target }) => target)).toEqual(
			officialOrder('problems').slice(0, 9)
		);
	});

	it('a narrow one by what the cells look like', () => {
		const targets = (text: string): string[] =>
			guessColumns(cells(text), context).map(({ target }) => target);
		expect(targets('台账补记\n内容单一')).toEqual(['manifestation']);
		expect(targets('1|台账补记虚记|张敏|4.1\n2|内容单一|周敬宁|4.2')).toEqual([
			'number',
			'manifestation',
			'responsibleId',
			'due'
		]);
		expect(targets('短|这一列才是具体表现')).toEqual(['keep', 'manifestation']);
	});
});

describe('laid down from a selected cell', () => {
	const over = { targets: ['manifestation', 'sources', 'due', 'remark'] as const };

	it('writes over the rows there are and adds the rest', () => {
		const a = createLedgerDevice();
		a.ledger.add(
			[{ values: { manifestation: '旧', remark: '原备注', due: '2023-01-01' } }],
			a.rows.gapBefore(null)
		);
		const plan = planOverwrite(
			cells('新||尽快\n再一行|自查|4.1'),
			{ ...over, rows: a.rows.listed },
			context
		);
		expect(plan.unread).toEqual([{ row: 1, field: 'due', text: '尽快' }]);
		a.ledger.addAndEdit(plan.additions, a.rows.gapBefore(null), plan.changes);
		expect(a.rows.listed).toMatchObject([
			{ values: { manifestation: '新', due: '2023-01-01', remark: '原备注\n〈due〉：尽快' } },
			{ values: { manifestation: '再一行', sources: ['selfCheck'], due: '2023-04-01' } }
		]);
		a.ledger.undo.undo();
		expect(a.rows.listed).toMatchObject([{ values: { manifestation: '旧', remark: '原备注' } }]);
	});

	it('says how many columns had nowhere to go', () => {
		const plan = planOverwrite(cells('甲||||多|余'), { ...over, rows: [] }, context);
		expect(plan.surplusColumns).toBe(2);
	});
});

it('a block copied out and pasted back gives the same rows', () => {
	const a = createLedgerDevice();
	const writes: RowWrite[] = [
		{
			values: { manifestation: '两\n行', aspect: '严', itemNo: 3, due: '2023-04-01', remark: '注' }
		},
		{ values: { manifestation: '乙', leaderId: 'm01', responsibleId: 'm18', rootCause: '因' } }
	];
	a.ledger.add(writes, a.rows.gapBefore(null));
	const titles: Record<string, string> = {
		number: '序号',
		aspect: '方面',
		itemNo: '对应问题表现(第几项)',
		manifestation: '具体表现',
		sources: '问题来源',
		rootCause: '产生原因',
		leaderId: '责任领导',
		responsibleId: '责任人',
		remark: '备注',
		rectKind: '整改类型',
		due: '整改时限'
	};
	const block = rowsToBlock(a.rows.listed, officialOrder('problems'), {
		title: (field) => titles[field]!,
		text(row, field) {
			if (field === 'number') return String((a.rows.positionOf(row.id) ?? 0) + 1);
			const value = readable(row.values[field]);
			if (field === 'leaderId' || field === 'responsibleId')
				return value === null ? '' : people.nameOf(String(value));
			return value === null ? '' : String(value);
		}
	});
	const read = readBlock(block, context);
	expect(planAdditions(read, read.columns, context).additions).toEqual(writes);
});

describe('an imported table', () => {
	const device = () => {
		const a = createLedgerDevice();
		a.ledger.add(
			[
				{
					values: { manifestation: '留样标签缺时间', due: '2023-03-24' },
					measures: ['排班', '抽查']
				},
				{ values: { manifestation: '陪餐有空缺' } }
			],
			a.rows.gapBefore(null)
		);
		return a;
	};
	const now = (a: ReturnType<typeof device>) => ({
		rows: a.rows.listed,
		codeOf: (row: { seq: number | null }) => `WT-${row.seq}`,
		textIn: (row: (typeof a.rows.listed)[number], target: string) =>
			target === 'measures'
				? measuresToText(row.measures)
				: String(readable(row.values[target]) ?? '')
	});
	const update = (a: ReturnType<typeof device>, text: string): PastePlan => {
		const block = readBlock(cells(text), context);
		return planUpdate(block, block.columns, now(a), context);
	};

	it('changes nothing where it says what is there already', () => {
		const a = device();
		const block = readBlock(
			[
				['编号', '存在问题', '整改措施', '整改时限'],
				['WT-1', '留样标签缺时间', '1.排班\n2.抽查', '2023-03-24'],
				['', '陪餐有空缺', '', '']
			],
			context
		);
		const plan = planUpdate(block, block.columns, now(a), context);
		expect(plan.additions).toEqual([]);
		expect(plan.changes).toEqual([]);
		expect(plan.same).toBe(2);
	});

	it('brings the cells that differ up to date, by code or by its words, and adds the rest', () => {
		const a = device();
		const plan = update(
			a,
			'编号|存在问题|整改时限|状态\nWT-1|留样标签缺时间和签名|2023-03-24|已销号\n|陪餐有空缺|4月1日|\n|新的一条|4.2|'
		);
		expect(plan.changes).toEqual([
			{ id: a.rows.listed[0]!.id, values: { manifestation: '留样标签缺时间和签名' } },
			{ id: a.rows.listed[1]!.id, values: { due: '2023-04-01' } }
		]);
		expect(plan.additions).toEqual([{ values: { manifestation: '新的一条', due: '2023-04-02' } }]);
	});
});

describe('an imported table with what the ledger has no place for', () => {
	const ledger = () => {
		const a = createLedgerDevice();
		a.ledger.add([{ values: { manifestation: '陪餐有空缺' } }], a.rows.gapBefore(null));
		return a;
	};
	const take = (a: ReturnType<typeof ledger>, text: string): PastePlan => {
		const block = readBlock(cells(text), context);
		const now = {
			rows: a.rows.listed,
			codeOf: (row: { seq: number | null }) => `WT-${row.seq}`,
			textIn: (row: (typeof a.rows.listed)[number], target: string) =>
				String(readable(row.values[target]) ?? '')
		};
		const plan = planUpdate(block, block.columns, now, context);
		a.ledger.addAndEdit(plan.additions, a.rows.gapBefore(null), plan.changes);
		return plan;
	};

	it('sets it down in the remarks of rows there are, once however often it is imported', () => {
		const a = ledger();
		const table = '编号|存在问题|整改时限|检查组意见\nA7|陪餐有空缺|尽快|属实';
		take(a, table);
		const remark = '编号：A7\n检查组意见：属实\n〈due〉：尽快';
		expect(a.rows.listed.map(({ values }) => values.remark)).toEqual([remark]);
		expect(take(a, table)).toMatchObject({ additions: [], changes: [], same: 1 });
	});

	it('takes a second line of the same words for another row, not for a change of the first', () => {
		const a = ledger();
		take(a, '存在问题|整改时限\n陪餐有空缺|4.1\n陪餐有空缺|4.2');
		expect(a.rows.listed.map(({ values }) => values.due)).toEqual(['2023-04-01', '2023-04-02']);
	});
});

describe('a cell', () => {
	const own = (kind: 'number' | 'multi') => ({ id: 'own:c', kind, free: true, choices: [] });
	const readOwn = (kind: 'number' | 'multi', text: string) =>
		readCell('own:c', text, { ...context, fields: [own(kind)] });

	it('keeps a number that has too many digits to be one as words', () => {
		expect(readOwn('number', '1,234.5')).toEqual({ values: { 'own:c': 1234.5 }, left: '' });
		const identity = '330106198003151234';
		expect(readOwn('number', identity)).toEqual({ values: {}, left: identity });
	});

	it('keeps more words than a set takes', () => {
		const text = Array.from({ length: 60 }, (_, at) => `题${at}`).join('、');
		expect(readOwn('multi', text)).toEqual({ values: {}, left: text });
	});
});

it('no block of cells makes it throw or lose a word', () => {
	const cell = fc.oneof(
		fc.string(),
		fc.constantFrom('尽快', '张敏', '3.15', '第14项', '自查', '方面', '具体表现', '备注')
	);
	fc.assert(
		fc.property(fc.array(fc.array(cell, { maxLength: 14 }), { maxLength: 8 }), (block) => {
			const read = readBlock(block, context);
			const columns = read.columns.map(({ title }) => ({ target: 'keep' as const, title }));
			const { additions } = planAdditions(read, columns, context);
			expect(additions).toHaveLength(read.data.length);
			read.data.forEach((row, at) => {
				for (const text of row) expect(additions[at]!.values.remark ?? '').toContain(text.trim());
			});
		})
	);
});
