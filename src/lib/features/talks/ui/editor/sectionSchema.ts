/**
 * What may stand in a section: paragraphs, two kinds of lists, bold. Fewer things to press while
 * somebody is talking, and a print that looks the same for everybody. model/record/sectionShape.ts
 * knows the same set; a test holds the two together.
 */
import type { Extensions } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { maxTypedDepth } from '../../model/record/sectionShape.ts';

/** Lists in lists as deep as one writes by hand; beyond it Tab does nothing. */
const ShallowListItem = ListItem.extend({
	addKeyboardShortcuts() {
		const sink = (): boolean => {
			const { $from } = this.editor.state.selection;
			const depth = Array.from({ length: $from.depth }, (_, at) => $from.node(at + 1)).filter(
				(node) => node.type.name === this.name
			).length;
			if (depth === 0) return false;
			return depth >= maxTypedDepth || this.editor.commands.sinkListItem(this.name);
		};
		return { ...this.parent?.(), Tab: sink };
	}
});

export const sectionSchema: Extensions = [
	Document,
	Paragraph,
	Text,
	Bold,
	BulletList,
	OrderedList,
	ShallowListItem,
	ListKeymap
];
