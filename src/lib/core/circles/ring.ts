/**
 * The key ring: what this device has opened of circle rooms, in memory and, sealed, on the disk.
 * Several tabs share the disk: what another one puts in is taken up.
 */
import * as z from 'zod/mini';
import { bytesEqual, utf8ToBytes } from '$lib/base/bytes.ts';
import type { RoomId, WorkspaceId } from '$lib/base/ids.ts';
import { parseJson } from '$lib/base/json.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { openBox, sealBox, type SecretKey } from '../crypto/aead.ts';
import type { RingRow, RingStore } from '../store/ringStore.ts';
import { closedKeys, openedKeys, type ClosedKeys, type OpenedKeys } from './keysEntry.ts';

export interface RingEntry {
	readonly state: RingRow['state'];
	readonly seen: string;
	readonly opened: readonly OpenedKeys[];
	readonly closed?: readonly ClosedKeys[];
	/** Of an erased room. */
	readonly notice?: Uint8Array;
}

export interface Ring {
	get(room: RoomId): RingEntry | undefined;
	rooms(): readonly RoomId[];
	/** In memory at once; resolves when it is stored. */
	put(room: RoomId, entry: RingEntry): Promise<void>;
	/** The room that changed last, with a number that grows. */
	readonly changed: Observable<{ readonly count: number; readonly room: RoomId | null }>;
	close(): void;
}

const content = z.object({ opened: z.array(openedKeys), closed: z.array(closedKeys) });
type Content = z.infer<typeof content>;
const nothing: Content = { opened: [], closed: [] };

const joinByHash = <T extends { readonly hash: string }>(a: readonly T[], b: readonly T[]): T[] => [
	...new Map([...a, ...b].map((keys) => [keys.hash, keys])).values()
];

export async function openRing(
	workspace: WorkspaceId,
	key: SecretKey,
	store: RingStore
): Promise<Ring> {
	const entries = new Map<RoomId, RingEntry>();
	const stored = new Map<RoomId, RingRow>();
	const changed = createSource<{ count: number; room: RoomId | null }>({ count: 0, room: null });
	const aad = (room: RoomId) => utf8ToBytes(`tongxin.ring.1\n${workspace}\n${room}`);

	function open({ room, state, sealed }: RingRow): Content {
		const plain = state === 'mine' ? openBox(key, aad(room), sealed) : null;
		const parsed = plain ? content.safeParse(parseJson(plain)) : null;
		return parsed?.success ? parsed.data : nothing;
	}

	function rowOf(room: RoomId, { state, seen, opened, closed = [], notice }: RingEntry): RingRow {
		const plain = utf8ToBytes(JSON.stringify({ opened, closed }));
		const sealed = state === 'mine' ? sealBox(key, aad(room), plain) : (notice ?? new Uint8Array());
		return { room, state, seen, sealed };
	}

	function hold(room: RoomId, entry: RingEntry) {
		entries.set(room, entry);
		changed.set({ count: changed.current().count + 1, room });
	}

	/** What two tabs opened of one room is kept together, except where one of them has deleted it. */
	function takeUp(row: RingRow) {
		const known = stored.get(row.room);
		if (known && known.state === row.state && bytesEqual(known.sealed, row.sealed)) return;
		stored.set(row.room, row);
		const { state, seen } = row;
		const own = state === 'mine' ? (entries.get(row.room) ?? nothing) : nothing;
		const { opened, closed } = open(row);
		// A row that this device's key does not open is as good as none: the log has it all.
		if (state === 'mine' && opened.length === 0) return;
		hold(row.room, {
			...{ state, seen },
			opened: joinByHash(own.opened, opened),
			closed: joinByHash(own.closed ?? [], closed),
			...(state === 'erased' ? { notice: row.sealed } : {})
		});
	}

	const reload = async () => (await store.load()).forEach(takeUp);
	await reload();
	const stop = store.subscribe(() => void reload().catch(() => undefined));

	return {
		get: (room) => entries.get(room),
		rooms: () => [...entries.keys()],
		async put(room, entry) {
			const row = rowOf(room, entry);
			stored.set(room, row);
			hold(room, entry);
			await store.put(row);
		},
		changed,
		close: stop
	};
}
