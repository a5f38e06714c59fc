import { getSchema } from '@tiptap/core';
import { initProseMirrorDoc } from '@tiptap/y-tiptap';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { isEditable } from '../../model/record/sectionShape.ts';
import { sectionIn } from '../../model/record/sections.ts';
import { copyOf } from '../../model/record/testTalk.ts';
import { guardSection } from './guardSection.ts';
import { sectionSchema } from './sectionSchema.ts';

const schema = getSchema(sectionSchema);

interface Shape {
	readonly name: string;
	readonly children: readonly (Shape | Words)[];
}
interface Words {
	readonly words: string;
	readonly mark: string | null;
}

const names = ['paragraph', 'bulletList', 'orderedList', 'listItem', 'callout'];
const words = fc.record<Words>({
	words: fc.constantFrom('', '话', '线索'),
	mark: fc.constantFrom(null, null, 'bold', 'highlight')
});
const { shape } = fc.letrec<{ shape: Shape; child: Shape | Words }>((tie) => ({
	child: fc.oneof({ depthSize: 'small', withCrossShrink: true }, words, tie('shape')),
	shape: fc.record({
		name: fc.constantFrom(...names),
		children: fc.array(tie('child'), { maxLength: 3 })
	})
}));

function build(one: Shape | Words): Y.XmlElement | Y.XmlText {
	if ('words' in one) {
		const text = new Y.XmlText();
		const attributes = one.mark === null ? {} : { [one.mark]: {} };
		if (one.words !== '') text.applyDelta([{ insert: one.words, attributes }]);
		return text;
	}
	const element = new Y.XmlElement(one.name);
	element.insert(0, one.children.map(build));
	return element;
}

const wordsIn = (section: Y.XmlFragment): string => section.toJSON().replace(/<[^>]*>/g, '');

/** As it comes from another device. */
function docOf(shapes: readonly Shape[]): Y.Doc {
	const doc = new Y.Doc();
	sectionIn(doc, 'work').insert(0, shapes.map(build));
	return copyOf(doc);
}

describe('the editor on a section', () => {
	it('TK7 throws out no word of a section that it is bound to', () => {
		fc.assert(
			fc.property(fc.array(shape, { maxLength: 4 }), (shapes) => {
				const section = sectionIn(docOf(shapes), 'work');
				fc.pre(isEditable(section));
				const before = wordsIn(section);
				const { doc } = initProseMirrorDoc(section, schema);
				expect(doc.textContent).toBe(before);
				expect(wordsIn(section)).toBe(before);
			}),
			{ numRuns: 500 }
		);
	});
	it('TK7 would throw words out of the others, and so is not bound to them', () => {
		const shapes = fc.sample(fc.array(shape, { maxLength: 3 }), { numRuns: 2_000, seed: 5 });
		const refused = shapes.map(docOf).filter((doc) => {
			const section = sectionIn(doc, 'work');
			return !isEditable(section) && wordsIn(section) !== '';
		});
		const lost = refused.filter((doc) => {
			const section = sectionIn(copyOf(doc), 'work');
			const before = wordsIn(section);
			return initProseMirrorDoc(section, schema).doc.textContent !== before;
		});
		// The rest are items outside a list and the like, which would be moved about.
		expect(lost.length).toBeGreaterThan(refused.length / 2);
	});
	it('TK7 is let go of before it sees what has come in that it does not know', () => {
		const doc = docOf([{ name: 'paragraph', children: [{ words: '话', mark: null }] }]);
		const section = sectionIn(doc, 'work');
		let seen = 0;
		const editor = () => void (seen += 1);
		section.observeDeep(editor);
		const stop = guardSection(
			section,
			(origin) => origin === 'own',
			() => section.unobserveDeep(editor)
		);
		const other = copyOf(doc);
		sectionIn(other, 'work').push([
			build({ name: 'paragraph', children: [{ words: '远', mark: null }] })
		]);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		expect(seen).toBe(1);
		sectionIn(other, 'work').push([
			build({ name: 'callout', children: [{ words: '新', mark: null }] })
		]);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		expect(seen).toBe(1);
		expect(wordsIn(section)).toBe('话远新');
		stop();
	});
});
