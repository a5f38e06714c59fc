import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createTextBinding, plainText, type TextField } from './textBinding.ts';

/** A text field and its input method, as far as a binding can tell. */
class FakeField implements TextField {
	#value = '';
	selectionStart = 0;
	selectionEnd = 0;
	selectionDirection = 'none' as const;
	scrollTop = 0;
	/** Where the text being composed stands. */
	composed: { from: number; to: number } | null = null;
	writes = 0;

	get value() {
		return this.#value;
	}
	set value(text: string) {
		if (this.composed) throw new Error('the composition was broken');
		this.writes++;
		this.#value = text.replace(/\r\n?/g, '\n');
		this.selectionStart = this.selectionEnd = this.#value.length;
	}
	setSelectionRange(start: number, end: number) {
		this.selectionStart = start;
		this.selectionEnd = end;
	}
	type(text: string) {
		this.#replace(this.selectionStart, this.selectionEnd, text);
	}
	backspace() {
		if (this.selectionStart < this.selectionEnd) return this.type('');
		const before = [...this.#value.slice(0, this.selectionStart)].at(-1) ?? '';
		this.#replace(this.selectionStart - before.length, this.selectionStart, '');
	}
	startComposing() {
		this.composed = { from: this.selectionStart, to: this.selectionEnd };
	}
	compose(text: string) {
		if (!this.composed) throw new Error('no composition');
		const { from, to } = this.composed;
		this.#replace(from, to, text);
		this.composed = { from, to: from + text.length };
	}
	#replace(from: number, to: number, text: string) {
		this.#value = this.#value.slice(0, from) + text + this.#value.slice(to);
		this.selectionStart = this.selectionEnd = from + text.length;
	}
}

const LOCAL = Symbol('local');
function setUp(initial = '') {
	const mine = new Y.Doc();
	const theirs = new Y.Doc();
	mine.clientID = 1;
	theirs.clientID = 2;
	const ytext = mine.getText('t');
	const remote = theirs.getText('t');
	ytext.insert(0, initial);
	const deliver = () => {
		Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine, Y.encodeStateVector(theirs)));
		Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(mine)), 'remote');
	};
	deliver();
	const field = new FakeField();
	const binding = createTextBinding(ytext, field, { origin: LOCAL, isFocused: () => true });
	const undo = new Y.UndoManager(ytext, { trackedOrigins: new Set([LOCAL]), captureTimeout: 0 });
	return { mine, ytext, remote, deliver, field, binding, undo };
}

describe('typing', () => {
	it('is one transaction with the given origin', () => {
		const { mine, ytext, field, binding } = setUp('甲丙');
		const origins: unknown[] = [];
		mine.on('afterTransaction', (transaction: Y.Transaction) => origins.push(transaction.origin));
		field.setSelectionRange(1, 1);
		field.type('乙');
		binding.input();
		expect(ytext.toString()).toBe('甲乙丙');
		expect(origins).toEqual([LOCAL]);
	});
	it('writes nothing back into the field', () => {
		const { field, binding } = setUp('甲');
		const before = field.writes;
		field.type('乙');
		binding.input();
		expect(field.writes).toBe(before);
	});
	it('undoes my own and leaves the caret where something came back', () => {
		const { ytext, field, binding, undo, remote, deliver } = setUp('');
		field.type('我的');
		binding.input();
		deliver();
		remote.insert(0, '别人的');
		deliver();
		undo.undo();
		expect(ytext.toString()).toBe('别人的');
		undo.redo();
		expect(field.value).toBe('别人的我的');
		expect(field.selectionStart).toBe(5);
	});
	it('keeps CRLF that came from elsewhere and edits at the right place', () => {
		const { ytext, field, binding } = setUp('一\r\n二\r\n三');
		expect(field.value).toBe('一\n二\n三');
		field.setSelectionRange(4, 5);
		field.type('叁');
		binding.input();
		expect(ytext.toString()).toBe('一\r\n二\r\n叁');
		field.setSelectionRange(1, 2);
		field.type('');
		binding.input();
		expect(ytext.toString()).toBe('一二\r\n叁');
	});
});

describe('a colleague', () => {
	it('moves neither my caret nor my scroll away from their letters', () => {
		const { field, remote, deliver } = setUp('abcdef');
		field.setSelectionRange(3, 5);
		field.scrollTop = 40;
		remote.insert(0, 'XX');
		remote.delete(7, 1);
		deliver();
		expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['XXabcde', 5, 7]);
		expect(field.scrollTop).toBe(40);
	});
	it('who types at my caret does not push it along', () => {
		const { field, remote, deliver } = setUp('ab');
		field.setSelectionRange(1, 1);
		remote.insert(1, 'X');
		deliver();
		expect(field.selectionStart).toBe(1);
	});
});

