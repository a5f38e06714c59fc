/** Sealed logs in memory, for tests: the `disk` outlives a device that "crashes". */
import * as Y from 'yjs';
import { assert } from '$lib/base/assert.ts';
import type { RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import { createMemoryBlobs, type MemoryBlobs } from './memoryBlobs.ts';
import { createMemoryRing, type MemoryRing } from './memoryRing.ts';
import type { Cursor, RoomLogs, Seal, WriteState } from './roomLogs.ts';

export interface MemoryDisk {
	readonly rooms: Map<RoomId, { updates: Uint8Array[]; unsent: boolean }>;
	readonly ring: MemoryRing;
	readonly blobs: MemoryBlobs;
	readonly seals: Map<RoomId, Seal>;
	cursor: Cursor | null;
	/** While true every write fails as on a full disk. */
	full: boolean;
}

export const createMemoryDisk = (): MemoryDisk => ({
	rooms: new Map(),
	ring: createMemoryRing(),
	blobs: createMemoryBlobs(),
	seals: new Map(),
	cursor: null,
	full: false
});

/** What a process that dies now leaves behind. */
export const copyMemoryDisk = ({
	rooms,
	ring,
	blobs,
	seals,
	cursor,
	full
}: MemoryDisk): MemoryDisk => ({
	rooms: new Map(
		[...rooms].map(([room, { updates, unsent }]) => [room, { updates: [...updates], unsent }])
	),
	ring: ring.copy(),
	blobs: blobs.copy(),
	seals: new Map(seals),
	cursor,
	full
});

const FROM_DISK = Symbol('from disk');

export function createMemoryRoomLogs(disk: MemoryDisk): RoomLogs {
	const open = new Set<RoomId>();
	const roomOf = (room: RoomId) => {
		const found = disk.rooms.get(room) ?? { updates: [], unsent: false };
		disk.rooms.set(room, found);
		return found;
	};

	return {
		async open(room) {
			assert(!open.has(room), 'a log is opened once and shared');
			open.add(room);
			const stored = roomOf(room);
			const log = new Y.Doc();
			log.transact(() => stored.updates.forEach((update) => Y.applyUpdate(log, update)), FROM_DISK);
			const writes = createSource<WriteState>({ pending: 0, fault: null });
			let waiting: Uint8Array[] = [];
			const write = () => {
				if (disk.full) return writes.set({ pending: waiting.length, fault: 'disk-full' });
				stored.updates.push(...waiting);
				waiting = [];
				writes.set({ pending: 0, fault: null });
			};
			log.on('update', (update: Uint8Array, origin: unknown) => {
				if (origin === FROM_DISK) return;
				waiting.push(update);
				writes.set({ pending: waiting.length, fault: writes.current().fault });
				// Like a real disk: later than the change, and lost if the device dies before.
				queueMicrotask(() => open.has(room) && write());
			});
			return {
				room,
				log,
				writes,
				retry: write,
				release() {
					open.delete(room);
					log.destroy();
				}
			};
		},
		rooms: async () => [...disk.rooms.keys()],
		unsent: async () => [...disk.rooms].filter(([, { unsent }]) => unsent).map(([room]) => room),
		async markUnsent(room, unsent) {
			roomOf(room).unsent = unsent;
		},
		async markAllUnsent(except) {
			for (const [id, room] of disk.rooms) if (!except.includes(id)) room.unsent = true;
		},
		readCursor: async () => disk.cursor,
		async writeCursor(cursor) {
			disk.cursor = cursor;
		},
		readSeal: async (room) => disk.seals.get(room) ?? null,
		async writeSeal(room, seal) {
			disk.seals.set(room, seal);
		},
		async drop(room) {
			assert(!open.has(room), 'a log is dropped when nobody uses it');
			disk.rooms.delete(room);
			disk.seals.delete(room);
		}
	};
}
