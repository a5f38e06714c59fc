/**
 * Getting text into a cell without losing a letter, an input method's first one included.
 *
 * One textarea, the proxy, always has the focus while the grid has it; it lies unseen over the
 * active cell. So a composition begins in it, never in the void:
 *   text, date   the proxy itself becomes the visible editor; the composition simply goes on.
 *   choice       what is typed filters the list.
 *   longText     the proxy shows the first composition (`handover`) and, once it has ended, gives
 *                its text to the user's own editor, which has the focus before the next key comes.
 */
import { flushSync } from 'svelte';
import { m } from '$lib/paraglide/messages.js';
import type { CellPlace, GridColumn } from './gridTypes.ts';
import { readNumber } from './readNumber.ts';

/** `many`: stays, and what was entered goes into all selected rows. */
export type EntryMove = 'stay' | 'down' | 'right' | 'left' | 'many';

export type CellEntryState =
	| { readonly kind: 'idle' }
	| { readonly kind: 'handover'; readonly place: CellPlace }
	| {
			readonly kind: 'typing';
			readonly place: CellPlace;
			readonly before: string;
			readonly problem: string | null;
	  }
	| { readonly kind: 'choosing'; readonly place: CellPlace; readonly filter: string }
	| { readonly kind: 'own'; readonly place: CellPlace; readonly typed: string | null };

export interface EntryCell<Row> {
	readonly place: CellPlace;
	readonly row: Row;
	readonly column: GridColumn<Row>;
	readonly locked: boolean;
}

export interface CellEntryHost<Row> {
	proxy(): HTMLTextAreaElement | undefined;
	active(): EntryCell<Row> | null;
	find(place: CellPlace): EntryCell<Row> | null;
	commit(place: CellPlace, value: string): void;
	/** The same into this column of all selected rows. */
	commitMany(place: CellPlace, value: string): void;
	/** The editor has closed: move the selection and take the focus. */
	left(move: EntryMove): void;
	/** A key while the list of choices is open; true when the list took it. */
	choiceKey(event: KeyboardEvent): boolean;
}

/** keyCode 229: Safari ends a composition before it reports the Enter that ended it. */
export const isComposingKey = (event: KeyboardEvent): boolean =>
	event.isComposing || event.keyCode === 229;

export interface CellEntry {
	readonly state: CellEntryState;
	/** `typed`: what the proxy already holds; null when opened to change what is there. */
	open(typed: string | null): boolean;
	cancel(): void;
	finish(move: EntryMove): void;
	/** A value picked from the list or the calendar. */
	pick(value: string, move?: EntryMove): void;
	/** One of several choices ticked or unticked: the list stays open. */
	tick(value: string): void;
	/** The row or column went away, or the grid became read-only. */
	drop(): void;
	compositionStart(): void;
	compositionEnd(): void;
	input(): void;
	/** True when the key was the editor's. */
	key(event: KeyboardEvent): boolean;
	/** A key in the user's own editor. */
	ownKey(event: KeyboardEvent): void;
	/** The focus went elsewhere: keep what was typed, do not pull the focus back. */
	blur(): void;
	ownBlur(): void;
}