describe('a composition', () => {
	it('is not touched, and lands right after what came meanwhile', () => {
		const { ytext, field, binding, remote, deliver } = setUp('一二三');
		field.setSelectionRange(1, 2);
		binding.compositionStart();
		field.startComposing();
		field.compose('zh');
		binding.input();
		remote.insert(0, '前');
		remote.insert(4, '后');
		remote.insert(3, '中');
		deliver();
		expect(field.value).toBe('一zh三');
		field.compose('中国');
		binding.input();
		field.composed = null;
		binding.compositionEnd();
		expect(ytext.toString()).toBe('前一中国中三后');
		expect(field.value).toBe(ytext.toString());
		expect(field.selectionStart).toBe(4);
	});
	it('that the page leaves in the middle is saved, and goes on', () => {
		const { ytext, field, binding, remote, deliver } = setUp('ab');
		field.setSelectionRange(1, 1);
		binding.compositionStart();
		field.startComposing();
		field.compose('zhong');
		remote.insert(0, 'X');
		deliver();
		binding.save();
		expect(ytext.toString()).toBe('Xazhongb');
		field.compose('中');
		field.composed = null;
		binding.compositionEnd();
		expect(ytext.toString()).toBe('Xa中b');
		expect(field.value).toBe('Xa中b');
	});
	it('is kept when the field is taken away under it', () => {
		const { ytext, field, binding } = setUp('');
		binding.compositionStart();
		field.startComposing();
		field.compose('wo');
		binding.close();
		expect(ytext.toString()).toBe('wo');
	});
});

it('shows embedded objects as one unit', () => {
	const doc = new Y.Doc();
	const ytext = doc.getText('t');
	ytext.insert(0, 'ab');
	ytext.insertEmbed(1, { image: 1 });
	expect(plainText(ytext)).toBe('a\ufffcb');
});

type Act =
	| { do: 'type' | 'compose'; length: number }
	| { do: 'caret'; at: number; length: number }
	| { do: 'remoteInsert'; at: number; length: number }
	| { do: 'remoteDelete'; at: number; length: number }
	| { do: 'backspace' | 'start' | 'end' | 'deliver' | 'save' | 'leave' };

const small = fc.integer({ min: 1, max: 3 });
const place = fc.nat(20);
const act: fc.Arbitrary<Act> = fc.oneof(
	fc.record({ do: fc.constantFrom('type' as const, 'compose' as const), length: small }),
	fc.record({ do: fc.constant('caret' as const), at: place, length: fc.nat(3) }),
	fc.record({
		do: fc.constantFrom('remoteInsert' as const, 'remoteDelete' as const),
		at: place,
		length: small
	}),
	fc.record({
		do: fc.constantFrom(
			...(['backspace', 'start', 'end', 'deliver', 'deliver', 'save', 'leave'] as const)
		)
	})
);

it('loses and doubles no letter, whoever types when', () => {
	fc.assert(
		fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
			const { ytext, remote, deliver, field, binding } = setUp('甲乙丙丁');
			// Every letter ever typed is another one, so that each can be looked for.
			let next = 0x5000;
			const fresh = (length: number) =>
				Array.from({ length }, () => String.fromCodePoint(++next % 5 ? next : 0x1f300 + next)).join(
					''
				);
			const typed = new Set('甲乙丙丁');
			const removed = new Set<string>();
			const note = (set: Set<string>, text: string) => [...text].forEach((char) => set.add(char));
			const selected = () => field.value.slice(field.selectionStart, field.selectionEnd);
			const whole = (text: string, at: number) => {
				const from = Math.min(at, text.length);
				return /[\udc00-\udfff]/.test(text[from] ?? '') ? from - 1 : from;
			};
			let composedText = '';

			for (const one of acts) {
				const composing = field.composed !== null;
				if (one.do === 'type' && !composing) {
					note(removed, selected());
					const text = fresh(one.length);
					note(typed, text);
					field.type(text);
					binding.input();
				} else if (one.do === 'backspace' && !composing) {
					const before = field.value;
					field.backspace();
					note(removed, [...before].filter((char) => !field.value.includes(char)).join(''));
					binding.input();
				} else if (one.do === 'caret' && !composing) {
					const start = whole(field.value, one.at);
					field.setSelectionRange(start, whole(field.value, start + one.length));
				} else if (one.do === 'start' && !composing) {
					note(removed, selected());
					binding.compositionStart();
					field.startComposing();
					composedText = '';
					field.compose('');
					binding.input();
				} else if (one.do === 'compose' && composing) {
					note(removed, composedText);
					composedText = fresh(one.length);
					note(typed, composedText);
					field.compose(composedText);
					binding.input();
				} else if ((one.do === 'end' || one.do === 'leave') && composing) {
					field.composed = null;
					if (one.do === 'end') binding.compositionEnd();
					else binding.leave();
				} else if (one.do === 'save') {
					binding.save();
					expect(
						composedText === '' || !composing || ytext.toString().includes(composedText[0] ?? '')
					).toBe(true);
				} else if (one.do === 'remoteInsert') {
					const text = fresh(one.length);
					note(typed, text);
					remote.insert(whole(remote.toString(), one.at), text);
				} else if (one.do === 'remoteDelete') {
					const text = remote.toString();
					const from = whole(text, one.at);
					const to = whole(text, from + one.length);
					note(removed, text.slice(from, to));
					remote.delete(from, to - from);
				} else if (one.do === 'deliver') deliver();
				if (field.composed === null) expect(field.value).toBe(ytext.toString());
			}
			field.composed = null;
			binding.leave();
			deliver();
			expect(field.value).toBe(ytext.toString());
			expect(remote.toString()).toBe(ytext.toString());
			const expected = [...typed].filter((char) => !removed.has(char)).sort();
			expect([...field.value].sort()).toEqual(expected);
		}),
		{ numRuns: 600 }
	);
});
