/**
 * The honest sum over everything that is open, what is still unsent in closed rooms, and what was
 * erased and still lies at the relay.
 */
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { Documents } from '../rooms/documents.ts';
import type { SaveState } from '../rooms/openDocument.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import type { SyncedLogs } from '../sync/syncedLogs.ts';

/** Between two looks at what closed rooms have left unsent, ms. */
const REST_MS = 300;

const FAULT_ORDER: readonly SaveState['fault'][] = ['disk-full', 'store-failed'];

export interface SaveSumOptions {
	readonly logs: Pick<RoomLogs, 'unsent'>;
	readonly synced: SyncedLogs;
	readonly documents: Documents;
	/** An erasure has still to reach the relay. */
	readonly isErasing: () => boolean;
	readonly heldBy: (commit: number) => SaveState['held'];
}

export interface SaveSum {
	readonly save: Observable<SaveState>;
	refresh(): void;
	/** All there was when it connected counts as this device's own. */
	covers(commit: number): void;
	/** The relay's numbering starts anew. */
	forget(): void;
	close(): void;
}

const isSame = (a: SaveState, b: SaveState) => JSON.stringify(a) === JSON.stringify(b);

export async function createSaveSum(options: SaveSumOptions): Promise<SaveSum> {
	const { logs, synced, documents, heldBy, isErasing } = options;
	let ownCommit = 0;
	let unsentElsewhere = (await logs.unsent()).length > 0;
	/** Which rooms were open at the last look, and the timer of the next one. */
	let lookedWith = '';
	let nextLook: ReturnType<typeof setTimeout> | undefined;

	function sum(): SaveState {
		const open = synced.open();
		const syncs = open.map(({ sync }) => sync.state.current());
		const writes = open.map(({ stored }) => stored.writes.current());
		ownCommit = Math.max(ownCommit, ...syncs.map(({ commit }) => commit));
		const sealing = documents.openRooms().some((room) => room.sealing.current());
		return {
			stored: !sealing && writes.every(({ pending }) => pending === 0),
			delivered:
				!sealing && !unsentElsewhere && !isErasing() && syncs.every(({ delivered }) => delivered),
			held: heldBy(ownCommit),
			fault: FAULT_ORDER.find((fault) => writes.some((write) => write.fault === fault)) ?? null
		};
	}

	const save = createSource(sum());
	const show = () => {
		const next = sum();
		if (!isSame(next, save.current())) save.set(next);
	};

	async function lookElsewhere() {
		const open = new Set(synced.open().map(({ stored }) => stored.room));
		const unsent = await logs.unsent().catch(() => []);
		unsentElsewhere = unsent.some((room) => !open.has(room));
		show();
	}

	/** At once when a room has closed or opened: what it left unsent counts. Else not at every key. */
	function lookSoon() {
		const open = synced
			.open()
			.map(({ stored }) => stored.room)
			.join(' ');
		if (open === lookedWith) nextLook ??= setTimeout(look, REST_MS);
		else look();
		lookedWith = open;
	}

	function look() {
		clearTimeout(nextLook);
		nextLook = undefined;
		void lookElsewhere();
	}

	return {
		save,
		refresh() {
			show();
			lookSoon();
		},
		covers: (commit) => void (ownCommit = Math.max(ownCommit, commit)),
		forget: () => void (ownCommit = 0),
		close: () => clearTimeout(nextLook)
	};
}
