import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newRoomId, type RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import {
	createMemoryDisk,
	createMemoryRoomLogs,
	type MemoryDisk
} from '../store/memoryRoomLogs.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import { createCatchUp } from './catchUp.ts';
import type { Hello } from './relayLink.ts';
import type { RoomSyncState } from './roomSync.ts';
import type { SyncedLog, SyncedLogs } from './syncedLogs.ts';

const hello = (commit: number, relayId = 'r'): Hello => ({
	type: 'hello',
	relayId,
	commit,
	rosterLength: 1,
	receipts: []
});

/** Rooms that come in step only when told to, and can refuse to open. */
function createFakes(disk = createMemoryDisk(), change: Partial<RoomLogs> = {}) {
	const logs: RoomLogs = { ...createMemoryRoomLogs(disk), ...change };
	const asked: RoomId[] = [];
	const broken = new Set<RoomId>();
	const states = new Map<RoomId, ReturnType<typeof createSource<RoomSyncState>>>();
	const synced: SyncedLogs = {
		open: () => [],
		forgetDelivery: () => {},
		markRest: () => logs.markAllUnsent([]),
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
		logs,
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
		const room = storeRoom(disk);
		disk.cursor = { relayId: 'another', commit: 3 };
		await catchUp.onHello(hello(0), () => {});
		await pass(1);
		expect(asked).toEqual([room]);
	});
});

const storeRoom = (disk: MemoryDisk, unsent = false): RoomId => {
	const room = newRoomId();
	disk.rooms.set(room, { updates: [], unsent });
	return room;
};

const unsentOn = (disk: MemoryDisk) =>
	[...disk.rooms].flatMap(([room, { unsent }]) => (unsent ? [room] : []));

/** One connection that breaks before anything is in step; gives what the relay was asked. */
async function meet(disk: MemoryDisk, ...said: Hello[]): Promise<number[]> {
	const { catchUp } = createFakes(disk);
	const questions: number[] = [];
	for (const words of said) {
		await catchUp.onHello(words, (commit) => questions.push(commit));
		catchUp.onDisconnected();
	}
	return questions;
}

/** The room is stored as sent: what an exchange that went well leaves behind. */
const send = (disk: MemoryDisk, room: RoomId) => void (disk.rooms.get(room)!.unsent = false);

