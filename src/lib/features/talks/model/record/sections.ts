/**
 * The parts of a talk record that are written as text, and reading them without an editor: for the
 * print, the fingerprint that is signed, and the check for copied words. The editor writes a small set
 * of nodes; whatever else stands in a fragment is read as the words in it.
 */
import * as Y from 'yjs';

export const requiredSections = ['work', 'thought', 'understanding', 'shortcoming'] as const;
export const sectionIds = [...requiredSections, 'suggestion', 'difficulty', 'agreed'] as const;
/** 谈工作 谈思想 谈认识 谈不足 意见建议 困难 约定与后续 */
export type SectionId = (typeof sectionIds)[number];

export interface TextRun {
	readonly text: string;
	readonly bold: boolean;
}

export interface TextBlock {
	readonly kind: 'paragraph' | 'bullet' | 'number';
	/** From 1, for `number`. */
	readonly no: number;
	/** How many lists it lies in beyond the first. */
	readonly depth: number;
	readonly runs: readonly TextRun[];
}

/** Nobody nests deeper by hand; a crafted document must not overflow the stack. */
const maxDepth = 8;

export const sectionIn = (doc: Y.Doc, id: SectionId): Y.XmlFragment =>
	doc.getXmlFragment(`section ${id}`);

interface Place {
	readonly kind: TextBlock['kind'];
	readonly no: number;
	readonly depth: number;
}

function runsOf(text: Y.XmlText): TextRun[] {
	const delta = text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[];
	return delta.flatMap(({ insert, attributes }) =>
		typeof insert === 'string' && insert !== ''
			? [{ text: insert, bold: attributes?.bold !== undefined }]
			: []
	);
}

/** Whoever types `3.` begins a list there. */
function firstNo(list: Y.XmlElement): number {
	const start: unknown = list.getAttribute('start');
	return Number.isSafeInteger(start) ? Math.min(Math.max(start as number, 0), 9_999) : 1;
}

function blocksIn(
	parent: Y.XmlFragment | Y.XmlElement,
	place: Place,
	level: number,
	blocks: TextBlock[]
): void {
	if (level > maxDepth) return;
	let runs: TextRun[] = [];
	/** The first paragraph of an item carries its mark; those after it do not. */
	let marked = place;
	const flush = () => {
		if (runs.length === 0 && parent.length > 0 && !(parent instanceof Y.XmlElement)) return;
		if (runs.length > 0) blocks.push({ ...marked, runs });
		runs = [];
	};
	for (const child of parent.toArray()) {
		if (child instanceof Y.XmlText) {
			runs.push(...runsOf(child));
			continue;
		}
		flush();
		if (!(child instanceof Y.XmlElement)) continue;
		if (child.nodeName === 'bulletList' || child.nodeName === 'orderedList') {
			const kind = child.nodeName === 'bulletList' ? 'bullet' : 'number';
			const depth = place.kind === 'paragraph' ? 0 : place.depth + 1;
			let no = firstNo(child);
			for (const item of child.toArray())
				if (item instanceof Y.XmlElement)
					blocksIn(item, { kind, no: no++, depth }, level + 1, blocks);
			continue;
		}
		const before = blocks.length;
		blocksIn(child, marked, level + 1, blocks);
		if (blocks.length > before) marked = { ...place, kind: 'paragraph', no: 0 };
	}
	flush();
}

/** Empty paragraphs are left out. */
export function sectionBlocks(fragment: Y.XmlFragment): TextBlock[] {
	const blocks: TextBlock[] = [];
	blocksIn(fragment, { kind: 'paragraph', no: 0, depth: 0 }, 0, blocks);
	return blocks;
}

const markOf = ({ kind, no, depth }: TextBlock): string =>
	'　'.repeat(depth) + (kind === 'bullet' ? '· ' : kind === 'number' ? `${no}. ` : '');

/** One line a paragraph or list item. */
export const blocksToText = (blocks: readonly TextBlock[]): string =>
	blocks
		.map((block) => markOf(block) + block.runs.map(({ text }) => text).join(''))
		.join('\n')
		.trim();

export const sectionText = (doc: Y.Doc, id: SectionId): string =>
	blocksToText(sectionBlocks(sectionIn(doc, id)));
