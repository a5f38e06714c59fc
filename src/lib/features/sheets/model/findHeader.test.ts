import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findHeader } from './findHeader.ts';
import { readWorkbook } from './readWorkbook.ts';

const known = new Set([
	'序号',
	'存在问题',
	'责任领导',
	'责任人',
	'整改时限',
	'验收人',
	'备注',
	'进度',
	'类别'
]);
const knows = (cell: string) => known.has(cell);

describe('findHeader', () => {
	it('flattens a merged header, keeps parents where names repeat, and leaves the form around out', async () => {
		const url = new URL('./fixtures/rectification.xlsx', import.meta.url);
		const read = await readWorkbook(new Uint8Array(readFileSync(url)), 'a.xlsx');
		if (!read.ok) throw new Error(read.error);
		const block = findHeader(read.value.sheets[0]!.rows, knows);
		expect(block.headerRows).toEqual([2, 3]);
		expect(block.titles).toEqual([
			'序号',
			'存在问题',
			'责任领导',
			'责任人',
			'开始',
			'整改时限/时间',
			'验收人',
			'验收/时间',
			'进度',
			'备注'
		]);
		expect(block.data.map((row) => row[0])).toEqual(['1', '2', '3']);
	});

	it('reads the same header out of pasted text, where covered cells are empty', () => {
		const rows = [
			['整改台账', '', '', ''],
			['序号', '责任', '', '备注'],
			['', '领导', '责任人', ''],
			['1', '周', '吴', '']
		];
		expect(findHeader(rows, knows)).toEqual({
			headerRows: [1, 2],
			titles: ['序号', '责任领导', '责任人', '备注'],
			data: [['1', '周', '吴', '']]
		});
	});

	it('reads three levels', () => {
		const rows = [
			['序号', '整改', '整改', '整改', '备注'],
			['序号', '责任', '责任', '结果', '备注'],
			['序号', '责任领导', '责任人', '结果', '备注'],
			['1', 'a', 'b', 'c', 'd']
		];
		expect(findHeader(rows, knows)).toMatchObject({
			headerRows: [0, 2],
			titles: ['序号', '责任领导', '责任人', '结果', '备注']
		});
	});

	it('takes a line about who fills it in for no header, and line ends out of titles', () => {
		const rows = [
			['填报单位：某支部', '填报单位：某支部', '日期：2024年4月', '日期：2024年4月'],
			['序号', '存在\n问题', '责任人', '备注'],
			['1', '甲', '乙', '']
		];
		expect(findHeader(rows, knows)).toMatchObject({
			headerRows: [1, 1],
			titles: ['序号', '存在问题', '责任人', '备注']
		});
	});

	it('does not take data for a second header', () => {
		const rows = [
			['类别', '备注', '存在问题', ''],
			['学习', '', '备注', '序号'],
			['学习', '', '乙', '']
		];
		expect(findHeader(rows, knows)).toMatchObject({ headerRows: [0, 0], data: rows.slice(1) });
	});

	it('drops empty rows, numbers nobody filled in, headers repeated on pages, and what is signed', () => {
		const rows = [
			['序号', '存在问题', '备注'],
			['1', '甲', ''],
			['', ' ', ''],
			['序号', '存在问题', '备注'],
			['2', '合计没有对上', '填报人：另有说明'],
			['3', '', ''],
			['合计', '2', ''],
			['党支部书记（签字）：', '填报人：', '填报日期：　年　月　日'],
			['（盖　章）', '（盖　章）', '（盖　章）'],
			['注：一式两份', '', '']
		];
		expect(findHeader(rows, knows).data).toEqual([
			['1', '甲', ''],
			['2', '合计没有对上', '填报人：另有说明']
		]);
	});

	it('gives everything as data when no title is known', () => {
		expect(findHeader([['甲'], ['', '乙']], knows)).toEqual({
			headerRows: null,
			titles: ['', ''],
			data: [
				['甲', ''],
				['', '乙']
			]
		});
		expect(findHeader([], knows)).toEqual({ headerRows: null, titles: [], data: [] });
	});
});
