/** Logs that are open on this device, each stored and in step with the relay, shared by their users. */
import type { RoomId } from '$lib/base/ids.ts';
import type { RoomLogs, StoredLog } from '../store/roomLogs.ts';
import { whenTrue } from '../whenTrue.ts';
import { createRoomSync, type RoomSync } from './roomSync.ts';
import type { ChannelSource } from './virtualSocket.ts';

export interface SyncedLog {
	readonly stored: StoredLog;
	readonly sync: RoomSync;
	release(): void;
}

export interface SyncedLogs {
	acquire(room: RoomId): Promise<SyncedLog>;
	open(): readonly SyncedLog[];
	/** Every delivery counts as undone. */
	forgetDelivery(): void;
	/** Calls back after any change of what is stored, synced or delivered. */
	subscribe(listener: () => void): () => void;
}

/** How long a closed room that is not delivered yet stays connected; later it is caught up. */
const LINGER_MS = 10_000;

interface Shared {
	uses: number;
	readonly ready: Promise<{ stored: StoredLog; sync: RoomSync; stop: () => void }>;
}

export function createSyncedLogs(logs: RoomLogs, source: ChannelSource): SyncedLogs {
	const shared = new Map<RoomId, Shared>();
	const ready = new Map<RoomId, SyncedLog>();
	const listeners = new Set<() => void>();
	const notify = () => listeners.forEach((listener) => listener());

	async function start(room: RoomId) {
		const stored = await logs.open(room);
		const unsent = (await logs.unsent()).includes(room);
		const sync = createRoomSync(room, stored.log, source, unsent);
		let marked = unsent;
		const remember = () => {
			const isUnsent = !sync.state.current().delivered;
			// On a full disk the mark is as lost as the words; both are tried again with the next change.
			if (isUnsent !== marked) logs.markUnsent(room, isUnsent).catch(() => (marked = !isUnsent));
			marked = isUnsent;
			notify();
		};
		const stops = [sync.state.subscribe(remember), stored.writes.subscribe(notify)];
		return { stored, sync, stop: () => stops.forEach((stop) => stop()) };
	}

	async function release(room: RoomId, entry: Shared) {
		entry.uses -= 1;
		if (entry.uses > 0) return;
		const { stored, sync, stop } = await entry.ready;
		// What was typed last may still be on its way to the disk or to the relay: let it arrive.
		await whenTrue([stored.writes], () => stored.writes.current().pending === 0);
		await whenTrue([sync.state], () => sync.state.current().delivered, LINGER_MS);
		if (entry.uses > 0 || shared.get(room) !== entry) return;
		shared.delete(room);
		ready.delete(room);
		stop();
		sync.close();
		stored.release();
		notify();
	}

	return {
		async acquire(room) {
			const entry = shared.get(room) ?? { uses: 0, ready: start(room) };
			shared.set(room, entry);
			entry.uses += 1;
			const { stored, sync } = await entry.ready;
			let released = false;
			const synced: SyncedLog = {
				stored,
				sync,
				release() {
					if (!released) void release(room, entry);
					released = true;
				}
			};
			ready.set(room, synced);
			return synced;
		},
		open: () => [...ready.values()],
		forgetDelivery() {
			for (const { sync } of ready.values()) sync.forgetDelivery();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
}
