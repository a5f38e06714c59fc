/** What CSS can say about the pages of a printed form: size, running head, page x of y. */
import { pageMm, type FormSheet } from './formSheet.ts';

export function pageRules(sheet: Pick<FormSheet, 'page' | 'header'>): string {
	const small = `font: 9pt SimSun, 'Songti SC', serif; color: #000;`;
	const head = sheet.header ? `@top-right { content: ${quoted(sheet.header)}; ${small} }` : '';
	return `@page {
	size: A4 ${sheet.page};
	margin: ${pageMm.top}mm ${pageMm.side}mm ${pageMm.bottom}mm;
	${head}
	@bottom-center { content: '第 ' counter(page) ' 页 共 ' counter(pages) ' 页'; ${small} }
}`;
}

/** As a CSS string: everything that could end it, or the style element around it, is spelled out. */
const quoted = (text: string): string =>
	`"${text.toWellFormed().replace(/[^\p{L}\p{N} \-.,:：、，。（）]/gu, (char) => `\\${char.codePointAt(0)?.toString(16)} `)}"`;
