import { describe, expect, it } from 'vitest';
import type { FieldValue } from './value.ts';
import { readable, readValue } from './value.ts';
import { builtInFields } from './fields.ts';
import { measuresToText, readMeasures } from './measures.ts';
import { readChanges } from './rowHistory.ts';
import { add, createDevice, createLedgerDevice, exchange, type TestDevice } from '../testLedger.ts';

function changes(device: TestDevice, id: string) {
	const row = device.ledger.row(id)!;
	const now = (name: string): FieldValue | null => {
		if (name === 'measures') return measuresToText(readMeasures(row)) || null;
		const field = builtInFields('problems').find((one) => one.id === name);
		return field ? readable(readValue(field, row.get(name))) : null;
	};
	return readChanges(row, now).map(({ field, by, before, after }) => [field, by, before, after]);
}

function type(device: TestDevice, id: string, words: string): void {
	const text = device.ledger.textOf(id, 'manifestation')!;
	for (const letter of words)
		device.doc.transact(() => text.insert(text.length, letter), device.ledger.origin);
}

describe('the history of a row', () => {
	it('LD8 says who changed what from what to what, the latest first', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		a.ledger.edit({ id, values: { due: '2023-04-01' } });
		a.ledger.edit({ id, values: { due: '2023-05-01', sources: ['talk'] } });
		a.ledger.edit({ id, values: { due: null } });
		expect(changes(a, id)).toEqual([
			['due', 'm0', '2023-05-01', null],
			['due', 'm0', '2023-04-01', '2023-05-01'],
			['sources', 'm0', null, ['talk']],
			['due', 'm0', null, '2023-04-01']
		]);
	});

	it('LD9 takes a burst of letters by one person as one change, and a later one as another', () => {
		const a = createLedgerDevice();
		const id = add(a, '课');
		type(a, id, '后服务');
		a.wait(11 * 60_000);
		type(a, id, '差');
		expect(changes(a, id)).toEqual([
			['manifestation', 'm0', '课后服务', '课后服务差'],
			['manifestation', 'm0', '课', '课后服务']
		]);
	});

	it('LD8 keeps the value that lost when two people set one field at once', () => {
		const [a, b] = [createLedgerDevice(0), createDevice(1)];
		const id = add(a, '一');
		exchange(a, b);
		a.ledger.edit({ id, values: { due: '2023-04-01' } });
		b.ledger.edit({ id, values: { due: '2023-05-01' } });
		exchange(a, b);
		expect(changes(a, id)).toEqual(changes(b, id));
		const written = changes(a, id).map(([, , , after]) => after);
		expect(written).toContain('2023-04-01');
		expect(written).toContain('2023-05-01');
	});

	it('LD8 gives each person’s letters to who typed them, in a text both have open', () => {
		const [a, b] = [createLedgerDevice(0), createDevice(1)];
		const id = add(a, '课');
		exchange(a, b);
		const [mine, theirs] = [a, b].map(({ ledger }) => ledger.textOf(id, 'manifestation')!);
		b.doc.transact(() => theirs!.insert(1, '后'), b.ledger.origin);
		exchange(a, b);
		a.doc.transact(() => mine!.insert(2, '服务'), a.ledger.origin);
		exchange(a, b);
		const expected = [
			['manifestation', 'm0', '课后', '课后服务'],
			['manifestation', 'm1', '课', '课后']
		];
		expect(changes(a, id)).toEqual(expected);
		expect(changes(b, id)).toEqual(expected);
	});

	it('LD8 notes letters typed over others as what stood there before', () => {
		const a = createLedgerDevice();
		const id = add(a, '课后服务');
		const text = a.ledger.textOf(id, 'manifestation')!;
		a.doc.transact(() => {
			text.delete(1, 2);
			text.insert(1, '间');
		}, a.ledger.origin);
		expect(changes(a, id)).toEqual([['manifestation', 'm0', '课后服务', '课间务']]);
	});

	it('LD8 keeps a value that could not be read when another is written over it', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		a.ledger.row(id)!.set('due', '明年');
		a.ledger.edit({ id, values: { due: '2023-04-01' } });
		expect(changes(a, id)).toEqual([['due', 'm0', '明年', '2023-04-01']]);
	});

	it('LD9 does not grow with every letter of a text that is too long to be noted whole', () => {
		const a = createLedgerDevice();
		const id = add(a, '长'.repeat(150_000));
		type(a, id, '课后服务');
		const noted = [...a.ledger.row(id)!.keys()].filter((key) => key.startsWith('history '));
		expect(noted).toHaveLength(1);
		expect(changes(a, id)[0]![2]).toHaveLength(100_000);
	});

	it('leaves out a change that was taken back', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		a.ledger.edit({ id, values: { due: '2023-04-01' } });
		a.ledger.undo.undo();
		type(a, id, '二');
		a.ledger.undo.undo();
		expect(changes(a, id)).toEqual([]);
	});

	it('knows of measures and evidence', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		a.ledger.edit({ id, values: {}, measures: ['排班', '抽查'] });
		const [first] = a.rows.get(id)!.measures;
		a.ledger.measures.edit(id, first!.id, 'doneOn', '2023-03-20');
		a.ledger.measures.remove(id, first!.id);
		expect(changes(a, id)).toEqual([
			['measures', 'm0', '1.排班\n2.抽查', '抽查'],
			[`measure:${first!.id}:doneOn`, 'm0', null, '2023-03-20'],
			['measures', 'm0', '', '1.排班\n2.抽查']
		]);
	});

	it('is cut at its beginning, not at its end', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		for (let at = 1; at <= 450; at += 1) a.ledger.edit({ id, values: { itemNo: at } });
		const kept = changes(a, id);
		expect(kept.length).toBeLessThanOrEqual(400);
		expect(kept[0]).toEqual(['itemNo', 'm0', 449, 450]);
	});

	it('never throws over what others wrote there', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		a.ledger.row(id)!.set('history x', 7);
		a.ledger.row(id)!.set('history y', { n: 'later', field: 'due' });
		expect(changes(a, id)).toEqual([]);
	});
});
