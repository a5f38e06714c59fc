/**
 * A document as plain JSON for people and other programs: what a backup shows to somebody who has
 * only the `age` program and an editor. Rich text comes out as its text. Never read back.
 */
import * as Y from 'yjs';
import { bytesToBase64Url } from '$lib/base/bytes.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Deeper than any document of ours; a crafted one must not overflow the stack. */
const MAX_DEPTH = 100;

const textOf = (text: Y.Text): string =>
	(text.toDelta() as { insert?: unknown }[])
		.map(({ insert }) => (typeof insert === 'string' ? insert : ''))
		.join('');

function linesOf(node: Y.XmlFragment, depth: number): string {
	if (depth > MAX_DEPTH) return '';
	const children = node.toArray();
	const hasBlocks = children.some((child) => child instanceof Y.XmlElement);
	return children
		.map((child) => {
			if (child instanceof Y.XmlText) return textOf(child);
			return child instanceof Y.XmlFragment ? linesOf(child, depth + 1) : '';
		})
		.join(hasBlocks ? '\n' : '');
}

const objectOf = (entries: Iterable<readonly [string, unknown]>, depth: number): Json =>
	Object.fromEntries([...entries].map(([key, value]) => [key, readable(value, depth)]));

function readable(value: unknown, depth: number): Json {
	if (depth > MAX_DEPTH) return null;
	if (typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value === 'bigint') return value.toString();
	if (value instanceof Y.Text) return textOf(value);
	if (value instanceof Y.XmlFragment) return linesOf(value, depth);
	if (value instanceof Y.Map) return objectOf(value.entries(), depth + 1);
	if (value instanceof Uint8Array) return bytesToBase64Url(value);
	if (value instanceof Y.Array || Array.isArray(value))
		return value.map((one: unknown) => readable(one, depth + 1));
	if (typeof value !== 'object' || value === null || value instanceof Y.AbstractType) return null;
	return objectOf(Object.entries(value), depth + 1);
}

/** What a type that nobody has asked for by its kind must be, from what is in it. */
function typeIn(doc: Y.Doc, name: string): unknown {
	const type = doc.share.get(name);
	if (!type || Object.getPrototypeOf(type) !== Y.AbstractType.prototype) return type;
	if (type._map.size > 0) return doc.getMap(name);
	let item = type._start;
	while (item?.deleted) item = item.right;
	// Left as it is: giving it a kind now would stand in the way of whoever knows better.
	if (!item) return null;
	if (item.content instanceof Y.ContentString || item.content instanceof Y.ContentFormat)
		return doc.getText(name);
	const { content } = item;
	const isXml =
		content instanceof Y.ContentType &&
		(content.type instanceof Y.XmlElement || content.type instanceof Y.XmlText);
	return isXml ? doc.getXmlFragment(name) : doc.getArray(name);
}

export const readableDocument = (doc: Y.Doc): Json =>
	objectOf(
		[...doc.share.keys()].toSorted().map((name) => [name, typeIn(doc, name)] as const),
		0
	);
