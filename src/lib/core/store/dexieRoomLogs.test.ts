import 'fake-indexeddb/auto';
import { describe, vi } from 'vitest';
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, type WorkspaceId } from '$lib/base/ids.ts';
import { createDexieRoomLogs } from './dexieRoomLogs.ts';
import { roomLogsContract } from './roomLogsContract.ts';
import { openWorkspaceDatabase } from './workspaceDatabase.ts';

/** Makes IndexedDB refuse new rows the way a full disk does. */
function fillDisk(full: boolean) {
	vi.restoreAllMocks();
	if (!full) return;
	vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
		throw new DOMException('The disk is full', 'QuotaExceededError');
	});
}

describe('dexieRoomLogs', () => {
	roomLogsContract(async () => {
		const workspace = bytesToBase64Url(cryptoRandom(32)) as WorkspaceId;
		let database = openWorkspaceDatabase(workspace);
		return {
			logs: createDexieRoomLogs(database),
			restart: async () => {
				database.close();
				database = openWorkspaceDatabase(workspace);
				return createDexieRoomLogs(database);
			},
			setFull: fillDisk
		};
	});
});
