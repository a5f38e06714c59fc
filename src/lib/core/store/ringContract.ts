/** What every adapter of RingStore must do; each adapter's test runs it in one line. */
import { expect, it } from 'vitest';
import { newRoomId } from '$lib/base/ids.ts';
import type { RingRow, RingStore } from './ringStore.ts';

export interface RingHarness {
	readonly ring: RingStore;
	/** The same disk, seen by the next process or another tab. */
	restart(): Promise<RingStore>;
}

const row = (state: RingRow['state'], ...bytes: number[]): RingRow => ({
	room: newRoomId(),
	state,
	seen: 'hash',
	sealed: new Uint8Array(bytes)
});
const byRoom = (rows: readonly RingRow[]) => rows.toSorted((a, b) => a.room.localeCompare(b.room));

export function ringContract(createHarness: () => Promise<RingHarness>): void {
	it('D8 gives back after a restart what was put in, the last of each room', async () => {
		const { ring, restart } = await createHarness();
		const [mine, foreign] = [row('mine', 1, 2), row('foreign')];
		await ring.put(mine);
		await ring.put(foreign);
		const newer = { ...mine, sealed: new Uint8Array([3]) };
		await ring.put(newer);
		expect(byRoom(await (await restart()).load())).toEqual(byRoom([newer, foreign]));
	});

	it('D8 tells who listens that a row was put, and nobody afterwards', async () => {
		const { ring } = await createHarness();
		let calls = 0;
		const stop = ring.subscribe(() => void calls++);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(calls).toBe(0);
		const first = row('mine', 1);
		await ring.put(first);
		await expect.poll(() => calls, { timeout: 5_000 }).toBeGreaterThan(0);
		const before = calls;
		await ring.put({ ...first, sealed: new Uint8Array([2]) });
		await expect.poll(() => calls, { timeout: 5_000 }).toBeGreaterThan(before);
		stop();
		const after = calls;
		await ring.put(row('mine', 3));
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(calls).toBe(after);
	});
}
