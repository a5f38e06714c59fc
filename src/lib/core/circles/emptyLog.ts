/** Takes out of an erased room's log what stands beside the notice. */
import type * as Y from 'yjs';
import { bytesEqual } from '$lib/base/bytes.ts';
import type { DeviceId } from '$lib/base/ids.ts';
import { parseEntry } from '../crypto/entry.ts';
import { LOG_NAME } from '../rooms/room.ts';

export const entriesOf = (log: Y.Doc) => log.getArray<Uint8Array>(LOG_NAME);

const isSame = (a: unknown, b: Uint8Array) => a instanceof Uint8Array && bytesEqual(a, b);
const isBy = (bytes: unknown, author: DeviceId) => {
	const parsed = bytes instanceof Uint8Array ? parseEntry(bytes) : null;
	return parsed?.ok === true && parsed.value.header.author === author;
};

/** Something else than the notice is among them; null where none is to stand. */
export const holdMore = (entries: readonly unknown[], notice: Uint8Array | null): boolean =>
	entries.length > 1 || (entries.length === 1 && !(notice && isSame(entries[0], notice)));

export interface Emptying {
	/** Whoever comes later, by whatever way, is to find it, once; null where none is to stand. */
	readonly notice: Uint8Array | null;
	/** Only what this device wrote; null for everything. */
	readonly only: DeviceId | null;
	/** Awaited before anything is changed. */
	readonly willChange: () => Promise<void>;
}

export async function emptyLog(log: Y.Doc, { notice, only, willChange }: Emptying): Promise<void> {
	const entries = entriesOf(log);
	function plan() {
		const all: readonly unknown[] = entries.toArray();
		const kept = notice ? all.findIndex((bytes) => isSame(bytes, notice)) : -1;
		const gone = all.flatMap((bytes, i) =>
			i !== kept && (only === null || isBy(bytes, only)) ? [i] : []
		);
		return { gone, isLacking: notice !== null && kept < 0 };
	}
	const { gone, isLacking } = plan();
	if (gone.length === 0 && !isLacking) return;
	await willChange();
	log.transact(() => {
		const now = plan(); // more may have come meanwhile
		for (const i of now.gone.toReversed()) entries.delete(i, 1);
		if (notice && now.isLacking) entries.push([notice]);
	});
}
