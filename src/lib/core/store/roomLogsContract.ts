/** What every adapter of RoomLogs must do; each adapter's test runs it in one line. */
import { expect, it } from 'vitest';
import { newRoomId, type RoomId } from '$lib/base/ids.ts';
import type { RoomLogs, StoredLog } from './roomLogs.ts';

export interface RoomLogsHarness {
	readonly logs: RoomLogs;
	/** The same disk, seen by the next process. */
	restart(): Promise<RoomLogs>;
	/** Makes writing fail or succeed again. */
	setFull(full: boolean): void;
}

const entriesOf = ({ log }: StoredLog) => log.getArray<Uint8Array>('log').toArray();
const push = ({ log }: StoredLog, ...bytes: number[]) =>
	log.getArray('log').push([new Uint8Array(bytes)]);

async function until(condition: () => boolean) {
	await expect.poll(condition, { timeout: 5_000, interval: 5 }).toBe(true);
}

const written = (stored: StoredLog) => until(() => stored.writes.current().pending === 0);

export function roomLogsContract(createHarness: () => Promise<RoomLogsHarness>): void {
	it('D1 gives back after a restart what was written before it', async () => {
		const harness = await createHarness();
		const room = newRoomId();
		const stored = await harness.logs.open(room);
		push(stored, 1, 2);
		push(stored, 3);
		expect(stored.writes.current().pending).toBeGreaterThan(0);
		await written(stored);
		const again = await (await harness.restart()).open(room);
		expect(entriesOf(again)).toEqual([new Uint8Array([1, 2]), new Uint8Array([3])]);
	});

	it('D2 keeps rooms apart and lists them', async () => {
		const { logs } = await createHarness();
		const [a, b] = [newRoomId(), newRoomId()];
		const [first, second] = [await logs.open(a), await logs.open(b)];
		push(first, 1);
		await written(first);
		expect(entriesOf(second)).toEqual([]);
		expect(new Set(await logs.rooms())).toEqual(new Set<RoomId>([a, b]));
	});

	it('D3 remembers which rooms have something to send', async () => {
		const harness = await createHarness();
		const [a, b] = [newRoomId(), newRoomId()];
		await harness.logs.open(a);
		await harness.logs.open(b);
		await harness.logs.markUnsent(a, true);
		const logs = await harness.restart();
		expect(await logs.unsent()).toEqual([a]);
		await logs.markUnsent(a, false);
		expect(await logs.unsent()).toEqual([]);
		await logs.markAllUnsent([a]);
		expect(await logs.unsent()).toEqual([b]);
		await logs.markAllUnsent([]);
		expect(new Set(await logs.unsent())).toEqual(new Set([a, b]));
	});

	it('D4 remembers how far it has caught up', async () => {
		const harness = await createHarness();
		expect(await harness.logs.readCursor()).toBeNull();
		await harness.logs.writeCursor({ relayId: 'r', commit: 7 });
		expect(await (await harness.restart()).readCursor()).toEqual({ relayId: 'r', commit: 7 });
	});

	it('D14 remembers the relay and the newest commit it has named, before anything is caught up', async () => {
		const harness = await createHarness();
		await harness.logs.writeCursor({ relayId: 'r', commit: 0, seen: 7 });
		const logs = await harness.restart();
		expect(await logs.readCursor()).toEqual({ relayId: 'r', commit: 0, seen: 7 });
		await logs.writeCursor({ relayId: 'r', commit: 9 });
		expect(await (await harness.restart()).readCursor()).toEqual({ relayId: 'r', commit: 9 });
	});

	it('D9 remembers which rooms were sealed, and forgets a room with all it holds', async () => {
		const harness = await createHarness();
		const [room, other] = [newRoomId(), newRoomId()];
		for (const [i, id] of [room, other].entries()) {
			const stored = await harness.logs.open(id);
			push(stored, i + 1);
			await written(stored);
			stored.release();
			await harness.logs.writeSeal(id, { epoch: 2, rosterLength: 9 });
		}
		await harness.logs.drop(room);
		const logs = await harness.restart();
		expect(await logs.rooms()).toEqual([other]);
		expect(await logs.readSeal(room)).toBeNull();
		expect(await logs.readSeal(other)).toEqual({ epoch: 2, rosterLength: 9 });
		expect(entriesOf(await logs.open(room))).toEqual([]);
		expect(entriesOf(await logs.open(other))).toEqual([new Uint8Array([2])]);
	});

	it('D5 says when the disk is full, keeps the words in memory and writes them when there is room', async () => {
		const harness = await createHarness();
		const room = newRoomId();
		const stored = await harness.logs.open(room);
		harness.setFull(true);
		push(stored, 9);
		await until(() => stored.writes.current().fault === 'disk-full');
		expect(stored.writes.current().pending).toBeGreaterThan(0);
		expect(entriesOf(stored)).toHaveLength(1);
		harness.setFull(false);
		stored.retry();
		await written(stored);
		expect(stored.writes.current().fault).toBeNull();
		const again = await (await harness.restart()).open(room);
		expect(entriesOf(again)).toEqual([new Uint8Array([9])]);
	});
}
