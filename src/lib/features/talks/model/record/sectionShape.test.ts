import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { isEditable, makePlain, startParagraph } from './sectionShape.ts';
import { sectionIn, sectionText } from './sections.ts';
import { copyOf, meet, writeParagraph } from './testTalk.ts';

const element = (name: string, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement => {
	const made = new Y.XmlElement(name);
	made.insert(0, children);
	return made;
};
const paragraph = (words: string) => element('paragraph', new Y.XmlText(words));

function docWith(...children: (Y.XmlElement | Y.XmlText)[]): Y.Doc {
	const doc = new Y.Doc();
	sectionIn(doc, 'work').insert(0, children);
	return doc;
}
const editable = (...children: (Y.XmlElement | Y.XmlText)[]) =>
	isEditable(sectionIn(docWith(...children), 'work'));

function marked(mark: string): Y.XmlText {
	const text = new Y.XmlText();
	text.applyDelta([{ insert: '词', attributes: { [mark]: {} } }]);
	return text;
}

describe('a section that an editor may be bound to', () => {
	it('holds paragraphs, lists in lists, and bold', () => {
		const inner = element('orderedList', element('listItem', paragraph('里')));
		const list = element('bulletList', element('listItem', paragraph('外'), inner));
		expect(editable()).toBe(true);
		expect(editable(paragraph('话'), list, element('paragraph', marked('bold')))).toBe(true);
	});
	it.each([
		['another version’s paragraph', () => element('callout', new Y.XmlText('话'))],
		['a picture without a word', () => element('paragraph', element('image'))],
		['a mark nobody knows', () => element('paragraph', marked('highlight'))],
		['words outside any paragraph', () => new Y.XmlText('话')],
		['an item outside any list', () => element('listItem', paragraph('话'))],
		['words right in a list', () => element('bulletList', new Y.XmlText('话'))],
		['an item that begins with a list', () => lonelyList()]
	])('TK7 does not hold %s', (_, make) => {
		expect(editable(paragraph('前'), make())).toBe(false);
	});
	const lonelyList = () =>
		element(
			'bulletList',
			element('listItem', element('bulletList', element('listItem', paragraph('话'))))
		);
	it('TK7 may hold what has no word in it: an editor only tidies that away', () => {
		expect(editable(paragraph('前'), element('bulletList'))).toBe(true);
		expect(editable(element('bulletList', element('listItem')))).toBe(true);
	});
	it('TK7 is not given up when two devices empty a list at once', () => {
		const items = ['一', '二'].map((words) => element('listItem', paragraph(words)));
		const a = docWith(element('bulletList', ...items));
		const b = copyOf(a);
		const list = (doc: Y.Doc) => sectionIn(doc, 'work').get(0) as Y.XmlElement;
		list(a).delete(0, 1);
		list(b).delete(1, 1);
		meet(a, b);
		expect(isEditable(sectionIn(a, 'work'))).toBe(true);
	});
	it('TK7 does not hold lists deeper than what is printed and signed', () => {
		let deep = paragraph('底');
		for (let level = 0; level < 200; level++)
			deep = element('bulletList', element('listItem', deep));
		expect(editable(deep)).toBe(false);
	});
});

describe('turning a section into plain text', () => {
	it('TK7 keeps every word, as paragraphs, and makes it editable', () => {
		const doc = docWith(
			paragraph('前'),
			element('callout', new Y.XmlText('看'), element('paragraph', marked('highlight'))),
			element('bulletList', new Y.XmlText('单'), element('listItem', paragraph('项'))),
			new Y.XmlText('末')
		);
		makePlain(doc, 'work');
		expect(isEditable(sectionIn(doc, 'work'))).toBe(true);
		expect(sectionText(doc, 'work').split('\n')).toEqual(['前', '看', '词', '单', '项', '末']);
	});
	it('keeps what is bold', () => {
		const doc = docWith(
			element('callout', new Y.XmlText('轻'), marked('bold'), new Y.XmlText('再轻'))
		);
		makePlain(doc, 'work');
		expect(sectionIn(doc, 'work').toJSON()).toBe('<paragraph>轻<bold>词</bold>再轻</paragraph>');
	});
});

describe('writing before the editor is there', () => {
	it('TK8 puts every key into the talk at once, after what stands there', () => {
		const doc = new Y.Doc();
		writeParagraph(doc, 'thought', '已有');
		const text = startParagraph(doc, 'thought');
		for (const key of '顾虑') text.insert(text.length, key);
		expect(sectionText(doc, 'thought')).toBe('已有\n顾虑');
		expect(isEditable(sectionIn(doc, 'thought'))).toBe(true);
	});
	it('TK8 leaves no trace of a field that was only looked into', () => {
		const doc = new Y.Doc();
		startParagraph(doc, 'thought');
		expect(sectionText(doc, 'thought')).toBe('');
	});
});
