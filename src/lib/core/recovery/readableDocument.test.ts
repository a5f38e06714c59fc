import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { documentFileName } from './documentFileName.ts';
import { readableDocument } from './readableDocument.ts';

function example(): Y.Doc {
	const doc = new Y.Doc();
	const map = doc.getMap<unknown>('rows');
	const row = new Y.Map<unknown>();
	map.set('一', row);
	row.set('done', true);
	row.set('count', 3);
	row.set('tags', ['甲', null]);
	row.set('text', new Y.Text('正文'));
	row.set('blob', new Uint8Array([1, 2, 3]));
	const rich = new Y.Text();
	row.set('rich', rich);
	rich.insert(0, '加粗', { bold: true });
	rich.insertEmbed(2, { image: 'x' });
	rich.insert(3, '平常');
	doc.getText('note').insert(0, '便条');
	doc.getArray('list').push([1, new Y.Map([['a', 'b']])]);
	const [first, second] = [new Y.XmlElement('paragraph'), new Y.XmlElement('paragraph')];
	doc.getXmlFragment('page').push([first, second]);
	first.push([new Y.XmlText('第一段')]);
	second.push([new Y.XmlText('第二'), new Y.XmlText('段')]);
	return doc;
}

const expected = {
	rows: {
		一: { done: true, count: 3, tags: ['甲', null], text: '正文', blob: 'AQID', rich: '加粗平常' }
	},
	note: '便条',
	list: [1, { a: 'b' }],
	page: '第一段\n第二段'
};

describe('a document for people to read', () => {
	it('B8 has every type as plain JSON, rich text as its text', () => {
		expect(readableDocument(example())).toEqual(expected);
	});

	it('B8 reads a document whose types nobody has named, and leaves them to be named', () => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(example()));
		expect(readableDocument(doc)).toEqual(expected);
		expect(doc.getMap('rows').size).toBe(1);
		expect(doc.getXmlFragment('page').length).toBe(2);
		const emptied = example();
		emptied.getText('note').delete(0, 2);
		const copy = new Y.Doc();
		Y.applyUpdate(copy, Y.encodeStateAsUpdate(emptied));
		expect(readableDocument(copy)).toMatchObject({ note: null });
		expect(copy.getText('note').length).toBe(0);
	});

	it('B8 is not overthrown by a crafted document', () => {
		const doc = new Y.Doc();
		doc.transact(() => {
			let map = doc.getMap<unknown>('deep');
			for (let i = 0; i < 1_000; i++) map = map.set('in', new Y.Map<unknown>());
		});
		doc.getMap('keys').set('__proto__', { polluted: true });
		doc.getMap('keys').set('odd', [NaN, undefined, 12n]);
		const text = JSON.stringify(readableDocument(doc));
		expect(text.length).toBeLessThan(2_000);
		expect(text).toContain('"__proto__":{"polluted":true}');
		expect(text).toContain('[null,null,"12"]');
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});
});

describe('the name of a readable file', () => {
	it('B8 is short, visible and no path', () => {
		expect(documentFileName(7, '三会一课 2023', 'plan')).toBe('documents/0007-三会一课 2023.json');
		expect(documentFileName(7, ' ..\\..\\C:\\boot.ini ', 'plan')).toBe(
			'documents/0007-.. .. C boot.ini.json'
		);
		expect(documentFileName(7, '///', 'plan')).toBe('documents/0007-plan.json');
		expect(documentFileName(7, '', '')).toBe('documents/0007-document.json');
		expect(documentFileName(7, 'a\u202egpj.exe', 'plan')).toBe('documents/0007-a gpj.exe.json');
		expect(documentFileName(12_345, '长'.repeat(200), 'plan')).toBe(
			`documents/12345-${'长'.repeat(60)}.json`
		);
	});

	it('B8 is safe whatever the title', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (title) => {
				const name = documentFileName(1, title, 'plan');
				expect(name).toMatch(/^documents\/0001-[^<>:"/\\|?*\p{Cc}\p{Cf}]*[^. ]\.json$/u);
				expect(name.isWellFormed()).toBe(true);
				expect(new TextEncoder().encode(name).length).toBeLessThan(270);
			})
		);
	});
});
