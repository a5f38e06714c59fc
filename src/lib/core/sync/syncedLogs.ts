/** Logs that are open on this device, each stored and in step with the relay, shared by their users. */
import type { RoomId } from '$lib/base/ids.ts';
import type { RoomLogs, StoredLog } from '../store/roomLogs.ts';
import { whenTrue } from '../whenTrue.ts';
import { createRoomSync, type RoomSync } from './roomSync.ts';
import type { ChannelSource } from './virtualSocket.ts';

export interface SyncedLog {
	readonly stored: StoredLog;
	readonly sync: RoomSync;
	/** To be awaited before an own entry is appended: whoever dies after it sends it next time. */
	willChange(): Promise<void>;
	release(): void;
}

export interface SyncedLogs {
	acquire(room: RoomId): Promise<SyncedLog>;
	open(): readonly SyncedLog[];
	/** Every delivery counts as undone; logs that are open then say so themselves. */
	forgetDelivery(): void;
	/** Has the store say it of all the others. */
	markRest(): Promise<void>;
	/** Calls back after any change of what is stored, synced or delivered. */
	subscribe(listener: () => void): () => void;
}

/** How long a closed room that is not delivered yet stays connected; later it is caught up. */
const LINGER_MS = 10_000;

interface Started {
	readonly stored: StoredLog;
	readonly sync: RoomSync;
	readonly willChange: () => Promise<void>;
	readonly stop: () => void;
}

interface Shared {
	uses: number;
	readonly ready: Promise<Started>;
}

export function createSyncedLogs(
	logs: RoomLogs,
	source: ChannelSource,
	mayWrite: boolean
): SyncedLogs {
	const shared = new Map<RoomId, Shared>();
	const ready = new Map<RoomId, SyncedLog>();
	const listeners = new Set<() => void>();
	const notify = () => listeners.forEach((listener) => listener());
	/** From a lost delivery until the store knows of it: the rooms whose own mark counts. */
	let told: Set<RoomId> | null = null;

	/** Opened in between: it would take what the store says of it for true. */
	async function tell(room: RoomId) {
		if (!mayWrite || !told || told.has(room)) return;
		await logs.markUnsent(room, true);
		told?.add(room);
	}

	async function start(room: RoomId): Promise<Started> {
		await tell(room).catch(() => undefined); // a full disk: the store is to say so of all
		const stored = await logs.open(room);
		const unsent = (await logs.unsent()).includes(room);
		const sync = createRoomSync(room, stored.log, source, unsent, mayWrite);
		let marked = unsent;
		const remember = () => {
			// Who may not write now sends nothing, and knows nothing of what was left unsent before.
			if (!mayWrite) return notify();
			const isUnsent = !sync.state.current().delivered;
			// On a full disk the mark is as lost as the words; both are tried again with the next change.
			if (isUnsent !== marked) logs.markUnsent(room, isUnsent).catch(() => (marked = !isUnsent));
			marked = isUnsent;
			notify();
		};
		const stops = [sync.state.subscribe(remember), stored.writes.subscribe(notify)];
		async function willChange() {
			if (marked) return;
			marked = true;
			// On a full disk the mark fails as the words will; they are still sent while the tab lives.
			await logs.markUnsent(room, true).catch(() => (marked = false));
		}
		return { stored, sync, willChange, stop: () => stops.forEach((stop) => stop()) };
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
			// A store that refused once may open the room the next time.
			entry.ready.catch(() => shared.get(room) === entry && shared.delete(room));
			const { stored, sync, willChange } = await entry.ready;
			let released = false;
			const synced: SyncedLog = {
				stored,
				sync,
				willChange,
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
			told = new Set(ready.keys());
			for (const { sync } of ready.values()) sync.forgetDelivery();
			for (const [room, entry] of shared) {
				if (ready.has(room)) continue;
				const forget = ({ sync }: Started) => {
					sync.forgetDelivery();
					told?.add(room);
				};
				entry.ready.then(forget, () => undefined);
			}
		},
		async markRest() {
			const before = told;
			await logs.markAllUnsent([...(before ?? ready.keys())]);
			if (told === before) told = null;
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
}
