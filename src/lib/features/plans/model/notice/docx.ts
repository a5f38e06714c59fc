// The words of a Word file as plain lines: paragraphs, table rows, automatic numbers.
// Untrusted input: sizes are capped before anything is unpacked.

import { strFromU8, unzipSync } from 'fflate';
import { err, ok, type Result } from '../../../../base/result.ts';
import { createNumberer, readNumbering } from './docxNumbering.ts';
import { attribute, walkXml } from './xmlWalk.ts';

export type DocxError = 'not-a-docx' | 'legacy-doc' | 'too-large' | 'damaged' | 'empty';

const maxFileBytes = 20 * 1024 * 1024;
const maxPartBytes = 24 * 1024 * 1024;
const parts = {
	document: 'word/document.xml',
	numbering: 'word/numbering.xml',
	styles: 'word/styles.xml'
};

export function docxToText(bytes: Uint8Array): Result<string, DocxError> {
	// The old binary .doc begins with the OLE signature.
	if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return err('legacy-doc');
	if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return err('not-a-docx');
	if (bytes.length > maxFileBytes) return err('too-large');
	const files = unpack(bytes);
	if (!files.ok) return files;
	const document = files.value.get(parts.document);
	if (document === undefined) return err('not-a-docx');
	const text = readDocument(
		document,
		files.value.get(parts.numbering) ?? '',
		files.value.get(parts.styles) ?? ''
	);
	return text.trim() ? ok(text) : err('empty');
}

function unpack(bytes: Uint8Array): Result<Map<string, string>, DocxError> {
	const wanted = new Set(Object.values(parts));
	let tooLarge = false;
	try {
		// The size stated in the archive also bounds what the inflater may write.
		const files = unzipSync(bytes, {
			filter: ({ name, originalSize }) => {
				if (!wanted.has(name)) return false;
				tooLarge ||= originalSize > maxPartBytes;
				return originalSize <= maxPartBytes;
			}
		});
		if (tooLarge) return err('too-large');
		return ok(new Map(Object.entries(files).map(([name, data]) => [name, strFromU8(data)])));
	} catch {
		return err('damaged');
	}
}

type ListPlace = { numId: string; level: number };
type Paragraph = { text: string; place: Partial<ListPlace>; style: string | null };

/** Style id → the list it numbers its paragraphs in (headings usually work this way). */
function readStyleLists(xml: string): Map<string, ListPlace> {
	const lists = new Map<string, ListPlace>();
	let style = '';
	let level = 0;
	walkXml(xml, {
		open(name, attributes) {
			if (name === 'style') [style, level] = [attribute(attributes, 'styleId') ?? '', 0];
			if (name === 'ilvl') level = Number(attribute(attributes, 'val'));
			if (name === 'numId') lists.set(style, { numId: attribute(attributes, 'val') ?? '', level });
		},
		close() {},
		text() {}
	});
	return lists;
}

function readDocument(xml: string, numberingXml: string, stylesXml: string): string {
	const number = createNumberer(readNumbering(numberingXml));
	const styleLists = readStyleLists(stylesXml);
	const lines: string[] = [];
	const rows: string[][] = [];
	const cells: string[][] = [];
	const paragraphs: Paragraph[] = [];
	let [inText, fallback, deleted] = [false, 0, 0];

	const finish = (paragraph: Paragraph): void => {
		const list = styleLists.get(paragraph.style ?? '');
		const numId = paragraph.place.numId ?? list?.numId;
		const label =
			numId && numId !== '0' ? number(numId, paragraph.place.level ?? list?.level ?? 0) : '';
		(cells.at(-1) ?? lines).push(`${label}${paragraph.text}`);
	};
	const openers: Record<string, (attributes: string) => void> = {
		p: () => paragraphs.push({ text: '', place: {}, style: null }),
		tr: () => rows.push([]),
		tc: () => cells.push([]),
		t: () => (inText = true),
		Fallback: () => fallback++,
		del: () => deleted++,
		tab: () => append('\t'),
		br: () => append('\n'),
		cr: () => append('\n'),
		noBreakHyphen: () => append('-'),
		pStyle: (attributes) => edit((p) => (p.style = attribute(attributes, 'val'))),
		ilvl: (attributes) => edit((p) => (p.place.level = Number(attribute(attributes, 'val')))),
		numId: (attributes) => edit((p) => (p.place.numId = attribute(attributes, 'val') ?? ''))
	};
	const closers: Record<string, () => void> = {
		p: () => {
			const paragraph = paragraphs.pop();
			if (paragraph && fallback === 0) finish(paragraph);
		},
		tc: () => {
			const cell = cells.pop();
			if (cell)
				rows.at(-1)?.push(
					cell
						.map((line) => line.trim())
						.filter(Boolean)
						.join(' ')
				);
		},
		tr: () => {
			const row = rows.pop();
			if (row) (cells.at(-1) ?? lines).push(rowToLine(row));
		},
		t: () => (inText = false),
		Fallback: () => fallback--,
		del: () => deleted--
	};
	const edit = (change: (paragraph: Paragraph) => void): void => {
		const paragraph = paragraphs.at(-1);
		if (paragraph) change(paragraph);
	};
	const append = (text: string): void => {
		if (fallback === 0 && deleted === 0) edit((paragraph) => (paragraph.text += text));
	};
	// Tab stops in paragraph properties share the name of the tab character: only runs count.
	let inRun = 0;
	walkXml(xml, {
		open(name, attributes) {
			if (name === 'r') inRun++;
			if ((name !== 'tab' || inRun > 0) && Object.hasOwn(openers, name))
				openers[name]?.(attributes);
		},
		close(name) {
			if (name === 'r') inRun--;
			if (Object.hasOwn(closers, name)) closers[name]?.();
		},
		text: (text) => inText && append(text)
	});
	return lines.join('\n');
}

/** A row that begins with a number is a numbered item; its cells read as sentences. */
function rowToLine(row: readonly string[]): string {
	const [first = '', ...rest] = row;
	const words = rest.filter(Boolean);
	if (!/^(?:\d{1,3}|[一二三四五六七八九十]{1,3})$/.test(first) || words.length === 0)
		return row.join('\t');
	const sentences = words
		.map((cell) => (/[。；;！!？?]$/.test(cell) ? cell : `${cell}。`))
		.join('');
	return /^\d/.test(first) ? `${first}. ${sentences}` : `${first}、${sentences}`;
}
