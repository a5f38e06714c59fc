import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { readPasted, readWorkbook } from './readWorkbook.ts';
import { maxColumns, maxFileBytes, maxRows, type WorkbookSheet } from './workbook.ts';

const fixture = (name: string): Uint8Array =>
	new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));

async function sheetsOf(bytes: Uint8Array, name = 'a'): Promise<readonly WorkbookSheet[]> {
	const read = await readWorkbook(bytes, name);
	if (!read.ok) throw new Error(read.error);
	return read.value.sheets;
}
const rowsOf = async (bytes: Uint8Array, name = 'a') => (await sheetsOf(bytes, name))[0]!.rows;
const faultOf = async (bytes: Uint8Array, name = 'a') => {
	const read = await readWorkbook(bytes, name);
	return read.ok ? null : read.error;
};
const xlsxOf = (rows: (string | number | boolean | null)[][]) =>
	writeXlsx({ sheets: [{ name: '一', rows }] });

describe('a workbook made by LibreOffice', () => {
	it.each(['rectification.xlsx', 'rectification.xls'])('is read from %s', async (name) => {
		const sheets = await sheetsOf(fixture(name));
		expect(sheets.map((sheet) => sheet.name)).toEqual(['整改台账', '选项', '意见建议']);
		const rows = sheets[0]!.rows;
		expect(rows[2]!.slice(2, 6)).toEqual(['责任', '责任', '整改时限', '整改时限']);
		expect(rows[3]!.slice(0, 4)).toEqual(['序号', '存在问题', '责任领导', '责任人']);
		expect(rows[4]).toEqual([
			'1',
			'理论学习不够深入，\n联系实际少',
			'周书记',
			'吴委员',
			'2024-03-15',
			'2024年6月底前',
			'郑委员',
			'2024-06-28 09:30',
			expect.stringMatching(/^(?:80%|0\.8)$/),
			'110101199003070012'
		]);
		expect(rows.slice(4, 7).map((row) => row[2])).toEqual(['周书记', '周书记', '周书记']);
		expect(rows[5]!.slice(4, 6)).toEqual(['2024.3.20', '2024-05-31']);
		expect(rows[5]![9]).toBe('0012');
		expect(rows[6]!.slice(8)).toEqual(['0.3', '123456789012345']);
	});

	it('keeps what formulas came to, percentages and which sheet was hidden in .xlsx', async () => {
		const sheets = await sheetsOf(fixture('rectification.xlsx'));
		expect(sheets[0]!.rows[5]!.slice(0, 4)).toEqual([
			'2',
			'谈心谈话覆盖面不全',
			'周书记',
			'郑委员'
		]);
		expect(sheets[0]!.rows[4]![8]).toBe('80%');
		expect(sheets.map(({ hidden }) => hidden)).toEqual([false, true, false]);
	});
});

describe('text files', () => {
	const text = '序号,具体表现\r\n1,"学习不够，\r\n他说""好"""\r\n2,落实不细\r\n';
	const rows = [
		['序号', '具体表现'],
		['1', '学习不够，\n他说"好"'],
		['2', '落实不细']
	];
	const utf16 = (source: string) =>
		Uint8Array.from(
			[...`\ufeff${source}`].flatMap((char) => {
				const unit = char.charCodeAt(0);
				return [unit & 255, unit >> 8];
			})
		);
	it.each<[string, Uint8Array]>([
		['UTF-8', strToU8(text)],
		['UTF-8 with a mark', strToU8(`\ufeff${text}`)],
		['UTF-16, as Excel saves "Unicode text"', utf16(text.replaceAll(',', '\t'))],
		['semicolons', strToU8(text.replaceAll(',', ';'))]
	])('in %s', async (_, bytes) => {
		expect(await rowsOf(bytes, '清单.csv')).toEqual(rows);
	});

	it('in GB18030, named after the file', async () => {
		// 党校,通知
		const bytes = Uint8Array.of(0xb5, 0xb3, 0xd0, 0xa3, 0x2c, 0xcd, 0xa8, 0xd6, 0xaa);
		const [sheet] = await sheetsOf(bytes, '导出.2024.csv');
		expect(sheet).toMatchObject({ name: '导出.2024', rows: [['党校', '通知']] });
	});

	it('that are HTML under the name of .xls, as many systems export', async () => {
		const html = `<html><table><tr><th colspan="2">责任</th></tr><tr><td>甲</td><td>乙</td></tr></table>`;
		expect(await rowsOf(strToU8(html), '导出.xls')).toEqual([
			['责任', '责任'],
			['甲', '乙']
		]);
	});
});

