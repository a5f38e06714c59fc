/** A key ring in memory, for tests: the rows outlive a device that "crashes". */
import type { RoomId } from '$lib/base/ids.ts';
import type { RingRow, RingStore } from './ringStore.ts';

export interface MemoryRing {
	readonly rows: ReadonlyMap<RoomId, RingRow>;
	/** As a process or another tab sees it. */
	open(): RingStore;
	/** What a process that dies now leaves behind. */
	copy(): MemoryRing;
}

export function createMemoryRing(initial: Iterable<RingRow> = []): MemoryRing {
	const rows = new Map<RoomId, RingRow>();
	for (const row of initial) rows.set(row.room, row);
	const listeners = new Set<() => void>();
	return {
		rows,
		copy: () => createMemoryRing(rows.values()),
		open: () => ({
			load: async () => [...rows.values()],
			async put(row) {
				rows.set(row.room, row);
				queueMicrotask(() => listeners.forEach((listener) => listener()));
			},
			subscribe(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			}
		})
	};
}
