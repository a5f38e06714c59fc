/** The roster chain in IndexedDB, one row a record. */
import type { RosterStore } from '../roster/rosterKeeper.ts';
import type { WorkspaceDatabase } from './workspaceDatabase.ts';

export const createDexieRoster = (database: WorkspaceDatabase): RosterStore => ({
	load: async () => (await database.roster.orderBy('seq').toArray()).map(({ record }) => record),
	async append(from, records) {
		await database.roster.bulkPut(records.map((record, i) => ({ seq: from + i, record })));
	}
});
