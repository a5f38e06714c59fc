/**
 * An editor on one section of a talk. Heavy, and so only ever imported when a talk is open: see
 * loadEditor.ts. Whatever is typed, also while an input method is still composing it, is in the
 * document before the next key.
 */
import { Editor, Extension } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { Placeholder } from '@tiptap/extensions/placeholder';
import { Selection } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { cleanPastedHtml } from './cleanPaste.ts';
import { guardSection } from './guardSection.ts';
import { sectionSchema } from './sectionSchema.ts';

export interface SectionEditorOptions {
	readonly element: HTMLElement;
	readonly section: Y.XmlFragment;
	/** Of the element that names it. */
	readonly labelId: string;
	readonly placeholder: () => string;
	/** Ctrl+Enter. */
	readonly onnext: () => void;
	readonly onfocus: () => void;
	/** After anything that may change what the buttons show. */
	readonly onchange: () => void;
	/** The section holds what this version does not know: the editor has let go of it. */
	readonly onforeign: () => void;
}

export type FormatName = 'bold' | 'bulletList' | 'orderedList';

export interface SectionEditor {
	isOn(format: FormatName): boolean;
	toggle(format: FormatName): void;
	readonly canUndo: boolean;
	readonly canRedo: boolean;
	/** One's own last step, on this device. */
	undo(): void;
	redo(): void;
	/** At the end of the text, in this very turn: the next key is for it. */
	focusEnd(): void;
	destroy(): void;
}

/** A file dropped or pasted would open in place of the page, or stand there as a picture. */
function takesOnlyText(data: DataTransfer | null, event: Event): boolean {
	const isText = data === null || [...data.types].some((type) => type.startsWith('text/'));
	if (!isText) event.preventDefault();
	return !isText;
}

const keys = (onnext: () => void) =>
	Extension.create({
		name: 'sectionKeys',
		addKeyboardShortcuts: () => ({
			'Mod-Enter': () => {
				onnext();
				return true;
			}
		})
	});

function createEditor(options: SectionEditorOptions): Editor {
	const { element, section, labelId, placeholder, onnext } = options;
	return new Editor({
		element,
		injectCSS: false,
		extensions: [
			...sectionSchema,
			Collaboration.configure({ fragment: section }),
			Placeholder.configure({ placeholder }),
			keys(onnext)
		],
		editorProps: {
			attributes: {
				role: 'textbox',
				'aria-multiline': 'true',
				'aria-labelledby': labelId,
				autocorrect: 'off',
				spellcheck: 'false'
			},
			transformPastedHTML: cleanPastedHtml,
			handlePaste: (_, event) => takesOnlyText(event.clipboardData, event),
			handleDrop: (_, event) => takesOnlyText(event.dataTransfer, event)
		},
		onFocus: options.onfocus,
		onTransaction: options.onchange
	});
}

export function createSectionEditor(options: SectionEditorOptions): SectionEditor {
	const editor = createEditor(options);
	const destroy = () => {
		stopGuarding();
		if (!editor.isDestroyed) editor.destroy();
	};
	const stopGuarding = guardSection(
		options.section,
		(origin) => origin === ySyncPluginKey,
		() => {
			destroy();
			options.onforeign();
		}
	);
	return {
		isOn: (format) => editor.isActive(format),
		toggle(format) {
			const { commands } = editor;
			if (format === 'bold') commands.toggleBold();
			else if (format === 'bulletList') commands.toggleBulletList();
			else commands.toggleOrderedList();
		},
		get canUndo() {
			return editor.can().undo();
		},
		get canRedo() {
			return editor.can().redo();
		},
		undo: () => void editor.commands.undo(),
		redo: () => void editor.commands.redo(),
		focusEnd() {
			const { view } = editor;
			view.dispatch(view.state.tr.setSelection(Selection.atEnd(view.state.doc)).scrollIntoView());
			view.focus();
		},
		destroy
	};
}
