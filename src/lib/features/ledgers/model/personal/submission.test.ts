import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newRoomId } from '$lib/base/ids.ts';
import { createLedgerDevice, exchange, seededBytes } from '../testLedger.ts';
import { builtInFields } from '../rows/fields.ts';
import { readRow } from '../rows/ledgerRow.ts';
import { LedgerTable } from '../rows/ledgerTable.ts';
import {
	endUndoAtSubmission,
	isSubmitted,
	putSubmission,
	readSubmissions,
	type Submission
} from './submission.ts';
import { markSubmitted } from './submitRows.ts';

const submission = (row: string, at = '2023-03-15T01:00:00.000Z'): Submission => ({
	...{ row, room: newRoomId(), code: `WT-2023-${row}`, at, by: 'm07' }
});

/** As a personal list opens its rows. */
let devices = 0;
function openPersonal() {
	const { doc } = createLedgerDevice((devices += 1));
	const fields = builtInFields('problems');
	const author = { by: 'm07', now: () => Date.UTC(2023, 2, 15, 1), random: seededBytes(3) };
	const list = new LedgerTable(doc, 'problems', author, () => fields, [], undefined, isSubmitted);
	const end = endUndoAtSubmission(list);
	const add = (manifestation: string): string =>
		list.add([{ values: { manifestation } }], { after: null, before: null })[0]!;
	const words = (id: string): unknown =>
		readRow(id, list.rows.get(id), 'problems', fields).values.manifestation;
	return { doc, list, add, words, end };
}

describe('a row that was submitted', () => {
	it('LD20 says what it became, when, and by whom, and can be read', () => {
		const { doc, list, add, words } = openPersonal();
		const id = add('联系群众不够经常');
		const done = submission('r1');
		markSubmitted(doc, new Map([[id, done]]));
		expect(readSubmissions(list.stored(id)!)).toEqual([done]);
		expect(words(id)).toBe('联系群众不够经常');
	});

	it('LD20 takes no word, measure, comment or mark any more, and other rows do', () => {
		const { doc, list, add, words } = openPersonal();
		const [id, other] = [add('联系群众不够经常'), add('学习不够系统')];
		markSubmitted(doc, new Map([[id, submission('r1')]]));
		const before = JSON.stringify(list.stored(id)!.toJSON());
		list.edit({ id, values: { manifestation: '改掉', aspect: '严' }, measures: ['每周下组'] });
		list.trash([id]);
		list.move([id], { after: null, before: null });
		expect(list.measures.add(id)).toBeNull();
		expect(list.comments.add(id, { text: '再想想', mentions: [] })).toBe(false);
		expect(list.textOf(id, 'manifestation')).toBeNull();
		expect(JSON.stringify(list.stored(id)!.toJSON())).toBe(before);
		list.edit({ id: other, values: { manifestation: '学习结合教学不够' } });
		expect(words(other)).toBe('学习结合教学不够');
	});

	it('LD20 is not reached by an undo or a redo, whoever submitted it', () => {
		const here = openPersonal();
		const id = here.add('联系群众不够');
		here.list.edit({ id, values: { manifestation: '联系群众不够经常' } });
		here.list.undo.undo();
		const there = openPersonal();
		exchange(here, there);
		markSubmitted(there.doc, new Map([[id, submission('r1')]]));
		exchange(here, there);
		expect(here.list.undo.canUndo()).toBe(false);
		expect(here.list.undo.canRedo()).toBe(false);
		expect(here.words(id)).toBe('联系群众不够');
	});

	it('LD20 keeps both when two devices submit it at once, and shows the same to both', () => {
		const [here, there] = [openPersonal(), openPersonal()];
		const id = here.add('联系群众不够经常');
		exchange(here, there);
		const [first, second] = [submission('r1'), submission('r2', '2023-03-15T02:00:00.000Z')];
		markSubmitted(here.doc, new Map([[id, first]]));
		markSubmitted(there.doc, new Map([[id, second]]));
		exchange(here, there);
		expect(readSubmissions(here.list.stored(id)!)).toEqual([first, second]);
		expect(readSubmissions(there.list.stored(id)!)).toEqual([first, second]);
	});

	it('LD1 what does not parse is no submission', () => {
		const row = new Y.Doc().getMap<unknown>('row');
		for (const [at, value] of [
			null,
			'WT-2023-001',
			{ ...submission('x'), room: 'nowhere' },
			{ room: newRoomId(), at: 1, by: 'm07', code: 'WT' },
			{ ...submission('x'), by: '' }
		].entries())
			row.set(`submitted ${at}`, value);
		expect(isSubmitted(row)).toBe(false);
		putSubmission(row, submission('r1'));
		expect(isSubmitted(row)).toBe(true);
	});
});

it('LD20 a mark in a shared list, where none belongs, closes nothing', () => {
	const { ledger, doc } = createLedgerDevice();
	const [id] = ledger.add([{ values: { manifestation: '甲' } }], { after: null, before: null });
	markSubmitted(doc, new Map([[id!, submission('r1')]]));
	ledger.edit({ id: id!, values: { manifestation: '乙' } });
	expect(String(ledger.row(id!)!.get('manifestation'))).toBe('乙');
});
