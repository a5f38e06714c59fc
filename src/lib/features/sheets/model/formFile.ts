/** A form as a file to hand over. The writers are loaded with the first file of their kind. */
import type { FormSheet } from './formSheet.ts';
import type { RecordSheet } from './recordSheet.ts';
import type { DrawInk } from './recordToDocx.ts';

export type FormFormat = 'xlsx' | 'docx' | 'csv';

export interface FormFile {
	readonly name: string;
	/** Media type. */
	readonly type: string;
	readonly bytes: Uint8Array;
}

const types: Record<FormFormat, string> = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	csv: 'text/csv;charset=utf-8'
};

export async function formToFile(sheet: FormSheet, format: FormFormat): Promise<FormFile> {
	return {
		name: `${fileName(sheet.title)}.${format}`,
		type: types[format],
		bytes: await write(sheet, format)
	};
}

/** A form about one thing goes out as a Word file. `drawInk` draws what was signed by hand. */
export async function recordToFile(sheet: RecordSheet, drawInk: DrawInk): Promise<FormFile> {
	const { recordToDocx } = await import('./recordToDocx.ts');
	return {
		name: `${fileName(sheet.title)}.docx`,
		type: types.docx,
		bytes: await recordToDocx(sheet, drawInk)
	};
}

async function write(sheet: FormSheet, format: FormFormat): Promise<Uint8Array> {
	switch (format) {
		case 'xlsx':
			return (await import('./formToXlsx.ts')).formToXlsx(sheet);
		case 'docx':
			return (await import('./formToDocx.ts')).formToDocx(sheet);
		case 'csv':
			return (await import('./formToCsv.ts')).formToCsv(sheet);
	}
}

/** Several forms as the sheets of one workbook. */
export const formsToXlsx = async (sheets: readonly FormSheet[]): Promise<Uint8Array> =>
	(await import('./formToXlsx.ts')).formsToXlsx(sheets);

const FORBIDDEN = /[\\/:*?"<>|\s]+/g;
const LONGEST = 80;

/** What Windows and Android take, too. */
export const fileName = (title: string): string =>
	[...title.toWellFormed().replace(FORBIDDEN, ' ').trim()].slice(0, LONGEST).join('') || '表';
