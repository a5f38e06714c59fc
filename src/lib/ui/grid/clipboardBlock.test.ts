import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockToHtml, blockToTsv, parseClipboard, tileBlock } from './clipboardBlock.ts';
import { parseTsv } from '../../base/delimitedText.ts';
import { parseHtmlTable } from '../../base/htmlTable.ts';

describe('parseTsv', () => {
	it.each<[string, string, string[][]]>([
		['one cell', '甲', [['甲']]],
		[
			'rows end with CRLF and a last one',
			'a\tb\r\nc\td\r\n',
			[
				['a', 'b'],
				['c', 'd']
			]
		],
		['empty cells and empty rows stay', 'a\t\t\n\n\tb', [['a', '', ''], [''], ['', 'b']]],
		['several lines in one cell', '1\t"第一行\n第二行"\t2', [['1', '第一行\n第二行', '2']]],
		['doubled quotes', '"他说""好"""\tx', [['他说"好"', 'x']]],
		['a sentence that opens with a quotation', '"好"字当头\tx', [['"好"字当头', 'x']]],
		['a quote that never closes', '"开\tx', [['"开', 'x']]],
		['nothing', '', []]
	])('%s', (_, text, rows) => {
		expect(parseTsv(text)).toEqual(rows);
	});
});

describe('parseHtmlTable', () => {
	it('reads what Excel writes: styles, comments, wrapped source, <br> and entities', () => {
		const html = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>
			<!--table {mso-displayed-decimal-separator:"\\."} td > p {color:red}--></style></head><body>
			<table border=0><!--StartFragment--><col width=72>
			<tr height=20><td height=20 class=xl65 style='width:54pt'>方面</td>
			<td>学习不够<br style='mso-data-placement:same-cell'>  落实
   不细</td><td>A&amp;B&nbsp;&#x4e00;&#20108;</td></tr><!--EndFragment--></table></body></html>`;
		expect(parseHtmlTable(html)).toEqual([['方面', '学习不够\n落实 不细', 'A&B 一二']]);
	});
	it('lays merged cells out and keeps rows equally long', () => {
		const html = `<table><tr><td rowspan=2>合并</td><td colspan="2">宽</td></tr>
			<tr><td>二</td></tr><tr><td>三</td></tr></table>`;
		expect(parseHtmlTable(html)).toEqual([
			['合并', '宽', ''],
			['', '二', ''],
			['三', '', '']
		]);
	});
	it('reads paragraphs in cells, unclosed cells and nested tables as text', () => {
		const html =
			'<table><tr><td><p>一</p><p>二</p><td>丙<table><tr><td>内</td><td>层</td></tr></table></table>';
		expect(parseHtmlTable(html)).toEqual([['一\n二', '丙\n内层']]);
	});
	it('reads what WPS writes: merged cells, and long numbers that it shows shortened', () => {
		const html = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>
			<!--StartFragment--><col width="72"/><tr height="19">
			<td class="xl65" colspan="2" rowspan="2" x:str>责任领导</td>
			<td x:num="110101199001011234" align="right">1.10101E+17</td></tr>
			<tr><td x:num="3.5">3.50</td></tr><!--EndFragment--></table></body></html>`;
		expect(parseHtmlTable(html)).toEqual([
			['责任领导', '', '110101199001011234'],
			['', '', '3.50']
		]);
	});
	it('finds no table in prose', () => {
		expect(parseHtmlTable('<p>只是一段话</p>')).toBeNull();
		expect(parseClipboard('<p>只是一段话</p>', '只是一段话')).toEqual([['只是一段话']]);
	});
	it('is not led astray by a span of a billion', () => {
		expect(parseHtmlTable('<table><tr><td colspan=999999999>x</table>')?.[0]?.length).toBe(1000);
	});
});

const cell = fc
	.string({ unit: fc.constantFrom('甲', 'b', ' ', '"', '\t', '\n', '<', '&', ';', '😀', ',') })
	.map((text) => text.replace(/^[\n\t]+|[\n\t]+$/g, ''));
const block = fc
	.integer({ min: 1, max: 4 })
	.chain((width) =>
		fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 })
	);

describe('what is copied can be pasted', () => {
	it('as text', () => {
		fc.assert(
			fc.property(block, (cells) => {
				// A block of one empty cell is no text at all.
				fc.pre(blockToTsv(cells) !== '' && (cells.at(-1)?.join('') ?? '') !== '');
				expect(parseTsv(blockToTsv(cells))).toEqual(cells);
			})
		);
	});
	it('as a table', () => {
		fc.assert(
			fc.property(block, (cells) => {
				const noTabs = cells.map((row) => row.map((text) => text.replaceAll('\t', ' ').trim()));
				const even = noTabs.map((row) => row.map((text) => text.replace(/ *\n */g, '\n')));
				expect(parseHtmlTable(blockToHtml(even))).toEqual(even);
			})
		);
	});
});

describe('tileBlock', () => {
	it('repeats a block that fits a whole number of times', () => {
		expect(tileBlock([['x']], 2, 2)).toEqual([
			['x', 'x'],
			['x', 'x']
		]);
		expect(tileBlock([['a', 'b']], 2, 2)).toEqual([
			['a', 'b'],
			['a', 'b']
		]);
	});
	it('leaves any other as it is', () => {
		const odd = [['a', 'b']];
		expect(tileBlock(odd, 2, 3)).toBe(odd);
	});
});
