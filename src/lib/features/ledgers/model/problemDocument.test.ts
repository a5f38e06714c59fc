import fc from 'fast-check';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { unreadable } from './problem.ts';
import { ProblemProjection } from './problemProjection.ts';
import {
	add,
	createDevice,
	createLedgerDevice,
	exchange,
	wordsOf,
	type TestDevice
} from './testLedger.ts';

function pair(): [TestDevice, TestDevice] {
	const [a, b] = [createLedgerDevice(0), createDevice(1)];
	exchange(a, b);
	return [a, b];
}

describe('rows', () => {
	it('go to the place asked for and read back as written', () => {
		const a = createLedgerDevice();
		const [first, last] = [add(a, '一'), add(a, '三')];
		a.ledger.add(
			[
				{
					manifestation: '二',
					aspect: '实',
					itemNo: 14,
					due: '2023-04-15',
					sources: ['talk', 'opinions']
				}
			],
			a.rows.gapAfter(first)
		);
		expect(wordsOf(a)).toEqual(['一', '二', '三']);
		expect(a.rows.listed[1]).toMatchObject({
			aspect: '实',
			itemNo: 14,
			due: '2023-04-15',
			sources: ['talk', 'opinions'],
			createdBy: 'm0',
			trash: null
		});
		a.ledger.move([last], a.rows.gapBefore(first, new Set([last])));
		expect(wordsOf(a)).toEqual(['三', '一', '二']);
	});

	it('keep both people’s letters in a cell that was empty for both', () => {
		const [a, b] = pair();
		const id = add(a, '');
		exchange(a, b);
		a.ledger.textOf(id, 'rootCause')!.insert(0, '责任不清');
		b.ledger.textOf(id, 'rootCause')!.insert(0, '培训不够');
		exchange(a, b);
		expect(a.rows.get(id)!.rootCause).toBe(b.rows.get(id)!.rootCause);
		expect(String(a.rows.get(id)!.rootCause)).toHaveLength(8);
	});

	it('unite the sources two people tick at once', () => {
		const [a, b] = pair();
		const id = add(a, '一');
		exchange(a, b);
		a.ledger.edit({ id, edit: { sources: ['talk'] } });
		b.ledger.edit({ id, edit: { sources: ['opinions'] } });
		exchange(a, b);
		expect(a.rows.get(id)!.sources).toEqual(['talk', 'opinions']);
	});

	it('leave the list for the trash and come back where they were', () => {
		const a = createLedgerDevice();
		const ids = ['一', '二', '三'].map((text) => add(a, text));
		a.ledger.trash([ids[1]!]);
		expect(wordsOf(a)).toEqual(['一', '三']);
		expect(a.rows.trashed.map((row) => row.manifestation)).toEqual(['二']);
		a.ledger.restore([ids[1]!]);
		expect(wordsOf(a)).toEqual(['一', '二', '三']);
		expect(a.rows.trashed).toEqual([]);
	});

	it('that one person trashes while another writes in them keep the words', () => {
		const [a, b] = pair();
		const id = add(a, '一');
		exchange(a, b);
		a.ledger.trash([id]);
		b.ledger.textOf(id, 'manifestation')!.insert(1, '二');
		exchange(a, b);
		expect(a.rows.trashed.map((row) => row.manifestation)).toEqual(['一二']);
	});
});

describe('undo', () => {
	it('takes a paste of 200 rows back in one step, and gives it back in one', () => {
		const a = createLedgerDevice();
		const kept = add(a, '原有');
		const before = wordsOf(a);
		const edits = Array.from({ length: 200 }, (_, i) => ({
			manifestation: `第${i}行`,
			itemNo: i + 1
		}));
		a.ledger.addAndEdit(edits, a.rows.gapBefore(null), [
			{ id: kept, edit: { manifestation: '改过' } }
		]);
		const after = wordsOf(a);
		expect(after).toHaveLength(201);
		a.ledger.undo.undo();
		expect(wordsOf(a)).toEqual(before);
		expect(a.rows.trashed).toEqual([]);
		a.ledger.undo.redo();
		expect(wordsOf(a)).toEqual(after);
		expect(a.rows.listed.at(-1)!.itemNo).toBe(200);
	});

	it('leaves what colleagues did, even in the row whose addition is taken back', () => {
		const [a, b] = pair();
		const other = add(b, '同事的');
		const id = add(a, '');
		exchange(a, b);
		b.ledger.textOf(id, 'remark')!.insert(0, '同事写的');
		exchange(a, b);
		a.ledger.undo.undo();
		exchange(a, b);
		expect(a.rows.listed.map((row) => row.id)).toEqual([other]);
		expect(b.rows.trashed.map((row) => row.remark)).toEqual(['同事写的']);
		b.ledger.restore([id]);
		expect(b.rows.listed.map((row) => row.id)).toEqual([other, id]);
	});

	it('counts a burst of letters as one step and an operation as its own', () => {
		const a = createLedgerDevice();
		const id = add(a, '');
		const text = a.ledger.textOf(id, 'manifestation')!;
		for (const letter of '课后服务')
			a.doc.transact(() => text.insert(text.length, letter), a.ledger.origin);
		a.ledger.edit({ id, edit: { level: 'team' } });
		a.ledger.undo.undo();
		expect(a.rows.get(id)).toMatchObject({ level: null, manifestation: '课后服务' });
		a.ledger.undo.undo();
		expect(a.rows.get(id)!.manifestation).toBeNull();
		expect(a.rows.listed).toHaveLength(1);
	});

	it('does not put an old value over the one a colleague has set since', () => {
		const [a, b] = pair();
		const id = add(a, '一');
		a.ledger.edit({ id, edit: { due: '2023-04-01' } });
		exchange(a, b);
		b.ledger.edit({ id, edit: { due: '2023-05-01' } });
		exchange(a, b);
		a.ledger.undo.undo();
		expect(a.rows.get(id)!.due).toBe('2023-05-01');
	});
});

