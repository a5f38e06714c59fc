/**
 * A form as it is handed in: what the writers for Excel, Word, CSV and print make their files of.
 * The words on it are the office's own, whatever language the screen speaks.
 */

export type FormPage = 'landscape' | 'portrait';

export interface FormColumn {
	readonly title: string;
	/** The columns together are stretched or squeezed to the width of the page. */
	readonly widthMm: number;
	readonly align?: 'left' | 'center';
}

export interface FormSheet {
	readonly title: string;
	/** Below the title: who fills it in, for what time. */
	readonly subtitle?: string;
	readonly page: FormPage;
	readonly columns: readonly FormColumn[];
	/** As long as `columns`, each of them. */
	readonly rows: readonly (readonly string[])[];
	/** At the top of every page. */
	readonly header?: string;
	/** ['党支部书记（签字）：', '填报人：', '填报日期：　　年　月　日'] */
	readonly signature: readonly string[];
	/** Leave room for the seal below the signatures. */
	readonly sealSpace: boolean;
	/** Who made the file and when, as a sentence; stands small at the foot of every page. */
	readonly madeBy: string;
}

export const sealText = '（盖　章）';
/** Room to write by hand between the parts of the line to sign on. */
const SIGNING_ROOM = '　'.repeat(6);
export const signatureLine = (sheet: FormSheet): string => sheet.signature.join(SIGNING_ROOM);

export const titleFont = '宋体';
export const bodyFont = '仿宋';
export const sizesPt = { title: 22, subtitle: 12, header: 11, cell: 11, signature: 12, note: 9 };

/** A4 and its margins, in millimetres. */
export const pageMm = { long: 297, short: 210, side: 15, top: 18, bottom: 18, edge: 8 };

export const paperMm = (page: FormPage): { width: number; height: number } =>
	page === 'landscape'
		? { width: pageMm.long, height: pageMm.short }
		: { width: pageMm.short, height: pageMm.long };

/** Widths that fill the page between its margins, in millimetres. */
export function fittedWidths(sheet: FormSheet): number[] {
	const room = paperMm(sheet.page).width - 2 * pageMm.side;
	const asked = sheet.columns.map(({ widthMm }) => (widthMm > 0 ? widthMm : 1));
	const total = asked.reduce((sum, width) => sum + width, 0);
	return asked.map((width) => (width * room) / total);
}

/** 序号 and its like: short ones stand in the middle. */
export const alignOf = (column: FormColumn): 'left' | 'center' => column.align ?? 'left';
