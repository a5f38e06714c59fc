/**
 * Keeps a text field and a Y.Text the same, whoever types. Outside a composition they are equal after
 * every event. During one the field is never touched (an input method loses its place when the text
 * under it is replaced): colleagues' changes wait, and when it ends what was composed is carried over
 * them. Knows the DOM only as the few properties of a text field; bindYText.ts does the listening.
 */
import type * as Y from 'yjs';
import {
	applyDelta,
	diffText,
	editToDelta,
	mapPosition,
	splitsPair,
	transformDelta,
	type TextDelta
} from './textEdits.ts';

/** The part of `<textarea>` and `<input>` that is used. */
export interface TextField {
	value: string;
	scrollTop: number;
	readonly selectionStart: number | null;
	readonly selectionEnd: number | null;
	readonly selectionDirection: 'forward' | 'backward' | 'none' | null;
	setSelectionRange(start: number, end: number, direction?: 'forward' | 'backward' | 'none'): void;
}

export interface TextBindingOptions {
	/** Of the transactions made here: what an UndoManager tracks. */
	readonly origin: unknown;
	readonly readonly?: boolean;
	/** `<input>` shows no line ends. */
	readonly singleLine?: boolean;
	/** Setting a selection would pull the focus into the field in Safari. */
	readonly isFocused: () => boolean;
	/** The field's text was replaced from outside. */
	readonly onShown?: () => void;
}

export interface TextBinding {
	/** The person typed. */
	input(): void;
	compositionStart(): void;
	compositionEnd(): void;
	/** The page may go away: take over even what is still being composed, and leave the field alone. */
	save(): void;
	/** The focus left: a composition that is still open is over. */
	leave(): void;
	close(): void;
}

/** Embedded objects, which only a foreign version could have put there, count one unit. */
export function plainText(ytext: Y.Text): string {
	const text = ytext.toString();
	if (text.length === ytext.length) return text;
	return (ytext.toDelta() as { insert: unknown }[])
		.map((step) => (typeof step.insert === 'string' ? step.insert : '\ufffc'))
		.join('');
}

/** Text fields drop CR of CRLF, turn a lone CR into LF, and single lines drop both. */
const isHidden = (raw: string, at: number, singleLine: boolean): boolean => {
	const char = raw[at];
	if (singleLine) return char === '\r' || char === '\n';
	return char === '\r' && raw[at + 1] === '\n';
};

const hasHidden = (raw: string, singleLine: boolean) =>
	raw.includes('\r') || (singleLine && raw.includes('\n'));

function shownText(raw: string, singleLine: boolean): string {
	if (!hasHidden(raw, singleLine)) return raw;
	return singleLine ? raw.replace(/[\r\n]/g, '') : raw.replace(/\r\n?/g, '\n');
}

function toRawOffset(raw: string, shown: number, singleLine: boolean): number {
	if (!hasHidden(raw, singleLine)) return shown;
	let at = 0;
	for (let left = shown; left > 0 && at < raw.length; at++)
		if (!isHidden(raw, at, singleLine)) left--;
	return at;
}

function toShownOffset(raw: string, at: number, singleLine: boolean): number {
	return shownText(raw.slice(0, at), singleLine).length;
}