export function createCellEntry<Row>(host: CellEntryHost<Row>): CellEntry {
	let entry = $state.raw<CellEntryState>({ kind: 'idle' });
	let composing = false;

	function setProxy(text: string): void {
		const proxy = host.proxy();
		if (proxy) proxy.value = text;
	}

	function reset(): void {
		entry = { kind: 'idle' };
		setProxy('');
	}

	function open(typed: string | null): boolean {
		const cell = host.active();
		// A tick is set by Space or Enter, not typed.
		if (!cell || cell.locked || cell.column.kind === 'check') {
			if (!composing) setProxy('');
			return false;
		}
		const { place, column, row } = cell;
		if (column.kind === 'longText') {
			entry = { kind: 'own', place, typed };
			setProxy('');
			// The editor must be there, with the focus, before the next key.
			flushSync();
		} else if (column.kind === 'choice') {
			entry = { kind: 'choosing', place, filter: typed ?? '' };
		} else {
			const before = typedText(column, row);
			entry = { kind: 'typing', place, before, problem: null };
			if (typed === null) setProxy(before);
			flushSync();
			const proxy = host.proxy();
			if (typed === null) proxy?.setSelectionRange(before.length, before.length);
		}
		return true;
	}

	/** Takes over what is in the proxy. False when it cannot be read: the editor stays open. */
	function commitTyped(many = false): boolean {
		if (entry.kind !== 'typing') return true;
		const cell = host.find(entry.place);
		const text = (host.proxy()?.value ?? '').replace(/\s*\n\s*/g, ' ');
		if (!cell || (text === entry.before && !many)) return true;
		const value = readTyped(cell, text);
		if (value === null) {
			entry = { ...entry, problem: m.ui_grid_unreadable({ text }) };
			return false;
		}
		if (many) host.commitMany(entry.place, value);
		else host.commit(entry.place, value);
		return true;
	}

	function finish(move: EntryMove): void {
		if (!commitTyped(move === 'many')) return;
		reset();
		host.left(move);
	}

	function cancel(): void {
		reset();
		host.left('stay');
	}

	function handOver(): void {
		if (entry.kind !== 'handover' || composing) return;
		const typed = host.proxy()?.value ?? '';
		entry = { kind: 'idle' };
		if (typed !== '') open(typed);
	}

	return {
		get state() {
			return entry;
		},
		open,
		cancel,
		finish,
		pick(value: string, move: EntryMove = 'stay') {
			if (entry.kind !== 'choosing' && entry.kind !== 'typing') return;
			const { place } = entry;
			reset();
			if (move === 'many') host.commitMany(place, value);
			else host.commit(place, value);
			host.left(move);
		},
		tick(value: string) {
			if (entry.kind !== 'choosing') return;
			host.commit(entry.place, value);
			setProxy('');
			entry = { ...entry, filter: '' };
		},
		drop: reset,

		compositionStart() {
			composing = true;
			if (entry.kind !== 'idle') return;
			const cell = host.active();
			if (!cell || cell.locked || cell.column.kind === 'check') return;
			if (cell.column.kind === 'longText') entry = { kind: 'handover', place: cell.place };
			else open('');
		},
		compositionEnd() {
			composing = false;
			if (entry.kind === 'idle') setProxy('');
			// Some input methods commit and begin anew within one key press: wait for the pause.
			else if (entry.kind === 'handover') setTimeout(handOver);
			else if (entry.kind === 'choosing') entry = { ...entry, filter: host.proxy()?.value ?? '' };
		},
		input() {
			const text = host.proxy()?.value ?? '';
			if (entry.kind === 'choosing') entry = { ...entry, filter: text };
			else if (entry.kind === 'typing' && entry.problem !== null)
				entry = { ...entry, problem: null };
			else if (entry.kind === 'idle' && !composing && text !== '') open(text);
		},
		key(event: KeyboardEvent): boolean {
			if (entry.kind === 'handover') {
				handOver();
				this.ownKey(event);
				return true;
			}
			if (entry.kind === 'choosing' && host.choiceKey(event)) return true;
			if (entry.kind !== 'typing' && entry.kind !== 'choosing') return false;
			const move = editorMove(event);
			if (move === 'cancel') cancel();
			else if (move !== null && entry.kind === 'typing') finish(move);
			else if (move !== null) {
				reset();
				host.left(move);
			}
			if (move !== null) {
				event.preventDefault();
				event.stopPropagation();
			}
			return true;
		},
		ownKey(event: KeyboardEvent) {
			if (isComposingKey(event) || event.defaultPrevented) return;
			const field = event.target;
			if (event.key === 'Enter' && event.altKey && field instanceof HTMLTextAreaElement) {
				event.preventDefault();
				field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end');
				field.dispatchEvent(
					new InputEvent('input', { bubbles: true, inputType: 'insertLineBreak' })
				);
				return;
			}
			const move = editorMove(event);
			if (move === null) return;
			event.preventDefault();
			event.stopPropagation();
			reset();
			host.left(move === 'cancel' || move === 'many' ? 'stay' : move);
		},
		blur() {
			composing = false;
			if (entry.kind === 'handover') handOver();
			else if (entry.kind === 'choosing' || (entry.kind === 'typing' && commitTyped())) reset();
		},
		ownBlur() {
			if (entry.kind === 'own') reset();
		}
	};
}

/** What is edited of a number or a link is its value, not how it is shown. */
function typedText<Row>(column: GridColumn<Row>, row: Row): string {
	const shown = column.text(row);
	return column.kind === 'number' || column.kind === 'link'
		? (column.value?.(row) ?? shown)
		: shown;
}

function readTyped<Row>({ column, row }: EntryCell<Row>, text: string): string | null {
	if (text.trim() === '') return '';
	if (column.parse) return column.parse(text, row);
	return column.kind === 'number' ? readNumber(text) : text.trim();
}

function editorMove(event: KeyboardEvent): EntryMove | 'cancel' | null {
	const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
	if (event.key === 'Escape') return 'cancel';
	if (event.key === 'Enter' && plain && !event.shiftKey) return 'down';
	if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return 'many';
	if (event.key === 'Tab' && plain) return event.shiftKey ? 'left' : 'right';
	return null;
}
