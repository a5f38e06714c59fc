/** The roster chain in IndexedDB, one row a record. */
import { assert } from '$lib/base/assert.ts';
import type { RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import type { Unanswered, UnansweredStore } from '../keys/rejoin.ts';
import type { RosterStore } from '../roster/rosterKeeper.ts';
import type { WorkspaceDatabase } from './workspaceDatabase.ts';

/** Of the row that names this device's own record which the relay has not acknowledged. */
const UNANSWERED = 'unanswered';

export interface DexieRoster extends RosterStore, UnansweredStore {
	/** In place of what is there: a chain whose last record, perhaps, the relay has yet to answer. */
	begin(records: readonly RosterRecord[], isUnanswered: boolean): Promise<void>;
}

export function createDexieRoster(database: WorkspaceDatabase): DexieRoster {
	const { roster, settings } = database;
	const rowsFrom = (from: number, records: readonly RosterRecord[]) =>
		records.slice(from).map((record, i) => ({ seq: from + i, record }));
	const load = async () => (await roster.orderBy('seq').toArray()).map(({ record }) => record);

	async function unanswered(): Promise<Unanswered | null> {
		const row = await settings.get(UNANSWERED);
		return row ? (row.value as Unanswered) : null;
	}
	const note = (value: Unanswered) => settings.put({ key: UNANSWERED, value });

	return {
		load,
		async append(from, records) {
			await roster.bulkPut(records.map((record, i) => ({ seq: from + i, record })));
		},
		begin: (records, isUnanswered) =>
			database.transaction('rw', roster, settings, async () => {
				await roster.clear();
				await roster.bulkPut(rowsFrom(0, records));
				if (isUnanswered) await note({ seq: records.length - 1, isMoved: false });
				else await settings.delete(UNANSWERED);
			}),
		unanswered,
		setAnswered: () => settings.delete(UNANSWERED),
		replaceTail: (records) =>
			database.transaction('rw', roster, settings, async () => {
				const seq = (await unanswered())?.seq ?? -1;
				const before = await load();
				assert(seq >= 0 && before.length === seq + 1, 'only an unanswered last record goes');
				const isSame = before.slice(0, seq).every(({ body }, i) => body === records[i]?.body);
				assert(isSame && records.length > seq, 'what the relay has answered for stays');
				await roster.bulkPut(rowsFrom(seq, records));
				await note({ seq: records.length - 1, isMoved: true });
			})
	};
}
