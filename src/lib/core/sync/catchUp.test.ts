import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newRoomId, type RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import { createMemoryDisk, createMemoryRoomLogs } from '../store/memoryRoomLogs.ts';
import { createCatchUp } from './catchUp.ts';
import type { Hello } from './relayLink.ts';
import type { RoomSyncState } from './roomSync.ts';
import type { SyncedLog, SyncedLogs } from './syncedLogs.ts';

const hello = (commit: number): Hello => ({
	type: 'hello',
	relayId: 'r',
	commit,
	rosterLength: 1,
	receipts: []
});

/** Rooms that come in step only when told to, and can refuse to open. */
function createFakes() {
	const disk = createMemoryDisk();
	const asked: RoomId[] = [];
	const broken = new Set<RoomId>();
	const states = new Map<RoomId, ReturnType<typeof createSource<RoomSyncState>>>();
	const synced: SyncedLogs = {
		open: () => [],
		forgetDelivery: () => {},
		subscribe: () => () => {},
		async acquire(room) {
			asked.push(room);
			if (broken.has(room)) throw new Error('the store refuses');
			const state = createSource<RoomSyncState>({
				synced: false,
				delivered: true,
				commit: 0,
				refused: null
			});
			states.set(room, state);
			const writes = createSource({ pending: 0, fault: null });
			return {
				stored: { room, writes },
				sync: { state },
				release: () => void released.push(room)
			} as unknown as SyncedLog;
		}
	};
	const confirmed: number[] = [];
	const released: RoomId[] = [];
	const arrivals = { seen: [] as RoomId[], fails: false, gate: Promise.resolve() };
	const catchUp = createCatchUp(
		createMemoryRoomLogs(disk),
		synced,
		(_relay, commit) => confirmed.push(commit),
		async (room) => {
			arrivals.seen.push(room);
			await arrivals.gate;
			if (arrivals.fails) throw new Error('the ring refuses');
		}
	);
	const arrive = (room: RoomId) =>
		states.get(room)!.set({ synced: true, delivered: true, commit: 1, refused: null });
	return { disk, asked, broken, catchUp, confirmed, arrive, arrivals, released };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('catching up', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('C5 C6 does not take news for the answer to its question', async () => {
		const { catchUp, confirmed, arrive } = createFakes();
		const [old, fresh] = [newRoomId(), newRoomId()];
		await catchUp.onHello(hello(50), () => {});
		catchUp.onChanged(51, [fresh], false);
		await pass(1);
		arrive(fresh);
		await pass(200);
		expect(confirmed).toEqual([]);
		catchUp.onChanged(51, [old], true);
		await pass(1);
		arrive(old);
		await pass(200);
		expect(confirmed.at(-1)).toBe(51);
	});

	it('C8 confirms nothing past a room it could not fetch, and fetches it later', async () => {
		const { catchUp, confirmed, broken, asked, arrive } = createFakes();
		const [bad, good] = [newRoomId(), newRoomId()];
		broken.add(bad);
		await catchUp.onHello(hello(7), () => {});
		catchUp.onChanged(7, [bad], true);
		await pass(200);
		catchUp.onChanged(8, [good], false);
		await pass(1);
		arrive(good);
		await pass(200);
		expect(confirmed).toEqual([]);
		broken.clear();
		await pass(31_000);
		expect(asked.filter((room) => room === bad)).toHaveLength(2);
		arrive(bad);
		await pass(200);
		expect(confirmed.at(-1)).toBe(8);
	});

	it('K8 has the room looked at before it is let go, and again when that failed', async () => {
		const { catchUp, confirmed, arrive, arrivals, released } = createFakes();
		const room = newRoomId();
		let open = () => {};
		arrivals.gate = new Promise((resolve) => (open = resolve));
		arrivals.fails = true;
		await catchUp.onHello(hello(3), () => {});
		catchUp.onChanged(3, [room], true);
		await pass(1);
		arrive(room);
		await pass(100);
		expect([arrivals.seen, released]).toEqual([[room], []]);
		open();
		await pass(100);
		expect([released, confirmed]).toEqual([[room], []]);
		arrivals.fails = false;
		await pass(31_000);
		arrive(room);
		await pass(200);
		expect(arrivals.seen).toEqual([room, room]);
		expect(confirmed.at(-1)).toBe(3);
	});

	it('sends everything again to a relay with another numbering', async () => {
		const { disk, catchUp, asked } = createFakes();
		const room = newRoomId();
		disk.rooms.set(room, { updates: [], unsent: false });
		disk.cursor = { relayId: 'another', commit: 3 };
		await catchUp.onHello(hello(0), () => {});
		await pass(1);
		expect(asked).toEqual([room]);
	});
});