describe('numbers', () => {
	it('come with all their digits', async () => {
		const rows = [
			[123456789012345680, 411381199001011008, 1e21, 0.1 + 0.2, 1e-7, -3, 45000, true, null, '末']
		];
		expect(await rowsOf(await xlsxOf(rows))).toEqual([
			[
				'123456789012346000',
				'411381199001011000',
				'1000000000000000000000',
				'0.3',
				'0.0000001',
				'-3',
				'45000',
				'TRUE',
				'',
				'末'
			]
		]);
	});
});

describe('files that cannot be read', () => {
	it.each<[string, Uint8Array, string]>([
		['nothing', new Uint8Array(0), 'empty'],
		['blanks', strToU8('\r\n,,\r\n'), 'empty'],
		[
			'a picture',
			Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1, 0, 2, 0, 3),
			'unknown-format'
		],
		['a Word file', zipSync({ 'word/document.xml': strToU8('<w:document/>') }), 'unknown-format'],
		['an XML workbook of 2003', strToU8('<?xml version="1.0"?><Workbook/>'), 'unknown-format'],
		['half a workbook', fixture('rectification.xlsx').slice(0, 3000), 'damaged'],
		['half an old one', fixture('rectification.xls').slice(0, 3000), 'damaged'],
		['a workbook without its sheets', zipSync({ 'xl/workbook.xml': strToU8('<x') }), 'damaged'],
		['a file beyond the limit', new Uint8Array(maxFileBytes + 1), 'too-large']
	])('%s', async (_, bytes, fault) => {
		expect(await faultOf(bytes)).toBe(fault);
	});

	it('ask for a password', async () => {
		const locked = await writeXlsx({
			sheets: [{ name: '一', rows: [['密']] }],
			encryption: { password: '1234', spinCount: 10 }
		});
		expect(await faultOf(locked)).toBe('password');
		expect(await faultOf(withFilePass(fixture('rectification.xls')))).toBe('password');
	});

	it('unpack to more than is taken', async () => {
		const parts = unzipSync(fixture('rectification.xlsx'));
		const bomb = { ...parts, 'xl/worksheets/sheet1.xml': new Uint8Array(100 * 1024 * 1024) };
		expect(await faultOf(zipSync(bomb, { level: 1 }))).toBe('too-large');
	});

	it('have too many rows or columns, but not for formats without content', async () => {
		const tall = Array.from({ length: maxRows + 1 }, () => ['甲']);
		expect(await faultOf(await xlsxOf(tall))).toBe('too-large');
		expect(await faultOf(await xlsxOf([Array<string>(maxColumns + 1).fill('甲')]))).toBe(
			'too-large'
		);
		const formatted = await writeXlsx({
			sheets: [
				{
					name: '一',
					rows: [['甲']],
					cells: new Map([['900000,3', { style: { font: { bold: true } } }]])
				}
			]
		});
		expect(await rowsOf(formatted)).toEqual([['甲']]);
	});

	it('never throw, however they are broken', async () => {
		const sources = [fixture('rectification.xlsx'), fixture('rectification.xls')];
		const changes = fc.array(fc.tuple(fc.nat(9000), fc.nat(255)), { maxLength: 30 });
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...sources), changes, async (source, edits) => {
				const bytes = source.slice();
				for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
				const read = await readWorkbook(bytes, 'a.xlsx');
				expect(read.ok || typeof read.error === 'string').toBe(true);
			}),
			{ numRuns: 150 }
		);
	});
});

/** As if its records were scrambled: the record that says so, where Excel writes it. */
function withFilePass(bytes: Uint8Array): Uint8Array {
	const begin = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00];
	const out = bytes.slice();
	for (let at = 0; at < out.length; at += 512)
		if (begin.every((byte, i) => out[at + i] === byte)) out.set([0x2f, 0x00], at + 20);
	return out;
}

describe('readPasted', () => {
	it('fills merged cells of HTML, and takes tabs before commas in text', () => {
		const html = '<table><tr><td rowspan=2>周</td><td>一</td></tr><tr><td>二</td></tr></table>';
		expect(readPasted(html, '')).toMatchObject({
			value: {
				sheets: [
					{
						rows: [
							['周', '一'],
							['周', '二']
						]
					}
				]
			}
		});
		expect(readPasted('', 'a,b\tc')).toMatchObject({
			value: { sheets: [{ rows: [['a,b', 'c']] }] }
		});
		expect(readPasted('', ' \t ')).toEqual({ ok: false, error: 'empty' });
	});

	it('is not taken in by spans that ask for memory', () => {
		const row = `<tr>${'<td colspan=1000 rowspan=1000>x'.repeat(300)}</tr>`;
		expect(readPasted(`<table>${row.repeat(30)}</table>`, '')).toEqual({
			ok: false,
			error: 'too-large'
		});
	});
});
