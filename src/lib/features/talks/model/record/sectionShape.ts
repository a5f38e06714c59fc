/**
 * Which sections the editor can hold. Bound to something it does not know, an editor throws it out of
 * the document, words and all; so this is asked before, and again at every change from elsewhere.
 * Lists that two devices have emptied at once are no obstacle: there is nothing in them to lose.
 */
import * as Y from 'yjs';
import { sectionIn, type SectionId, type TextRun } from './sections.ts';

/** `gone`: the editor would drop it, and no word with it. `lost`: with words, so it must not be bound. */
type Fate = 'kept' | 'gone' | 'lost';

/** Beyond this many lists in lists nothing is read for print and signature (sections.ts). */
const maxListDepth = 7;
/** So deep one goes by hand, and what is pasted in there again no deeper than the rest. */
export const maxTypedDepth = 4;
export const maxPastedDepth = maxListDepth - maxTypedDepth;
const isList = (name: string): boolean => name === 'bulletList' || name === 'orderedList';
const isBlock = (name: string): boolean => name === 'paragraph' || isList(name);
const isKnown = (name: string): boolean => isBlock(name) || name === 'listItem';

/** Also of what is not text but may well mean something: a picture, a table of another version. */
function holdsWords(node: unknown): boolean {
	if (node instanceof Y.XmlText) return node.length > 0;
	if (!(node instanceof Y.XmlElement) || !isKnown(node.nodeName)) return true;
	return node.toArray().some(holdsWords);
}

function isPlainText(text: Y.XmlText): boolean {
	const delta = text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[];
	return delta.every(
		({ insert, attributes = {} }) =>
			typeof insert === 'string' && Object.keys(attributes).every((mark) => mark === 'bold')
	);
}

const dropped = (element: unknown): Fate => (holdsWords(element) ? 'lost' : 'gone');

/** Whether the editor's schema takes these children, which it kept itself. */
function takesChildren(name: string, children: readonly (Y.XmlElement | Y.XmlText)[]): boolean {
	const names = children.map((child) => (child instanceof Y.XmlElement ? child.nodeName : 'text'));
	if (name === 'paragraph') return names.every((child) => child === 'text');
	if (isList(name)) return names.length > 0 && names.every((child) => child === 'listItem');
	return names[0] === 'paragraph' && names.every(isBlock);
}

function fateOf(node: unknown, depth: number): Fate {
	if (node instanceof Y.XmlText) return isPlainText(node) ? 'kept' : 'lost';
	if (!(node instanceof Y.XmlElement) || !isKnown(node.nodeName)) return 'lost';
	const inside = isList(node.nodeName) ? depth + 1 : depth;
	if (inside > maxListDepth) return 'lost';
	const kept: (Y.XmlElement | Y.XmlText)[] = [];
	for (const child of node.toArray()) {
		const fate = fateOf(child, inside);
		if (fate === 'lost') return 'lost';
		if (fate === 'kept') kept.push(child as Y.XmlElement | Y.XmlText);
	}
	return takesChildren(node.nodeName, kept) ? 'kept' : dropped(node);
}

export const isEditable = (section: Y.XmlFragment): boolean =>
	section.toArray().every((node) => {
		if (!(node instanceof Y.XmlElement) || !isBlock(node.nodeName)) return false;
		return fateOf(node, 0) !== 'lost';
	});

/** An empty paragraph at the end, to be written in. */
export function startParagraph(
	doc: Y.Doc,
	id: SectionId,
	runs: readonly TextRun[] = []
): Y.XmlText {
	const paragraph = new Y.XmlElement('paragraph');
	const text = new Y.XmlText();
	doc.transact(() => {
		const section = sectionIn(doc, id);
		section.insert(section.length, [paragraph]);
		paragraph.insert(0, [text]);
		for (const run of runs)
			text.insert(text.length, run.text, run.bold ? { bold: {} } : { bold: null });
	});
	return text;
}

function runsOf(text: Y.XmlText): TextRun[] {
	const delta = text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[];
	return delta.map(({ insert, attributes }) => ({
		text: typeof insert === 'string' ? insert : '\ufffc',
		bold: attributes?.bold !== undefined
	}));
}

/** One paragraph an element with text in it, however deep: no recursion, a crafted one may be endless. */
function paragraphsIn(section: Y.XmlFragment): TextRun[][] {
	const paragraphs = new Map<unknown, TextRun[]>();
	const waiting: unknown[] = section.toArray().reverse();
	while (waiting.length > 0) {
		const node = waiting.pop();
		if (node instanceof Y.XmlElement) waiting.push(...node.toArray().reverse());
		if (!(node instanceof Y.XmlText)) continue;
		paragraphs.set(node.parent, [...(paragraphs.get(node.parent) ?? []), ...runsOf(node)]);
	}
	return [...paragraphs.values()].filter((runs) => runs.length > 0);
}

/** Every word stays, as plain paragraphs; what else there was goes. For people to ask for. */
export function makePlain(doc: Y.Doc, id: SectionId): void {
	const section = sectionIn(doc, id);
	doc.transact(() => {
		const paragraphs = paragraphsIn(section);
		section.delete(0, section.length);
		for (const runs of paragraphs) startParagraph(doc, id, runs);
	});
}
