/** Attachments in memory, for tests: the disk outlives a device that "crashes". */
import type { BlobId } from '$lib/base/ids.ts';
import type { BlobStore } from './blobStore.ts';

interface Held {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly sentTo: string | null;
}

export interface MemoryBlobs {
	/** While true nothing can be put, as on a full disk. */
	full: boolean;
	readonly held: Map<BlobId, Held>;
	/** As a process or another tab sees it. */
	open(): BlobStore;
	/** What a process that dies now leaves behind. */
	copy(): MemoryBlobs;
}

export function createMemoryBlobs(initial: Iterable<[BlobId, Held]> = []): MemoryBlobs {
	const held = new Map<BlobId, Held>(initial);
	const listeners = new Set<() => void>();
	const tell = () => queueMicrotask(() => listeners.forEach((listener) => listener()));
	const disk: MemoryBlobs = {
		full: false,
		held,
		copy: () => createMemoryBlobs(held),
		open: () => ({
			async put(id, bytes, sentTo) {
				if (disk.full) return 'disk-full';
				held.set(id, { bytes: bytes.slice(), sentTo });
				tell();
				return null;
			},
			get: async (id) => held.get(id)?.bytes.slice() ?? null,
			list: async () =>
				[...held].map(([id, { bytes, sentTo }]) => ({ id, size: bytes.length, sentTo })),
			async markSent(id, relayId) {
				const known = held.get(id);
				if (known) held.set(id, { ...known, sentTo: relayId });
				tell();
			},
			async markAllUnsent() {
				for (const [id, known] of held) held.set(id, { ...known, sentTo: null });
				tell();
			},
			async delete(id) {
				held.delete(id);
				tell();
			},
			subscribe(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			}
		})
	};
	return disk;
}
