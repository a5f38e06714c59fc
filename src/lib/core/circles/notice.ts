/**
 * The notice that a circle's room is erased: an entry in the clear in the room's own log, by a
 * device of the creator's. It says who made the room, which its id can be checked against, so that
 * everybody can judge it when there is no key any more. Rules are numbered K… in SPEC.md.
 */
import * as z from 'zod/mini';
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import type { DeviceId } from '$lib/base/ids.ts';
import { parseJson } from '$lib/base/json.ts';
import {
	mayWrite,
	writingSpanAt,
	type Roster,
	type RosterCrypto,
	type RosterDevice
} from '$lib/protocol/roster/roster.ts';
import { parseEntry, sealErasure, type EntryScope } from '../crypto/entry.ts';
import type { Signer } from '../crypto/signer.ts';
import { judgeOutside, type KeysRefusal } from './keysEntry.ts';
import { circleRoomOf, type Statement } from './statement.ts';

const id = z.string().check(z.maxLength(64));
const body = z.object({ v: z.literal(1), creator: id, nonce: id });
/** What a room's id was made of. */
export type RoomOrigin = Pick<Statement, 'creator' | 'nonce'>;

export function sealNotice(
	scope: EntryScope,
	{ creator, nonce }: RoomOrigin,
	author: { readonly device: DeviceId; readonly signer: Signer; readonly rosterLength: number }
): Promise<Uint8Array<ArrayBuffer>> {
	const { device, signer, rosterLength } = author;
	const text = utf8ToBytes(JSON.stringify({ v: 1, creator, nonce }));
	return sealErasure(scope, { rosterLength, author: device }, text, signer);
}

export type NoticeVerdict =
	| {
			readonly kind: 'good';
			readonly by: RosterDevice;
			/** The last record its author may have known, where he may not write any more. */
			readonly ended: number | null;
	  }
	| { readonly kind: 'waiting' }
	| { readonly kind: 'refused'; readonly reason: KeysRefusal };

/** Null where it is no notice at all. */
export function readOrigin(bytes: Uint8Array): (RoomOrigin & { author: DeviceId }) | null {
	const parsed = parseEntry(bytes);
	if (!parsed.ok || parsed.value.header.kind !== 'erasure') return null;
	const content = body.safeParse(parseJson(parsed.value.ciphertext));
	return content.success ? { ...content.data, author: parsed.value.header.author } : null;
}

/** Whose word it may be, besides the creator's: a secretary's, where the room is known as restricted. */
export type AlsoBy = 'secretary' | null;

export async function readNotice(
	scope: EntryScope,
	bytes: Uint8Array,
	alsoBy: AlsoBy,
	known: { readonly roster: Roster; readonly crypto: RosterCrypto }
): Promise<NoticeVerdict> {
	const refused = (reason: KeysRefusal): NoticeVerdict => ({ kind: 'refused', reason });
	const { roster, crypto } = known;
	const parsed = parseEntry(bytes);
	if (!parsed.ok) return refused(parsed.error);
	const origin = readOrigin(bytes);
	if (!origin) return refused('malformed');
	// Cheaper than a signature, and nobody finds another origin for the same room.
	if ((await circleRoomOf(origin.creator, origin.nonce, crypto)) !== scope.room)
		return refused('not-the-creators-room');
	const against = await judgeOutside(scope, parsed.value, known);
	if (against) return against;
	const by = roster.devices.get(origin.author)!; // it was judged
	const creator = roster.devices.get(origin.creator as DeviceId);
	const isCreators = creator !== undefined && creator.member === by.member;
	if (!isCreators && by.role !== alsoBy) return refused('not-the-creators-word');
	const span = writingSpanAt(by, parsed.value.header.rosterLength);
	return { kind: 'good', by, ended: mayWrite(by) ? null : (span?.to ?? null) };
}

/**
 * Of several that hold the same one on every device: by who may still write before who may not, then
 * the lowest. `own` was believed before; when it is a secretary's, the room is known as restricted.
 */
export async function chooseNotice(
	scope: EntryScope,
	own: Uint8Array,
	others: readonly Uint8Array[],
	known: { readonly roster: Roster; readonly crypto: RosterCrypto }
): Promise<Uint8Array> {
	const isCreators = (await readNotice(scope, own, null, known)).kind === 'good';
	const alsoBy = isCreators ? null : 'secretary';
	const ranked: { bytes: Uint8Array; rank: string }[] = [];
	for (const bytes of [own, ...others]) {
		const verdict = await readNotice(scope, bytes, alsoBy, known);
		if (verdict.kind !== 'good') continue;
		const rank = `${verdict.ended === null ? 0 : 1} ${bytesToBase64Url(bytes)}`;
		ranked.push({ bytes, rank });
	}
	return ranked.toSorted((a, b) => (a.rank < b.rank ? -1 : 1))[0]?.bytes ?? own;
}
