/** What the leading tab finds on this device that nobody has opened since. */
import type { RoomId, WorkspaceId } from '$lib/base/ids.ts';
import type { Circles } from '../circles/circles.ts';
import type { OwnKeys } from '../keys/ownKeys.ts';
import { roomsInJournal, type JournalStorage } from '../store/journal.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import type { SyncedLogs } from '../sync/syncedLogs.ts';
import type { WorkspaceDocuments } from './workspaceDocuments.ts';

export interface TakeUpOptions {
	readonly workspace: WorkspaceId;
	readonly root: RoomId;
	readonly listed: Pick<WorkspaceDocuments, 'all' | 'acts'>;
	readonly journalStorage: JournalStorage | null;
	readonly own: Pick<OwnKeys, 'keys'>;
	readonly logs: Pick<RoomLogs, 'rooms'>;
	readonly synced: SyncedLogs;
	readonly circles: Pick<Circles, 'examine'>;
}

/** What a killed tab left in its journal: opening a document takes it up. */
function takeUpJournals({ workspace, listed, journalStorage }: TakeUpOptions) {
	const rooms = journalStorage ? roomsInJournal(workspace, journalStorage) : [];
	for (const room of rooms) {
		if (!listed.all.current().some((document) => document.room === room)) continue;
		listed.acts.openDocument(room).then(
			(document) => document.close(),
			() => undefined
		);
	}
}

/** After a recovery: rooms that only the kit opens, and that nobody has looked at here. */
async function examineStored({ own, listed, root, logs, synced, circles }: TakeUpOptions) {
	if (own.keys.current().kit.state !== 'unsaved') return;
	const known = new Set([...listed.all.current().map(({ room }) => room), root]);
	for (const room of await logs.rooms()) {
		if (known.has(room)) continue;
		const opened = await synced.acquire(room);
		await circles.examine(room, opened.stored.log);
		opened.release();
	}
}

export function takeUp(options: TakeUpOptions): void {
	takeUpJournals(options);
	void examineStored(options).catch(() => undefined);
}
