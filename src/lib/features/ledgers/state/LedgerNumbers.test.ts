import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { catalogueIn } from '../model/catalogue/catalogue.ts';
import { nextEvent } from '../model/life/nextEvent.ts';
import { shareOf } from '../model/numbers/figure.ts';
import { builtInFields, type TableName } from '../model/rows/fields.ts';
import { LedgerTable } from '../model/rows/ledgerTable.ts';
import type { RowValues } from '../model/rows/rowEdit.ts';
import { readRow } from '../model/rows/ledgerRow.ts';
import { seededBytes } from '../model/testLedger.ts';
import { LedgerNumbers } from './LedgerNumbers.svelte.ts';

const at = '2023-03-29T12:00:00';
const now = (): number => Date.parse(at);

function tableOf(doc: Y.Doc, table: TableName): LedgerTable {
	const fields = builtInFields(table);
	return new LedgerTable(doc, table, { by: 'm01', now, random: seededBytes(3) }, () => fields);
}

const add = (table: LedgerTable, ...rows: readonly RowValues[]): string[] =>
	table.add(
		rows.map((values) => ({ values })),
		{ after: null, before: null }
	);

function submit(doc: Y.Doc, table: LedgerTable, id: string): void {
	const row = readRow(id, table.row(id), 'problems', []);
	table.happen(id, nextEvent(row.life, 'submit', 'm01', new Date(now()).toISOString(), `e${id}`));
}

const opened: LedgerNumbers[] = [];
function numbersOf(doc: Y.Doc, schedule: (run: () => void) => void = (run) => run()) {
	const numbers = new LedgerNumbers({ open: { doc }, now, schedule });
	opened.push(numbers);
	return numbers;
}
afterEach(() => {
	for (const numbers of opened.splice(0)) numbers.destroy();
});

describe('LedgerNumbers', () => {
	it('follows rows, steps and the catalogue of an open ledger', () => {
		const doc = new Y.Doc();
		const [problems, opinions] = [tableOf(doc, 'problems'), tableOf(doc, 'opinions')];
		const numbers = numbersOf(doc);
		expect(numbers.problems.listed.value).toBe(0);
		const [id] = add(problems, { due: '2023-03-01', itemNo: 2 }, { due: '2023-04-01' });
		expect(numbers.problems.overdue.rowIds).toEqual([id]);
		expect(numbers.problems.dueSoon.value).toBe(1);
		submit(doc, problems, id!);
		expect(numbers.problems.unconfirmed.value).toBe(2);
		expect(numbers.coverage).toBeNull();
		catalogueIn(doc).set('current', { items: [{ aspect: '严', no: 2, text: '学习不经常' }] });
		expect(numbers.coverage).toMatchObject({ value: 1, of: 1 });
		add(opinions, { on: '2023-03-14', satisfaction: 'fair' });
		expect(numbers.opinions.active.value).toBe(1);
		expect(shareOf(numbers.opinions.satisfaction.done)).toBe(1);
		problems.trash([id!]);
		expect(numbers.problems.overdue.value).toBe(0);
	});

	it('takes in a burst of typing once, when it is told to', () => {
		const doc = new Y.Doc();
		const problems = tableOf(doc, 'problems');
		const waiting: (() => void)[] = [];
		const numbers = numbersOf(doc, (run) => void waiting.push(run));
		for (let day = 1; day <= 9; day += 1) add(problems, { due: `2023-03-0${day}` });
		expect(numbers.problems.overdue.value).toBe(0);
		expect(waiting.length).toBe(1);
		waiting[0]!();
		expect(numbers.problems.overdue.value).toBe(9);
	});

	it('reads rubbish from a colleague’s device as rows without figures', () => {
		const doc = new Y.Doc();
		doc.getMap('problems').set('x', 'no row');
		doc.getMap('opinions').set('y', 7);
		catalogueIn(doc).set('current', { items: 'none' });
		const numbers = numbersOf(doc);
		expect(numbers.problems.listed.value).toBe(1);
		expect(numbers.opinions.settling.done.value).toBe(0);
		expect(numbers.coverage).toBeNull();
	});
});
