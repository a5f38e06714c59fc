/**
 * Which versions of the ledgers this device has shown to this member: state vectors, in this browser.
 * They tell how many changes there were and by how many devices, nothing of what they said.
 */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { parseJson } from '$lib/base/json.ts';
import type { RoomId } from '$lib/base/ids.ts';
import type { StoredChoice } from '$lib/state/storedChoice.ts';

export interface SeenVersions {
	/** ISO instant at which it was last noted; null on a device that has noted nothing yet. */
	readonly since: () => string | null;
	/** Null for a document of which nothing was ever shown here. */
	of(room: RoomId): Uint8Array | null;
	/** A document is here for the first time: what it holds is the beginning, not news. */
	meet(room: RoomId, version: Uint8Array, nowMs: number): void;
	/** These versions have been shown. */
	note(versions: ReadonlyMap<RoomId, Uint8Array>, nowMs: number): void;
}

const shape = z.object({
	since: z.string().check(z.maxLength(40)),
	rooms: z.record(z.string(), z.string())
});
type Seen = z.infer<typeof shape>;

function read(stored: StoredChoice): Seen | null {
	const parsed = shape.safeParse(parseJson(utf8ToBytes(stored.read() ?? '')));
	return parsed.success ? parsed.data : null;
}

export function createSeenVersions(stored: StoredChoice): SeenVersions {
	let seen = read(stored);

	/** On top of what another tab may have noted meanwhile. */
	function keep(versions: ReadonlyMap<RoomId, Uint8Array>, nowMs: number, isVisit: boolean) {
		const known = read(stored) ?? seen;
		const fresh = [...versions].map(([room, version]) => [room, bytesToBase64Url(version)]);
		const rooms = { ...known?.rooms, ...(Object.fromEntries(fresh) as Seen['rooms']) };
		const now = new Date(nowMs).toISOString();
		seen = { since: isVisit ? now : (known?.since ?? now), rooms };
		stored.write(JSON.stringify(seen));
	}

	return {
		since: () => seen?.since ?? null,
		of(room) {
			const text = seen && Object.hasOwn(seen.rooms, room) ? seen.rooms[room]! : null;
			return text === null ? null : base64UrlToBytes(text);
		},
		meet: (room, version, nowMs) => keep(new Map([[room, version]]), nowMs, false),
		note: (versions, nowMs) => keep(versions, nowMs, true)
	};
}