describe('what other devices wrote', () => {
	it('is unreadable in its own cell and stays as it is until that cell is edited', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		const row = a.ledger.problems.get(id) as Y.Map<unknown>;
		row.set('due', '明年');
		row.set('level', 7);
		row.set('manifestation', { not: 'text' });
		expect(a.rows.get(id)).toMatchObject({
			due: unreadable,
			level: unreadable,
			manifestation: unreadable
		});
		a.ledger.edit({ id, edit: { level: 'team' } });
		expect(row.get('due')).toBe('明年');
		expect(a.ledger.textOf(id, 'manifestation')).toBeNull();
		a.ledger.edit({ id, edit: { due: '2023-04-01', manifestation: null } });
		expect(a.rows.get(id)).toMatchObject({ due: '2023-04-01', manifestation: null, level: 'team' });
	});

	it('never throws, whatever stands where a row or a field should be', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (fields, value) => {
				const doc = new Y.Doc();
				const rows = doc.getMap('problems');
				rows.set('whole', value);
				const row = new Y.Map(Object.entries(fields));
				for (const field of ['order', 'due', 'sources', 'trash', 'remark']) row.set(field, value);
				rows.set('part', row);
				const { listed, trashed } = new ProblemProjection(rows);
				expect(listed.length + trashed.length).toBeLessThanOrEqual(2);
				expect(listed.some((problem) => problem.id === 'whole')).toBe(true);
			})
		);
	});

	it('would not be able to read is not written here either', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		a.ledger.edit({ id, edit: { due: '2023-02-30', aspect: '长'.repeat(300), itemNo: 14 } });
		expect(a.rows.get(id)).toMatchObject({ due: null, aspect: null, itemNo: 14 });
	});

	it('a row that is none is left alone by every operation', () => {
		const a = createLedgerDevice();
		a.ledger.problems.set('odd', 42);
		a.ledger.edit({ id: 'odd', edit: { aspect: '严' } });
		a.ledger.trash(['odd']);
		expect(a.ledger.problems.get('odd')).toBe(42);
		expect(a.ledger.isWritable('odd')).toBe(false);
	});
});

type Action = { device: number; kind: number; at: number; to: number };
const action = fc.record({
	device: fc.nat(2),
	kind: fc.nat(6),
	at: fc.nat(30),
	to: fc.nat(30)
});

function perform(
	devices: readonly TestDevice[],
	{ device, kind, at, to }: Action,
	step: number
): number {
	const { ledger, rows, doc } = devices[device]!;
	const row = rows.listed[at % Math.max(1, rows.listed.length)];
	const target = rows.listed[to % Math.max(1, rows.listed.length)];
	if (kind === 0) {
		ledger.add([{ manifestation: `行${step}` }], rows.gapBefore(target?.id ?? null));
		return 1;
	}
	if (kind === 1) {
		const edits = [1, 2, 3].map((n) => ({ manifestation: `块${step}-${n}` }));
		ledger.add(edits, rows.gapAfter(target?.id ?? null));
		return 3;
	}
	if (row === undefined) return 0;
	if (kind === 2) ledger.move([row.id], rows.gapBefore(target!.id, new Set([row.id])));
	else if (kind === 3) ledger.trash([row.id]);
	else if (kind === 4) ledger.restore(rows.trashed.slice(0, 1).map(({ id }) => id));
	else if (kind === 5) {
		const text = ledger.textOf(row.id, 'rootCause')!;
		doc.transact(() => text.insert(at % (text.length + 1), `字${step}`), ledger.origin);
	} else exchange(...devices);
	return 0;
}

describe('any interleaving of edits by three people', () => {
	it('ends in one order for all, with no row lost and the projection true', () => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
				const devices = [createLedgerDevice(0), createDevice(1), createDevice(2)];
				const made = actions.reduce((sum, one, step) => sum + perform(devices, one, step), 0);
				exchange(...devices);
				exchange(...devices);
				const [first, ...others] = devices.map(({ rows }) => rows.listed);
				for (const other of others) expect(other).toEqual(first);
				for (const { rows, ledger } of devices) {
					expect(rows.listed.length + rows.trashed.length).toBe(made);
					const fresh = new ProblemProjection(ledger.problems);
					expect(rows.listed).toEqual(fresh.listed);
					expect(rows.trashed).toEqual(fresh.trashed);
					const orders = rows.listed.map((row) => row.order);
					expect(new Set(orders).size).toBe(orders.length);
				}
			}),
			{ numRuns: 150 }
		);
	});

	it('and undoing all of one’s own steps restores exactly what was there', () => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 15 }), (actions) => {
				const a = createLedgerDevice(0);
				const rest = ['一', '二', '三'].map((text) => add(a, text));
				a.ledger.undo.clear();
				const before = a.rows.listed;
				actions
					.filter(({ kind }) => kind < 6)
					.forEach((one, step) => perform([a], { ...one, device: 0 }, step));
				while (a.ledger.undo.canUndo()) a.ledger.undo.undo();
				expect(a.rows.listed).toEqual(before);
				expect(a.rows.trashed).toEqual([]);
				expect(rest).toHaveLength(3);
			}),
			{ numRuns: 150 }
		);
	});
});
