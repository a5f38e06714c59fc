/** What every Word file of ours has: A4 with its margins, the fonts of an office, page x of y. */
import type { FileChild, ISectionOptions } from 'docx';
import { pageMm, paperMm, sizesPt, titleFont, type FormPage } from './formSheet.ts';

export type Library = typeof import('docx');

export interface PageFrame {
	readonly page: FormPage;
	readonly title: string;
	/** At the top of every page. */
	readonly header?: string;
	/** Small at the foot of every page. */
	readonly madeBy: string;
}

/** Loads the library with the first Word file. */
export async function toDocx(
	frame: PageFrame,
	children: (library: Library) => readonly FileChild[]
): Promise<Uint8Array> {
	const library = await import('docx');
	const document = new library.Document({
		title: frame.title,
		creator: frame.madeBy,
		sections: [toSection(library, frame, children(library))]
	});
	return library.Packer.pack(document, 'uint8array');
}

function toSection(
	library: Library,
	frame: PageFrame,
	children: readonly FileChild[]
): ISectionOptions {
	const { Footer, Header, PageOrientation } = library;
	return {
		properties: {
			page: {
				size: {
					// The library turns the page itself.
					width: twips(pageMm.short),
					height: twips(pageMm.long),
					orientation:
						frame.page === 'landscape' ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT
				},
				margin: {
					left: twips(pageMm.side),
					right: twips(pageMm.side),
					top: twips(pageMm.top),
					bottom: twips(pageMm.bottom),
					header: twips(pageMm.edge),
					footer: twips(pageMm.edge)
				}
			}
		},
		...(frame.header
			? { headers: { default: new Header({ children: [note(library, frame.header)] }) } }
			: {}),
		footers: { default: new Footer({ children: [pageFoot(library, frame)] }) },
		children: [...children]
	};
}

/** Word counts twentieths of a point. */
export const twips = (mm: number): number => Math.round((mm / 25.4) * 1440);

export type Look = { font: string; size: number; bold?: boolean };

/** Line ends stay line ends. */
export function runs({ TextRun }: Library, text: string, { font, size, bold = false }: Look) {
	return text
		.toWellFormed()
		.split('\n')
		.map(
			(part, at) =>
				new TextRun({
					text: part,
					bold,
					// In half points.
					size: size * 2,
					font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: font },
					...(at > 0 ? { break: 1 } : {})
				})
		);
}

const note = (library: Library, text: string) =>
	new library.Paragraph({
		alignment: library.AlignmentType.RIGHT,
		children: runs(library, text, { font: titleFont, size: sizesPt.note })
	});

function pageFoot(library: Library, frame: PageFrame) {
	const { PageNumber, Paragraph, TabStopType, TextRun } = library;
	const room = paperMm(frame.page).width - 2 * pageMm.side;
	return new Paragraph({
		tabStops: [{ type: TabStopType.CENTER, position: twips(room / 2) }],
		children: [
			...runs(library, frame.madeBy, { font: titleFont, size: sizesPt.note }),
			new TextRun({
				size: sizesPt.note * 2,
				font: { eastAsia: titleFont },
				children: ['\t第 ', PageNumber.CURRENT, ' 页 共 ', PageNumber.TOTAL_PAGES, ' 页']
			})
		]
	});
}

export function titleLine(library: Library, title: string) {
	const { AlignmentType, Paragraph } = library;
	return new Paragraph({
		alignment: AlignmentType.CENTER,
		spacing: { after: 120 },
		children: runs(library, title, { font: titleFont, size: sizesPt.title, bold: true })
	});
}
