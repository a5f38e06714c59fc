/** Sealed attachments in IndexedDB: rows apart from their bytes, so that a list reads no file. */
import { Dexie, type ObservabilitySet } from 'dexie';
import type { BlobStore } from './blobStore.ts';
import { storeFault } from './storeFault.ts';
import type { WorkspaceDatabase } from './workspaceDatabase.ts';

export function createDexieBlobs(database: WorkspaceDatabase): BlobStore {
	const { blobs, blobBytes } = database;
	/** What Dexie calls the table in its notices of changes. */
	const prefix = `idb://${database.name}/${blobs.name}/`;
	return {
		async put(id, bytes, sentTo) {
			try {
				await database.transaction('rw', [blobs, blobBytes], async () => {
					await blobBytes.put({ id, bytes });
					await blobs.put({ id, size: bytes.length, sentTo });
				});
				return null;
			} catch (error) {
				return storeFault(error);
			}
		},
		get: async (id) => (await blobBytes.get(id))?.bytes ?? null,
		list: () => blobs.toArray(),
		async markSent(id, relayId) {
			await blobs.update(id, { sentTo: relayId });
		},
		async markAllUnsent() {
			await blobs.toCollection().modify({ sentTo: null });
		},
		async delete(id) {
			await database.transaction('rw', [blobs, blobBytes], async () => {
				await blobs.delete(id);
				await blobBytes.delete(id);
			});
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
