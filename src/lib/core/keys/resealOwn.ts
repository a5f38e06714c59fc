/**
 * After a recovery was made anew on a longer chain (rejoin.ts), what this device wrote before names
 * a chain on which nobody had let it in: nobody would read it. It is sealed and signed again. Keys
 * and statements of circles are left alone: the ring makes them again where it needs them, and so it
 * does what says that a room is erased.
 */
import { base64UrlToBytes } from '$lib/base/bytes.ts';
import type { RoomId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import type { Roster } from '$lib/protocol/roster/roster.ts';
import { openRing } from '../circles/ring.ts';
import type { SecretKey } from '../crypto/aead.ts';
import { openEntry, parseEntry, sealEntry, type EntryScope } from '../crypto/entry.ts';
import { createSigner, type Signer } from '../crypto/signer.ts';
import { LOG_NAME } from '../rooms/room.ts';
import type { RingStore } from '../store/ringStore.ts';
import type { RoomLogs, StoredLog } from '../store/roomLogs.ts';
import { whenTrue } from '../whenTrue.ts';
import { newestGrant } from './commonsKeys.ts';
import type { DeviceKeys } from './deviceKeys.ts';

export interface ResealOptions {
	readonly keys: DeviceKeys;
	readonly roster: Roster;
	readonly logs: RoomLogs;
	readonly ring: RingStore;
}

interface KeyOfEpoch {
	readonly epoch: number;
	readonly key: SecretKey;
}

/** Of all circles: a history is sealed with its document's keys, and does not say whose it is. */
async function circleKeys({ keys, ring: store }: ResealOptions): Promise<readonly KeyOfEpoch[]> {
	const ring = await openRing(keys.workspace, keys.ringKey, store);
	const opened = ring.rooms().flatMap((room) => ring.get(room)?.opened ?? []);
	ring.close();
	return opened
		.flatMap(({ payload }) => [payload, ...payload.former])
		.map(({ epoch, key }) => ({ epoch, key: new Redacted(base64UrlToBytes(key)!) }));
}

interface Resealing extends Pick<ResealOptions, 'keys' | 'roster'> {
	readonly signer: Signer;
	readonly circles: readonly KeyOfEpoch[];
	/** The shortest chain an author of this device may name. */
	readonly from: number;
}

/** The entry as it is to be, or null: another's, in order, or one that no key here opens. */
async function resealed(
	scope: EntryScope,
	bytes: Uint8Array,
	{ keys, roster, signer, circles, from }: Resealing
): Promise<Uint8Array | null> {
	const parsed = parseEntry(bytes);
	if (!parsed.ok) return null;
	const { kind, epoch, rosterLength, author } = parsed.value.header;
	if (author !== keys.device || rosterLength >= from) return null;
	if (kind === 'keys' || kind === 'erasure') return null;
	const seal = { kind, rosterLength: roster.length, author } as const;
	const commons = keys.commons.get(epoch);
	const common = commons && (await openEntry(scope, parsed.value, commons));
	if (common?.ok) {
		const newest = newestGrant(keys.commons);
		const header = { ...seal, epoch: newest.epoch };
		return sealEntry(scope, header, common.value, newest.key, signer);
	}
	for (const circle of circles) {
		if (circle.epoch !== epoch) continue;
		const content = await openEntry(scope, parsed.value, circle.key);
		if (content.ok) return sealEntry(scope, { ...seal, epoch }, content.value, circle.key, signer);
	}
	return null;
}

/** Gives whether all of it is on the disk. */
async function resealLog({ room, log, writes }: StoredLog, resealing: Resealing) {
	const entries = log.getArray<Uint8Array>(LOG_NAME);
	const scope = { workspace: resealing.keys.workspace, room };
	const fresh = new Map<number, Uint8Array>();
	for (const [i, bytes] of entries.toArray().entries()) {
		const again = await resealed(scope, bytes, resealing);
		if (again) fresh.set(i, again);
	}
	if (fresh.size === 0) return { isChanged: false, isStored: true };
	log.transact(() => {
		for (const i of [...fresh.keys()].reverse()) entries.delete(i);
		entries.push([...fresh.values()]);
	});
	const isOver = () => writes.current().pending === 0 || writes.current().fault !== null;
	await whenTrue([writes], isOver);
	return { isChanged: true, isStored: writes.current().pending === 0 };
}

/** Before any room is open. False when the disk refused: to be done again. */
export async function resealOwn(options: ResealOptions): Promise<boolean> {
	const { keys, roster, logs } = options;
	const from = roster.devices.get(keys.device)?.writes[0]?.from;
	if (from === undefined || keys.commons.size === 0) return true;
	const [signer, circles] = [await createSigner(keys.signing), await circleKeys(options)];
	const rooms: readonly RoomId[] = await logs.rooms();
	let isAllStored = true;
	for (const room of rooms) {
		const opened = await logs.open(room);
		try {
			const done = await resealLog(opened, { keys, roster, signer, circles, from });
			if (done.isChanged) await logs.markUnsent(room, true);
			isAllStored &&= done.isStored;
		} finally {
			opened.release();
		}
	}
	return isAllStored;
}