export function createTextBinding(
	ytext: Y.Text,
	field: TextField,
	options: TextBindingOptions
): TextBinding {
	const { origin, readonly = false, singleLine = false } = options;
	/** The text that the field showed when it was last known, and how the field shows it. */
	let raw = '';
	let shown = '';
	/** Changes of others since then, in their order. Empty outside a composition. */
	let waiting: TextDelta[] = [];
	let composing = false;
	const own = new WeakSet<Y.Transaction>();

	/** Carries what was typed into the document. Returns others' changes as the field must take them. */
	function take(): TextDelta[] {
		const now = plainText(ytext);
		// Observers that edit inside observers can deliver changes twice or late: trust the text.
		if (waiting.reduce(applyDelta, raw) !== now) waiting = changeOf(raw, now);
		const edit = diffText(shown, field.value, field.selectionEnd ?? undefined);
		if (!edit || readonly) return waiting;
		const start = toRawOffset(raw, edit.index, singleLine);
		const end = toRawOffset(raw, edit.index + edit.remove, singleLine);
		let mine = editToDelta({ index: start, remove: end - start, insert: edit.insert });
		raw = applyDelta(raw, mine);
		const theirs = waiting.map((delta) => {
			const forField = transformDelta(delta, mine, 'other');
			mine = transformDelta(mine, delta);
			return forField;
		});
		write(mine);
		return theirs;
	}

	function write(delta: TextDelta): void {
		const change = (transaction: Y.Transaction) => {
			own.add(transaction);
			let at = 0;
			for (const step of delta) {
				if ('retain' in step) at += step.retain;
				else if ('delete' in step) ytext.delete(at, step.delete);
				else {
					ytext.insert(at, step.insert);
					at += step.insert.length;
				}
			}
		};
		ytext.doc?.transact(change, origin);
	}

	/** Shows the document's text, with caret, selection and scroll kept at their letters. */
	function show(theirs: readonly TextDelta[], caret: number | null): void {
		const now = plainText(ytext);
		const next = shownText(now, singleLine);
		if (field.value !== next) {
			const before = raw;
			const { selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
			const follow = (offset: number | null, stick: 'before' | 'after') => {
				const from = toRawOffset(before, offset ?? 0, singleLine);
				const to = theirs.reduce((at, delta) => mapPosition(at, delta, stick), from);
				return toShownOffset(now, splitsPair(now, to) ? to + 1 : to, singleLine);
			};
			const collapsed = selectionStart === selectionEnd;
			const start = follow(selectionStart, collapsed ? 'before' : 'after');
			const end = follow(selectionEnd, 'before');
			field.value = next;
			if (options.isFocused()) {
				if (caret !== null) {
					const at = toShownOffset(now, caret, singleLine);
					field.setSelectionRange(at, at);
				} else
					field.setSelectionRange(start, Math.max(start, end), selectionDirection ?? undefined);
			}
			field.scrollTop = scrollTop;
			options.onShown?.();
		}
		raw = now;
		shown = field.value;
		waiting = [];
	}

	const settle = (caret: number | null = null) => show(take(), caret);

	function save(): void {
		if (!composing) return settle();
		take();
		// The field still shows the composition as it is; from here on the rest is counted.
		raw = shown = field.value;
		waiting = changeOf(raw, plainText(ytext));
	}

	function onChange(event: Y.YTextEvent, transaction: Y.Transaction): void {
		if (own.has(transaction)) return;
		const delta = eventDelta(event);
		waiting.push(delta);
		if (composing) return;
		// My own undo: the caret goes where something came back, as in any editor.
		settle(transaction.local ? endOfChange(delta) : null);
	}

	show([], null);
	ytext.observe(onChange);
	return {
		input() {
			if (!composing) settle();
		},
		compositionStart() {
			composing = true;
		},
		compositionEnd() {
			composing = false;
			settle();
		},
		save,
		leave() {
			composing = false;
			settle();
		},
		close() {
			save();
			ytext.unobserve(onChange);
		}
	};
}

function changeOf(before: string, after: string): TextDelta[] {
	const edit = diffText(before, after);
	return edit ? [editToDelta(edit)] : [];
}

function eventDelta(event: Y.YTextEvent): TextDelta {
	return event.delta.map((step) => {
		if (step.retain !== undefined) return { retain: step.retain };
		if (step.delete !== undefined) return { delete: step.delete };
		return { insert: typeof step.insert === 'string' ? step.insert : '\ufffc' };
	});
}

function endOfChange(delta: TextDelta): number {
	let at = 0;
	let end = 0;
	for (const step of delta) {
		if ('retain' in step) at += step.retain;
		else {
			if ('insert' in step) at += step.insert.length;
			end = at;
		}
	}
	return end;
}
