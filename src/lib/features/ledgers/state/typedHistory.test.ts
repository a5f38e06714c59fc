/** Typing through a real text binding, as the drawer and the grid do it, and what the history says of it. */
import { expect, it } from 'vitest';
import { createTextBinding, type TextField } from '$lib/state/textBinding.ts';
import { readChanges } from '../model/rows/rowHistory.ts';
import { add, createDevice, createLedgerDevice, exchange } from '../model/testLedger.ts';

function createField(): TextField {
	const field = { value: '', scrollTop: 0, selectionStart: 0, selectionEnd: 0 };
	return {
		...field,
		selectionDirection: 'none',
		setSelectionRange: () => undefined
	};
}

it('LD9 a composition is one change, from what stood there when it was carried over', () => {
	const [a, b] = [createLedgerDevice(0), createDevice(1)];
	const id = add(a, '课');
	exchange(a, b);
	const field = createField();
	const text = a.ledger.textOf(id, 'manifestation')!;
	const binding = createTextBinding(text, field, {
		origin: a.ledger.origin,
		isFocused: () => false
	});
	binding.compositionStart();
	field.value = '课f';
	binding.input();
	const theirs = b.ledger.textOf(id, 'manifestation')!;
	b.doc.transact(() => theirs.insert(0, '新'), b.ledger.origin);
	exchange(a, b);
	field.value = '课fuwu';
	binding.input();
	expect(text.toString()).toBe('新课');
	field.value = '课服务';
	binding.compositionEnd();
	exchange(a, b);
	const changes = readChanges(b.ledger.row(id)!, () => theirs.toString());
	expect(changes.map(({ by, before, after }) => [by, before, after])).toEqual([
		['m0', '新课', '新课服务'],
		['m1', '课', '新课']
	]);
	a.ledger.undo.undo();
	expect([field.value, text.toString()]).toEqual(['新课', '新课']);
	expect(a.ledger.undo.canUndo()).toBe(true);
});
