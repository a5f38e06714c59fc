/** The key ring in IndexedDB, one sealed row a room. Dexie tells the other tabs of a change. */
import { Dexie, type ObservabilitySet } from 'dexie';
import type { RingStore } from './ringStore.ts';
import type { WorkspaceDatabase } from './workspaceDatabase.ts';

export function createDexieRing(database: WorkspaceDatabase): RingStore {
	/** What Dexie calls the table in its notices of changes. */
	const prefix = `idb://${database.name}/${database.ring.name}/`;
	return {
		load: () => database.ring.toArray(),
		async put(row) {
			await database.ring.put(row);
		},
		subscribe(listener) {
			const onMutated = (parts: ObservabilitySet) => {
				if (Object.keys(parts).some((part) => part.startsWith(prefix))) listener();
			};
			Dexie.on('storagemutated', onMutated);
			return () => Dexie.on.storagemutated.unsubscribe(onMutated);
		}
	};
}
