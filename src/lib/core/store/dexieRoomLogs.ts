/**
 * Sealed logs in IndexedDB through y-dexie, which stores each update in a transaction of its own
 * and lets tabs follow each other. It does not say when an update is stored; Dexie's creating hook
 * on its table does.
 */
import * as Y from 'yjs';
import { DexieYProvider } from 'y-dexie';
import { Dexie, type Transaction } from 'dexie';
import { assert } from '$lib/base/assert.ts';
import { bytesEqual } from '$lib/base/bytes.ts';
import type { RoomId } from '$lib/base/ids.ts';
import { createSource, type Source } from '$lib/base/observable.ts';
import type { Cursor, RoomLogs, Seal, StoredLog, WriteState } from './roomLogs.ts';
import { storeFault } from './storeFault.ts';
import { LOG_UPDATES_TABLE, type WorkspaceDatabase } from './workspaceDatabase.ts';

interface UpdateRow {
	readonly k: RoomId;
	readonly u: Uint8Array;
}

const RETRY_MS = 5_000;

/** Counts a log's unwritten updates; one for each open log. */
interface Writer {
	readonly state: Source<WriteState>;
	readonly waiting: Set<Uint8Array>;
}

function report({ state, waiting }: Writer, fault: WriteState['fault']) {
	const before = state.current();
	if (before.pending === waiting.size && before.fault === fault) return;
	// Called from inside a transaction's events: listeners must not find themselves in it.
	Dexie.ignoreTransaction(() => state.set({ pending: waiting.size, fault }));
}

export function createDexieRoomLogs(database: WorkspaceDatabase): RoomLogs {
	const writers = new Map<RoomId, Writer>();
	const updates = database.table<
		UpdateRow & { i: number; f: number },
		number,
		UpdateRow & { f: number }
	>(LOG_UPDATES_TABLE);

	updates.hook('creating', function (_key, row, transaction: Transaction) {
		const writer = writers.get(row.k);
		// Dexie clones the row on its way here, so the update is known by its bytes.
		const update = writer && [...writer.waiting].find((waiting) => bytesEqual(waiting, row.u));
		if (!writer || !update) return;
		// A transaction may complete although the row was refused: both must have gone well.
		let added = false;
		this.onsuccess = () => (added = true);
		this.onerror = (error: unknown) => report(writer, storeFault(error));
		transaction.on('complete', () => {
			if (!added) return;
			writer.waiting.delete(update);
			report(writer, writer.waiting.size === 0 ? null : writer.state.current().fault);
		});
		const failed = (error: unknown) => report(writer, storeFault(error));
		transaction.on('error', failed);
		transaction.on('abort', () => failed(transaction.idbtrans?.error));
	});

	/** Writes the whole log in one row: it covers every update that failed, in whatever order. */
	async function rewrite(room: RoomId, log: Y.Doc, writer: Writer) {
		const covered = [...writer.waiting];
		try {
			await updates.add({ k: room, u: Y.encodeStateAsUpdateV2(log), f: 1 });
			for (const update of covered) writer.waiting.delete(update);
			report(writer, null);
		} catch (error) {
			report(writer, storeFault(error));
		}
	}

	async function open(room: RoomId): Promise<StoredLog> {
		assert(!writers.has(room), 'a log is opened once and shared');
		const writer: Writer = {
			state: createSource<WriteState>({ pending: 0, fault: null }),
			waiting: new Set()
		};
		await database.transaction('rw', database.rooms, async () => {
			if (!(await database.rooms.get(room))) await database.rooms.add({ id: room, unsent: 0 });
		});
		const { log } = (await database.rooms.get(room))!;
		writers.set(room, writer);
		const onUpdate = (update: Uint8Array, origin: unknown) => {
			if (origin === DexieYProvider.for(log)) return;
			writer.waiting.add(update);
			report(writer, writer.state.current().fault);
		};
		// Listens before y-dexie does: its write, and so the hook, may run within the same event.
		log.on('updateV2', onUpdate);
		const provider = DexieYProvider.load(log);
		provider.on('error', (error: unknown) => report(writer, storeFault(error)));
		try {
			await provider.whenLoaded;
		} catch (error) {
			writers.delete(room);
			throw error;
		}
		const retry = () => void (writer.waiting.size > 0 && rewrite(room, log, writer));
		const timer = setInterval(() => writer.state.current().fault && retry(), RETRY_MS);
		return {
			room,
			log,
			writes: writer.state,
			retry,
			release() {
				clearInterval(timer);
				writers.delete(room);
				DexieYProvider.release(log);
			}
		};
	}

	const sealName = (room: RoomId) => `seal ${room}`;
	const unsentRow = (unsent: boolean): { unsent: 0 | 1 } => ({ unsent: unsent ? 1 : 0 });

	return {
		open,
		rooms: () => database.rooms.toCollection().primaryKeys(),
		unsent: () => database.rooms.where('unsent').equals(1).primaryKeys(),
		async markUnsent(room, unsent) {
			await database.rooms.update(room, unsentRow(unsent));
		},
		async markAllUnsent(except) {
			await database.rooms
				.where('id')
				.noneOf([...except])
				.modify(unsentRow(true));
		},
		readCursor: async () =>
			((await database.settings.get('cursor'))?.value as Cursor | undefined) ?? null,
		async writeCursor(cursor) {
			await database.settings.put({ key: 'cursor', value: cursor });
		},
		readSeal: async (room) =>
			((await database.settings.get(sealName(room)))?.value as Seal | undefined) ?? null,
		async writeSeal(room, { epoch, rosterLength }) {
			await database.settings.put({ key: sealName(room), value: { epoch, rosterLength } });
		},
		async drop(room) {
			assert(!writers.has(room), 'a log is dropped when nobody uses it');
			await database.transaction('rw', [database.rooms, database.settings, updates], async () => {
				await updates.where('k').equals(room).delete();
				await database.rooms.delete(room);
				await database.settings.delete(sealName(room));
			});
		}
	};
}