describe('the relay that rooms were exchanged with', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('D14 is remembered from its first word on, and nothing is called caught up', async () => {
		const disk = createMemoryDisk();
		const { catchUp, confirmed } = createFakes(disk);
		const questions: number[] = [];
		await catchUp.onHello(hello(40), (commit) => questions.push(commit));
		expect(disk.cursor).toEqual({ relayId: 'r', commit: 0, seen: 40 });
		expect(questions).toEqual([0]);
		await pass(200);
		expect(confirmed).toEqual([]);
	});

	it('D14 gets everything again when it is another one, though nothing was ever caught up', async () => {
		const disk = createMemoryDisk();
		const [sent, received] = [storeRoom(disk, true), storeRoom(disk)];
		await meet(disk, hello(5));
		send(disk, sent);
		send(disk, received);
		expect(await meet(disk, hello(0, 'emptied'))).toEqual([0]);
		expect(unsentOn(disk)).toEqual([sent, received]);
		expect(disk.cursor).toEqual({ relayId: 'emptied', commit: 0, seen: 0 });
	});

	it('gets only what is left when the same one comes back after a broken connection', async () => {
		const disk = createMemoryDisk();
		const [sent, left] = [storeRoom(disk, true), storeRoom(disk, true)];
		await meet(disk, hello(5));
		send(disk, sent);
		expect(await meet(disk, hello(6), hello(9))).toEqual([0, 0]);
		expect(unsentOn(disk)).toEqual([left]);
		expect(disk.cursor).toEqual({ relayId: 'r', commit: 0, seen: 9 });
	});

	it('goes on with filling another one where a broken connection left off', async () => {
		const disk = createMemoryDisk();
		const [first, second] = [storeRoom(disk), storeRoom(disk)];
		disk.cursor = { relayId: 'lost', commit: 30 };
		await meet(disk, hello(0));
		send(disk, first);
		expect(await meet(disk, hello(1))).toEqual([0]);
		expect(unsentOn(disk)).toEqual([second]);
	});

	it('D14 is noticed to be set back behind what it had named, caught up or not', async () => {
		const disk = createMemoryDisk();
		const room = storeRoom(disk, true);
		await meet(disk, hello(50));
		send(disk, room);
		await meet(disk, hello(49));
		expect(unsentOn(disk)).toEqual([room]);
		send(disk, room);
		// From then on it counts anew, and may overtake its old self.
		expect(await meet(disk, hello(60))).toEqual([0]);
		expect(unsentOn(disk)).toEqual([]);
	});

	it('D14 is noticed to be set back behind news that there was no time to fetch', async () => {
		const disk = createMemoryDisk();
		disk.cursor = { relayId: 'r', commit: 6 };
		const { catchUp, broken, arrive } = createFakes(disk);
		const [room, bad] = [storeRoom(disk), newRoomId()];
		broken.add(bad);
		await catchUp.onHello(hello(7), () => {});
		catchUp.onChanged(7, [room], true);
		await pass(1);
		arrive(room);
		await pass(200);
		catchUp.onChanged(8, [bad], false);
		catchUp.close();
		expect(disk.cursor).toEqual({ relayId: 'r', commit: 7, seen: 8 });
		await meet(disk, hello(7));
		expect(unsentOn(disk)).toEqual([room]);
	});

	it('D14 is taken from the cursor alone where an older version wrote it', async () => {
		const disk = createMemoryDisk();
		const room = storeRoom(disk);
		disk.cursor = { relayId: 'r', commit: 12 };
		expect(await meet(disk, hello(12), hello(20))).toEqual([12, 12]);
		expect(unsentOn(disk)).toEqual([]);
		expect(disk.cursor).toEqual({ relayId: 'r', commit: 12, seen: 20 });
		disk.cursor = { relayId: 'r', commit: 12 };
		expect(await meet(disk, hello(11))).toEqual([0]);
		expect(unsentOn(disk)).toEqual([room]);
	});

	it('may be any when nothing is stored of it: what is here goes out', async () => {
		const disk = createMemoryDisk();
		const room = storeRoom(disk);
		await meet(disk, hello(3));
		expect(unsentOn(disk)).toEqual([room]);
	});

	it('is remembered only once the rooms are marked for it', async () => {
		const disk = createMemoryDisk();
		disk.cursor = { relayId: 'lost', commit: 3 };
		const fail = async () => {
			throw new Error('the disk is full');
		};
		const { catchUp } = createFakes(disk, { markAllUnsent: fail });
		await expect(catchUp.onHello(hello(0), () => {})).rejects.toThrow();
		expect(disk.cursor).toEqual({ relayId: 'lost', commit: 3 });
	});

	it('is not written over by an earlier one whose connection is gone', async () => {
		const disk = createMemoryDisk();
		const { catchUp } = createFakes(disk);
		const first = catchUp.onHello(hello(0, 'one'), () => {});
		const second = catchUp.onHello(hello(0, 'two'), () => {});
		await Promise.all([first, second]);
		expect(disk.cursor).toEqual({ relayId: 'two', commit: 0, seen: 0 });
	});

	it('gets what is unsent also when it cannot be remembered', async () => {
		const disk = createMemoryDisk();
		const room = storeRoom(disk, true);
		const fail = async () => {
			throw new Error('the disk is full');
		};
		const { catchUp, asked } = createFakes(disk, { writeCursor: fail });
		await catchUp.onHello(hello(0), () => {});
		await pass(1);
		expect(asked).toEqual([room]);
	});
});
