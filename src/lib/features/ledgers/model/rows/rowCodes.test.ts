import { describe, expect, it } from 'vitest';
import { add, createDevice, createLedgerDevice, exchange } from '../testLedger.ts';
import { rowCodes, yearOfRows } from './rowCodes.ts';

describe('codes', () => {
	it('LD7 count up, and a number that was taken stays taken', () => {
		const a = createLedgerDevice();
		const ids = ['一', '二', '三'].map((words) => add(a, words));
		a.ledger.trash([ids[2]!]);
		const fourth = add(a, '四');
		const codes = rowCodes(a.rows.all, 'WT-2023');
		expect([...ids, fourth].map((id) => codes.get(id))).toEqual([
			'WT-2023-001',
			'WT-2023-002',
			'WT-2023-003',
			'WT-2023-004'
		]);
	});

	it('bear the year of most rows, whichever comes first and whatever one clock says', () => {
		const made = (...dates: (string | null)[]) =>
			yearOfRows(dates.map((createdAt) => ({ createdAt })));
		expect(made('2024-01-02T01:00:00Z', '2023-03-15T01:00:00Z', '2023-04-01T01:00:00Z')).toBe(
			'2023'
		);
		expect(made('1970-01-01T00:00:00Z', '2023-03-15T01:00:00Z', '2023-04-01T01:00:00Z')).toBe(
			'2023'
		);
		expect(made('2024-01-02T01:00:00Z', '2023-12-30T01:00:00Z')).toBe('2023');
		expect(made(null, '某年')).toBeNull();
	});

	it('LD7 differ for two rows made at once without a network, the same way for everyone', () => {
		const [a, b] = [createLedgerDevice(0), createDevice(1)];
		add(a, '一');
		exchange(a, b);
		const mine = add(a, '甲');
		const yours = add(b, '乙');
		exchange(a, b);
		for (const { rows } of [a, b]) {
			const codes = rowCodes(rows.all, 'WT-2023');
			expect(codes.get(mine)).toBe('WT-2023-002');
			expect(codes.get(yours)).toBe('WT-2023-002-2');
		}
	});
});
