import { describe, expect, it } from 'vitest';
import { createLedgerDevice } from '../testLedger.ts';
import { nextEvent } from '../life/nextEvent.ts';
import type { RowWrite } from './rowEdit.ts';
import { dueStateOf, withDefaultDue } from './dueState.ts';

const today = '2023-03-15';

function rowsDue(...dates: readonly (string | null)[]) {
	const a = createLedgerDevice();
	a.ledger.add(
		dates.map((due): RowWrite => ({ values: due === null ? { aspect: '严' } : { due } })),
		a.rows.gapBefore(null)
	);
	return a;
}

describe('due dates', () => {
	it('are overdue the day after, soon for seven days, and the day itself is in time', () => {
		const { rows } = rowsDue('2023-03-14', '2023-03-22', '2023-03-23', null, today);
		expect(rows.listed.map((row) => dueStateOf(row, today))).toEqual([
			'overdue',
			'soon',
			'later',
			'none',
			'soon'
		]);
	});

	it('are nobody’s delay once the matter is settled', () => {
		const { rows, ledger } = rowsDue('2023-03-14');
		const id = rows.listed[0]!.id;
		for (const type of ['submit', 'reject'] as const) {
			const { life } = rows.get(id)!;
			ledger.happen(id, nextEvent(life, type, 'm01', '2023-03-15T01:00:00.000Z', `e-${type}`));
		}
		expect(rows.get(id)!.life.status).toBe('rejected');
		expect(dueStateOf(rows.get(id)!, today)).toBe('none');
	});

	it('are proposed in a week for what is to be put right at once, never over one that is set', () => {
		expect(withDefaultDue({ rectKind: 'immediate' }, null, today).due).toBe('2023-03-22');
		const { rows } = rowsDue('2023-03-14');
		expect(withDefaultDue({ rectKind: 'immediate' }, rows.listed[0]!, today).due).toBeUndefined();
		expect(withDefaultDue({ rectKind: 'timed' }, null, today).due).toBeUndefined();
	});
});
