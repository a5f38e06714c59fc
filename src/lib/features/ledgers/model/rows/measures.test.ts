import { describe, expect, it } from 'vitest';
import { add, createDevice, createLedgerDevice, exchange } from '../testLedger.ts';
import { measuresToText, textToMeasures } from './measures.ts';

describe('measures', () => {
	it.each([
		['1.排班\n2.每周抽查', ['排班', '每周抽查']],
		['1、排班；2、抽查', ['排班；', '抽查']],
		['一、排班。二、抽查。', ['排班。', '抽查。']],
		['（1）排班\n（2）抽查', ['排班', '抽查']],
		['每月听课2.5次', ['每月听课2.5次']],
		['- 排班\n\n- 抽查', ['排班', '抽查']],
		['', []]
	])('%j are read one by one', (text, measures) => {
		expect(textToMeasures(text)).toEqual(measures);
	});

	it('written as one text are read back the same', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		a.ledger.edit({ id, values: {}, measures: ['摸底教师特长并公布课表', '每月听课后服务2次'] });
		const { measures } = a.rows.get(id)!;
		expect(textToMeasures(measuresToText(measures))).toEqual(measures.map(({ text }) => text));
	});

	it('LD3 added by two people at once are both there, and typed letters merge', () => {
		const [a, b] = [createLedgerDevice(0), createDevice(1)];
		const id = add(a, '一');
		exchange(a, b);
		const mine = a.ledger.measures.add(id, '甲')!;
		b.ledger.measures.add(id, '乙');
		exchange(a, b);
		expect(
			a.rows
				.get(id)!
				.measures.map(({ text }) => text)
				.sort()
		).toEqual(['乙', '甲']);
		a.ledger.measures.textOf(id, mine)!.insert(1, '一');
		b.ledger.measures.textOf(id, mine)!.insert(0, '二');
		exchange(a, b);
		expect(b.rows.get(id)!.measures.find((one) => one.id === mine)!.text).toBe('二甲一');
	});

	it('keep owner and date when the whole text is pasted anew with the same words', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		a.ledger.edit({ id, values: {}, measures: ['排班', '抽查'] });
		const second = a.rows.get(id)!.measures[1]!;
		a.ledger.measures.edit(id, second.id, 'ownerId', 'm18');
		a.ledger.edit({ id, values: {}, measures: ['抽查', '公示'] });
		expect(a.rows.get(id)!.measures).toMatchObject([
			{ id: second.id, text: '抽查', ownerId: 'm18' },
			{ text: '公示', ownerId: null }
		]);
		expect(a.ledger.undo.undo()).not.toBeNull();
		expect(a.rows.get(id)!.measures.map(({ text }) => text)).toEqual(['排班', '抽查']);
	});

	it('LD3 that one person takes away while another types in them come back with the letters', () => {
		const [a, b] = [createLedgerDevice(0), createDevice(1)];
		const id = add(a, '一');
		const measure = a.ledger.measures.add(id, '排班')!;
		exchange(a, b);
		a.ledger.measures.remove(id, measure);
		expect(a.rows.get(id)!.measures).toEqual([]);
		const text = b.ledger.measures.textOf(id, measure)!;
		b.doc.transact(() => text.insert(2, '到人'), b.ledger.origin);
		exchange(a, b);
		expect(a.rows.get(id)!.measures.map((one) => one.text)).toEqual(['排班到人']);
		// It does not vanish again under the hands of who deletes those letters.
		b.doc.transact(() => text.insert(0, '每周'), b.ledger.origin);
		b.doc.transact(() => text.delete(0, 2), b.ledger.origin);
		b.doc.transact(() => text.delete(2, 2), b.ledger.origin);
		expect(b.rows.get(id)!.measures.map((one) => one.text)).toEqual(['排班']);
		b.ledger.measures.remove(id, measure);
		expect(b.rows.get(id)!.measures).toEqual([]);
		b.ledger.undo.undo();
		expect(b.rows.get(id)!.measures.map((one) => one.text)).toEqual(['排班']);
	});

	it('LD5 whose addition is taken back leave what a colleague typed in them', () => {
		const [a, b] = [createLedgerDevice(0), createDevice(1)];
		const id = add(a, '一');
		const measure = a.ledger.measures.add(id, '排班')!;
		exchange(a, b);
		b.ledger.measures.textOf(id, measure)!.insert(2, '到人');
		exchange(a, b);
		a.ledger.undo.undo();
		exchange(a, b);
		expect(b.rows.get(id)!.measures.map((one) => one.text)).toEqual(['到人']);
	});

	it('take no date that is none', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		const measure = a.ledger.measures.add(id, '排班')!;
		a.ledger.measures.edit(id, measure, 'due', '2023-02-30');
		expect(a.rows.get(id)!.measures[0]!.due).toBeNull();
	});
});
