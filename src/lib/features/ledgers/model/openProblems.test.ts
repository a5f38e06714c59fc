import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemberId } from '$lib/base/ids.ts';
import { openProblemsOf, reassignProblems } from './openProblems.ts';
import type { RowValues } from './rows/rowEdit.ts';
import { createDevice, createLedgerDevice, exchange, type TestDevice } from './testLedger.ts';

const id = (text: string) => text as MemberId;
const [gone, next, other] = [id('m03'), id('m01'), id('m18')];

const list = (device: TestDevice, rows: readonly RowValues[]) =>
	device.ledger.add(
		rows.map((values) => ({ values })),
		device.rows.gapBefore(null)
	);
const row = (device: TestDevice, rowId: string) => {
	device.rows.flush();
	return device.rows.get(rowId)!;
};

describe('openProblemsOf', () => {
	it('lists what a person leads or answers for, with its words and date', () => {
		const device = createLedgerDevice();
		const [a, b] = list(device, [
			{ manifestation: '学习不够经常', leaderId: gone, due: '2023-05-31' },
			{ aspect: '理论学习', responsibleId: gone },
			{ manifestation: '别人的', responsibleId: next }
		]);
		expect(openProblemsOf(device.doc, gone)).toEqual(
			expect.arrayContaining([
				{ id: a, title: '学习不够经常', due: '2023-05-31' },
				{ id: b, title: '理论学习', due: null }
			])
		);
		expect(openProblemsOf(device.doc, gone)).toHaveLength(2);
	});

	it('leaves out what is in the trash and what is not a row of ours', () => {
		const device = createLedgerDevice();
		const ids = list(device, [{ manifestation: '扔掉', leaderId: gone }]);
		device.ledger.trash(ids);
		device.ledger.rows.set('strange', { leaderId: gone });
		expect(openProblemsOf(device.doc, gone)).toEqual([]);
	});
});

describe('reassignProblems', () => {
	it('changes the person and nothing else, in one transaction', () => {
		const device = createLedgerDevice();
		const [a, b] = list(device, [
			{ manifestation: '一', leaderId: gone, responsibleId: gone, sources: ['talk'], urgent: true },
			{ manifestation: '二', leaderId: gone, responsibleId: other }
		]);
		const before = row(device, a!);
		let updates = 0;
		device.doc.on('update', () => (updates += 1));
		reassignProblems(device.doc, [a!], gone, next);
		expect(updates).toBe(1);
		expect(row(device, a!)).toEqual({
			...before,
			values: { ...before.values, leaderId: next, responsibleId: next }
		});
		reassignProblems(device.doc, [b!], gone, null);
		expect(row(device, b!)).toMatchObject({
			values: { manifestation: '二', responsibleId: other }
		});
		expect(openProblemsOf(device.doc, gone)).toEqual([]);
	});

	it('is nobody’s step to undo, and leaves alone what was given away meanwhile', () => {
		const device = createLedgerDevice();
		const [a] = list(device, [{ manifestation: '一', leaderId: other }]);
		reassignProblems(device.doc, [a!], gone, next);
		expect(row(device, a!).values.leaderId).toBe(other);
		reassignProblems(device.doc, [a!], other, next);
		device.ledger.undo.undo();
		device.ledger.undo.redo();
		expect(row(device, a!).values.leaderId).toBe(next);
	});

	it('by two devices at once converges, and nothing is left with who went', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('leaderId', 'responsibleId'), { minLength: 1, maxLength: 8 }),
				fc.constantFrom(next, other, null),
				fc.constantFrom(next, other, null),
				(fields, first, second) => {
					const a = createLedgerDevice(1);
					const b = createDevice(2);
					const ids = list(
						a,
						fields.map((field) => ({ manifestation: '题', [field]: gone }))
					);
					exchange(a, b);
					reassignProblems(a.doc, ids, gone, first);
					reassignProblems(b.doc, ids, gone, second);
					exchange(a, b);
					expect(a.doc.getMap('problems').toJSON()).toEqual(b.doc.getMap('problems').toJSON());
					expect(openProblemsOf(a.doc, gone)).toEqual([]);
					ids.forEach((rowId, at) =>
						expect([first, second]).toContain(row(a, rowId).values[fields[at]!] ?? null)
					);
				}
			)
		);
	});
});
