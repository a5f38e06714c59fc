import { describe, expect, it } from 'vitest';
import { createTestBranch, rosterOf } from '../../../../tests/support/relayBranch.ts';
import { parseRosterBody } from './rosterRecord.ts';
import { rosterParts } from './rosterParts.ts';

const PART_BYTES = 8_000;

describe('a chain in parts', () => {
	it('R38 R37 is whole, in order and below the limit, each part with a vouching end', async () => {
		const branch = await createTestBranch();
		for (let i = 0; i < 6; i++) {
			const officer = await branch.admit('officer');
			await branch.pair(officer);
			await branch.kit(officer);
		}
		const { records, founder } = branch;
		const parts = rosterParts(records, await rosterOf(branch), PART_BYTES);
		expect(parts.length).toBeGreaterThan(2);
		expect(parts.flatMap((part) => part.records)).toEqual(records);
		for (const { from, records: part } of parts) {
			expect(part[0]).toBe(records[from]);
			expect(JSON.stringify(part).length).toBeLessThan(PART_BYTES + 2);
		}
		for (const { records: part } of parts.slice(0, -1))
			expect(parseRosterBody(part.at(-1)!)!.body).toMatchObject({ by: founder.id });
	});

	it('R38 goes on where one record is longer than a part and nobody vouches', async () => {
		const branch = await createTestBranch();
		const officer = await branch.admit('officer');
		for (let i = 0; i < 3; i++) await branch.pair(officer);
		const parts = rosterParts(branch.records, await rosterOf(branch), 1);
		expect(parts.map(({ from }) => from)).toEqual(branch.records.map((_, at) => at));
		expect(rosterParts(branch.records, await rosterOf(branch)).length).toBe(1);
	});
});
