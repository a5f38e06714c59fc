import { expect, it } from 'vitest';
import type { LedgerRow } from '../rows/ledgerRow.ts';
import { unreadable, type FieldValue, type Read } from '../rows/value.ts';
import { coverageOf } from './coverage.ts';

it('counts the rows of each item; those of no item, or of one that is gone, count nowhere', () => {
	const catalogue = {
		items: [
			{ aspect: '实', no: 1, text: '学用脱节' },
			{ aspect: '实', no: 2, text: '调研不深' }
		]
	};
	const found: readonly Read<FieldValue>[] = [1, 1, 9, null, unreadable, '1'];
	const rows = found.map((itemNo): Pick<LedgerRow, 'values'> => ({ values: { itemNo } }));
	expect([...coverageOf(catalogue, rows)]).toEqual([
		[1, 2],
		[2, 0]
	]);
});
