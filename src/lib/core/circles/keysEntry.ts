/**
 * A keys entry: one epoch of a circle room's key, in an age file for the devices and kits of its
 * audience, in the room's own log. Here it is made, opened and judged by itself; what several of
 * them come to is roomRing.ts. Rules are numbered K… in SPEC.md.
 */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import type { DeviceId } from '$lib/base/ids.ts';
import { parseJson } from '$lib/base/json.ts';
import { limits } from '$lib/protocol/limits.ts';
import { writingSpanAt, type Roster, type RosterCrypto } from '$lib/protocol/roster/roster.ts';
import { KEY_BYTES } from '../crypto/aead.ts';
import { unwrap, wrapFor, type AgeIdentity } from '../crypto/age.ts';
import {
	entrySignedBytes,
	parseEntry,
	sealKeys,
	type EntryScope,
	type ParsedEntry
} from '../crypto/entry.ts';
import type { Signer } from '../crypto/signer.ts';
import type { Cover } from './circle.ts';
import { signedStatement, verifyStatement, type StatementRefusal } from './statement.ts';

const secret = z
	.string()
	.check(z.refine((text) => base64UrlToBytes(text)?.length === KEY_BYTES, 'expected a key'));
const epoch = z.int().check(z.gte(1), z.lte(1_000_000));
const epochKey = z.object({ epoch, key: secret });

const payload = z.object({
	v: z.literal(1),
	statement: signedStatement,
	epoch,
	key: secret,
	/** Keys of former epochs, and rivals of the same one: what is sealed with them stays readable. */
	former: z.array(epochKey).check(z.maxLength(2_000)),
	/** Device ids and `kit:<signing key>`: whom this entry is wrapped for. */
	covers: z.array(z.string().check(z.maxLength(64))).check(z.maxLength(2_000)),
	/** What the document is called, changed by anybody in the circle; the highest turn stands. */
	label: z.object({
		turn: z.int().check(z.gte(0), z.lte(1_000_000)),
		title: z.string().check(z.maxLength(400)),
		trashed: z.boolean()
	})
});
export type KeysPayload = z.infer<typeof payload>;

/** Opened with one of this device's identities, and held to all that does not change any more. */
export const openedKeys = z.object({
	/** SHA-256 of the entry: tells two apart, and decides between them. */
	hash: z.string(),
	author: z.string(),
	rosterLength: z.int(),
	payload
});
export type OpenedKeys = z.infer<typeof openedKeys>;

/** One that is not for this device: all that is known of it. */
export const closedKeys = z.object({ hash: z.string(), author: z.string(), epoch: z.int() });
export type ClosedKeys = z.infer<typeof closedKeys>;

export type KeysRefusal =
	| StatementRefusal
	| 'malformed'
	| 'unknown-format'
	| 'unknown-author'
	| 'not-a-writer'
	| 'retired-author'
	| 'bad-signature';

export type KeysVerdict =
	| { readonly kind: 'opened'; readonly keys: OpenedKeys }
	| { readonly kind: 'closed'; readonly keys: ClosedKeys }
	| { readonly kind: 'waiting' }
	| { readonly kind: 'refused'; readonly reason: KeysRefusal };

const refused = (reason: KeysRefusal) => ({ kind: 'refused', reason }) as const;

export async function sealKeysEntry(
	scope: EntryScope,
	author: { readonly device: DeviceId; readonly signer: Signer; readonly rosterLength: number },
	value: Omit<KeysPayload, 'v' | 'covers'>,
	covers: readonly Cover[]
): Promise<Uint8Array<ArrayBuffer>> {
	const full: KeysPayload = { ...value, v: 1, covers: covers.map(({ name }) => name) };
	const file = await wrapFor(
		covers.map(({ recipient }) => recipient),
		utf8ToBytes(JSON.stringify(full))
	);
	const { device, signer, rosterLength } = author;
	return sealKeys(scope, { epoch: value.epoch, rosterLength, author: device }, file, signer);
}

export const hashOf = async (bytes: Uint8Array, { sha256 }: RosterCrypto): Promise<string> =>
	bytesToBase64Url(await sha256(new Uint8Array(bytes)));

export interface KeysReader {
	readonly roster: Roster;
	readonly identities: readonly AgeIdentity[];
	readonly crypto: RosterCrypto;
}

/** Author and signature, before anything is unwrapped. Null when there is nothing against it. */
export async function judgeOutside(
	scope: EntryScope,
	entry: ParsedEntry,
	{ roster, crypto }: Pick<KeysReader, 'roster' | 'crypto'>
): Promise<Exclude<KeysVerdict, { kind: 'opened' | 'closed' }> | null> {
	const { author: name, rosterLength } = entry.header;
	// No roster grows that long: such an entry would wait for ever.
	if (rosterLength > limits.maxRosterRecords) return refused('malformed');
	const author = roster.devices.get(name);
	const isAhead = rosterLength > roster.length;
	if (!author) return isAhead ? { kind: 'waiting' } : refused('unknown-author');
	if (!(await crypto.verify(author.signKey, entrySignedBytes(scope, entry), entry.signature)))
		return refused('bad-signature');
	// Who was taken out does not come back, however long a roster he speaks of.
	if (isAhead && author.retired !== null) return refused('retired-author');
	if (isAhead) return { kind: 'waiting' };
	if (writingSpanAt(author, rosterLength)) return null;
	const isOver = author.writes.some(({ to }) => to !== null && rosterLength > to);
	return refused(isOver ? 'retired-author' : 'not-a-writer');
}

export async function readKeysEntry(
	scope: EntryScope,
	bytes: Uint8Array,
	reader: KeysReader
): Promise<KeysVerdict> {
	const parsed = parseEntry(bytes);
	if (!parsed.ok) return refused(parsed.error);
	const against = await judgeOutside(scope, parsed.value, reader);
	if (against) return against;
	let plain: Uint8Array | null = null;
	for (const identity of reader.identities)
		plain ??= await unwrap(identity, parsed.value.ciphertext);
	const { header } = parsed.value;
	const { author, rosterLength, epoch: of } = header;
	const hash = await hashOf(bytes, reader.crypto);
	if (!plain) return { kind: 'closed', keys: { hash, author, epoch: of } };
	const content = payload.safeParse(parseJson(plain));
	if (!content.success || content.data.epoch !== of) return refused('malformed-keys');
	const { statement } = content.data;
	const stated = await verifyStatement(statement, scope, reader.roster, reader.crypto);
	if (!stated.ok) return refused(stated.error);
	// What the creator knew of the roster when stating it cannot be news to whoever passes it on.
	if (stated.value.rosterLength > rosterLength) return refused('not-the-creators-word');
	return { kind: 'opened', keys: { hash, author, rosterLength, payload: content.data } };
}
