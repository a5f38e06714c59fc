/**
 * What was copied from a web page, Word or WPS, down to what may stand in a section: paragraphs, lists,
 * bold. Links stay as their words; pictures, styles and everything else are gone before the editor
 * sees them.
 */
import { maxPastedDepth } from '../../model/record/sectionShape.ts';

const dropped = new Set(
	'head style script title meta link noscript template iframe object embed img picture svg video audio canvas map input select textarea button'.split(
		' '
	)
);
const blocks = new Set(
	'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr main nav p pre section summary table tbody tfoot thead tr'.split(
		' '
	)
);
const bolds = new Set(['b', 'strong', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th']);

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function isBold(element: HTMLElement, inherited: boolean): boolean {
	const weight = element.style.fontWeight;
	if (/^(bold|bolder|[6-9]00)$/.test(weight)) return true;
	if (/^(normal|lighter|[1-4]00)$/.test(weight)) return false;
	return inherited || bolds.has(element.localName);
}

/** Paragraphs as they come; a list closes the one before it. */
class Writer {
	html = '';
	#line = '';

	text(words: string, bold: boolean): void {
		const flat = words.replace(/[\s\u00a0]+/g, ' ');
		if (flat === '' || (flat === ' ' && this.#line === '')) return;
		const spaced = this.#line === '' ? flat.trimStart() : flat;
		this.#line += bold ? `<strong>${escaped(spaced)}</strong>` : escaped(spaced);
	}
	/** Between the cells of a row. */
	gap(): void {
		if (this.#line !== '') this.#line += '\u3000';
	}
	end(): void {
		if (this.#line.trim() !== '') this.html += `<p>${this.#line.trimEnd()}</p>`;
		this.#line = '';
	}
	list(name: string, items: readonly string[]): void {
		this.end();
		const filled = items.filter((item) => item !== '');
		// An item begins with a paragraph, even where only a list stands in it.
		const whole = filled.map(
			(item) => `<li>${item.startsWith('<p>') ? item : `<p></p>${item}`}</li>`
		);
		if (whole.length > 0) this.html += `<${name}>${whole.join('')}</${name}>`;
	}
}

function itemsOf(list: HTMLElement, depth: number): string[] {
	return [...list.children].map((item) => {
		const writer = new Writer();
		write(item, writer, false, depth);
		writer.end();
		return writer.html;
	});
}

function write(node: Node, writer: Writer, bold: boolean, depth: number): void {
	if (node.nodeType === Node.TEXT_NODE) return writer.text(node.nodeValue ?? '', bold);
	if (!(node instanceof HTMLElement) || dropped.has(node.localName)) return;
	const name = node.localName;
	if (name === 'br') return writer.end();
	if ((name === 'ul' || name === 'ol') && depth < maxPastedDepth)
		return writer.list(name, itemsOf(node, depth + 1));
	if (name === 'td' || name === 'th') writer.gap();
	const isBlock = blocks.has(name) || name === 'li' || name === 'ul' || name === 'ol';
	if (isBlock) writer.end();
	const within = isBold(node, bold);
	for (const child of node.childNodes) write(child, writer, within, depth);
	if (isBlock) writer.end();
}

export function cleanPastedHtml(html: string): string {
	const writer = new Writer();
	write(new DOMParser().parseFromString(html, 'text/html').body, writer, false, 0);
	writer.end();
	return writer.html;
}
