import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findHeader } from './findHeader.ts';
import { opinionForm, problemForm, rectificationForm } from './fixtures/sampleForms.ts';
import type { FormSheet } from './formSheet.ts';
import { formToCsv } from './formToCsv.ts';
import { formToDocx } from './formToDocx.ts';
import { formsToXlsx, formToXlsx } from './formToXlsx.ts';
import { readWorkbook } from './readWorkbook.ts';

async function readBack(bytes: Uint8Array, name: string, form: FormSheet) {
	const read = await readWorkbook(bytes, name);
	if (!read.ok) throw new Error(read.error);
	const known = new Set(form.columns.map(({ title }) => title));
	return findHeader(read.value.sheets[0]!.rows, (cell) => known.has(cell));
}

const part = (bytes: Uint8Array, name: string): string => strFromU8(unzipSync(bytes)[name]!);

const oddCells = [
	'=1+1',
	'+86',
	'-5',
	'@SUM(A1)',
	'0012',
	'110101199003070012',
	'1.50',
	'1-2',
	'1e5',
	'TRUE',
	'#N/A',
	'_x000D_',
	'第一行\n第二行',
	'制表\t符',
	'\t开头',
	' 两头有空格 ',
	'　全角空格　',
	'他说"好"',
	'a,b;c',
	'👩‍🏫党员',
	'<b>&amp;</b>',
	'\u0007',
	'2024-03-15',
	'45000',
	'x'.repeat(300)
];
const cell = fc.oneof(fc.constantFrom(...oddCells), fc.string({ unit: 'grapheme', maxLength: 12 }));
const titles = ['序号', '具体表现', '责任人', '整改时限', '备注'];
const forms = fc
	.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 8 })
	.map((rows): FormSheet => ({
		...problemForm,
		columns: titles.map((title) => ({ title, widthMm: 30 })),
		// Something in each row: an empty one is no row.
		rows: rows.map((cells, at) => [String(at + 1), '甲', ...cells.slice(0, 3)])
	}));

describe('forms', () => {
	it('come back from .xlsx with the same titles and cells', async () => {
		await fc.assert(
			fc.asyncProperty(forms, async (form) => {
				const block = await readBack(await formToXlsx(form), 'a.xlsx', form);
				expect(block.titles).toEqual(titles);
				expect(block.data).toEqual(form.rows.map((row) => row.map(lineEnds)));
			}),
			{ numRuns: 60 }
		);
	});

	it('come back from .csv with the same titles and cells', async () => {
		await fc.assert(
			fc.asyncProperty(forms, async (form) => {
				const block = await readBack(formToCsv(form), 'a.csv', form);
				expect(block.titles).toEqual(titles);
				expect(block.data).toEqual(form.rows.map((row) => row.map(lineEnds)));
			}),
			{ numRuns: 200 }
		);
	});

	it('keep several sheets apart, and their names within what Excel takes', async () => {
		const long = { ...opinionForm, title: '甲'.repeat(40) };
		const read = await readWorkbook(
			await formsToXlsx([problemForm, { ...rectificationForm, title: '问题清单' }, long]),
			'a.xlsx'
		);
		if (!read.ok) throw new Error(read.error);
		expect(read.value.sheets.map(({ name }) => name)).toEqual([
			'问题清单',
			'问题清单（2）',
			'甲'.repeat(31)
		]);
		expect(read.value.sheets[1]!.rows[2]).toEqual(
			rectificationForm.columns.map(({ title }) => title)
		);
	});

	it('are set up for printing in .xlsx', async () => {
		const bytes = await formToXlsx(rectificationForm);
		const sheet = part(bytes, 'xl/worksheets/sheet1.xml');
		expect(sheet).toMatch(/<pageSetup [^>]*paperSize="9"[^>]*orientation="landscape"/);
		expect(sheet).toMatch(/fitToWidth="1"[^>]*fitToHeight="0"/);
		expect(sheet).toContain('第 &amp;P 页 共 &amp;N 页');
		expect(sheet).toContain('<mergeCell ref="A1:L1"/>');
		const named = await formToXlsx({ ...rectificationForm, title: "2024年“整改'台账" });
		expect(part(named, 'xl/workbook.xml')).toMatch(
			/_xlnm\.Print_Titles[^>]*>'2024年“整改(?:'|&apos;){2}台账'!\$3:\$3</
		);
		expect(part(bytes, 'xl/styles.xml')).toContain('仿宋');
	});

	it('are set up for printing in .docx', async () => {
		const bytes = await formToDocx({ ...rectificationForm, rows: [['a\nb', '\u0007<&']] });
		const body = part(bytes, 'word/document.xml');
		expect(body).toMatch(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/);
		expect(body).toContain('<w:tblHeader/>');
		expect(body).toMatch(/<w:t[^>]*>a<\/w:t>.*<w:br\/>.*b/);
		expect(body).not.toContain('\u0007');

		expect(part(bytes, 'word/footer1.xml')).toMatch(/第 .*PAGE.* 页 共 .*NUMPAGES.* 页/);
	});

	it('guard cells of .csv that Excel would calculate, round or take for a date', () => {
		const form = { ...problemForm, columns: [{ title: '备注', widthMm: 1 }] };
		const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
			formToCsv({ ...form, rows: [['=1+1'], ['110101199003070012'], ['0012'], ['3-15'], ['普通']] })
		);
		expect(csv).toBe(
			'\ufeff备注\r\n"\t=1+1"\r\n"\t110101199003070012"\r\n"\t0012"\r\n"\t3-15"\r\n普通\r\n'
		);
	});
});

const lineEnds = (text: string): string => text.replace(/\r\n?/g, '\n');
