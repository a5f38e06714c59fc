/**
 * The roster is a hash-chained list of small signed records: who is in, with which device and
 * role. A record is the exact bytes of a JSON body plus signatures over them; its hash is the
 * SHA-256 of the body. It names nobody: people's names stand in the sealed `profile`, which only
 * holders of the commons key can read. Rules are numbered R… in
 * src/lib/core/roster/SPEC.md.
 */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, bytesToUtf8, utf8ToBytes } from '../../base/bytes.ts';
import { limits } from '../limits.ts';

/**
 * Base64url of so many bytes, by its spelling alone: a chain has ten of these a record, and decoding
 * them to look took longer than all else but the signatures. The last character of a length that
 * is not a multiple of 3 has bits to spare, which must be 0.
 */
function base64Url(bytes: 16 | 32 | 64) {
	const [chars, last] = bytes === 32 ? [42, 'AEIMQUYcgkosw048'] : [bytes === 16 ? 21 : 85, 'AQgw'];
	return z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${chars}}[${last}]$`)));
}
const blob = z.string().check(z.maxLength(limits.maxRosterBlobChars), z.regex(/^[A-Za-z0-9_-]*$/));
const count = z.int().check(z.nonnegative());
/** X25519 in bech32; whether its checksum holds shows when something is sealed to it. */
const recipient = z.string().check(z.regex(/^age1[02-9ac-hj-np-z]{58}$/));

const key = base64Url(32);
const id = base64Url(16);

/** 书记 secretary, 委员 officer, 观察 observer: what a person may do, not which post he holds. */
export const roles = ['secretary', 'officer', 'observer'] as const;
export type Role = (typeof roles)[number];

const device = z.strictObject({
	signKey: key,
	/** X25519 recipient (`age1…`) to which later circle keys are wrapped. */
	ageRecipient: recipient,
	member: id
});

const start = { v: z.literal(1), seq: count, at: count };
const link = { ...start, prev: key };
/** Written by a device that is in; everything but founding, claiming and recovering. */
const act = { ...link, by: id };

const found = z.strictObject({
	...start,
	type: z.literal('found'),
	prev: z.null(),
	device,
	/** The room of the branch document, from which all other documents are found. */
	rootRoom: id,
	/** The first commons key, as an age file (base64url) to the founder's own recipient. */
	commons: blob,
	profile: blob
});

const kit = z.strictObject({
	...act,
	type: z.literal('kit'),
	/** Both derived from the secret on the paper. */
	signKey: key,
	recipient,
	/** The newest commons key, as an age file to the kit. */
	commons: blob
});

const invite = z.strictObject({
	...act,
	type: z.literal('invite'),
	/** Ed25519 public key derived from the link's secret: whoever can sign with it holds the link. */
	inviteKey: key,
	role: z.enum(roles),
	expiresAt: count,
	uses: z.int().check(z.positive()),
	/** The newest commons key, sealed with a key derived from the link's secret; not with `approval`. */
	commons: z.optional(blob),
	/** Derived from the link's secret, for keys that come after this record. */
	recipient: z.optional(recipient),
	/** Whoever claims it waits for `admit`. */
	approval: z.optional(z.literal(true)),
	/** Whom it is for: the author himself (a further device), or somebody not in yet. */
	member: z.optional(id)
});

const revoke = z.strictObject({ ...act, type: z.literal('revoke'), inviteKey: key });

const claim = z.strictObject({
	...link,
	type: z.literal('claim'),
	inviteKey: key,
	device,
	/** Sealed with the commons key; where that is not known yet, an age file to the secretaries. */
	profile: blob
});

const admit = z.strictObject({
	...act,
	type: z.literal('admit'),
	device: id,
	/** The newest commons key, as an age file to the device. */
	commons: blob,
	profile: blob
});

const role = z.strictObject({
	...act,
	type: z.literal('role'),
	member: id,
	role: z.enum(roles),
	/** May read the `restricted` circle, as a secretary always may. */
	restricted: z.boolean()
});

const MAX_RETIRED_AT_ONCE = 64;

const retire = z.strictObject({
	...act,
	type: z.literal('retire'),
	devices: z.array(id).check(z.minLength(1), z.maxLength(MAX_RETIRED_AT_ONCE)),
	/** The recovery kit that one of them made is known to be in good hands. */
	keepKit: z.optional(z.literal(true))
});

const rotate = z.strictObject({
	...act,
	type: z.literal('rotate'),
	epoch: z.int().check(z.gt(1)),
	/** The new commons key, as an age file to every device, kit and open invitation. */
	commons: blob,
	/** The former key under the new one: the newest key opens them all, back along the chain. */
	previous: blob
});

const recover = z.strictObject({
	...link,
	type: z.literal('recover'),
	kitKey: key,
	device,
	profile: blob
});

export const rosterBody = z.discriminatedUnion('type', [
	found,
	kit,
	invite,
	revoke,
	claim,
	admit,
	role,
	retire,
	rotate,
	recover
]);
export type RosterBody = z.infer<typeof rosterBody>;
export type BodyOf<Type extends RosterBody['type']> = Extract<RosterBody, { type: Type }>;
export type FoundBody = BodyOf<'found'>;
export type InviteBody = BodyOf<'invite'>;
export type ClaimBody = BodyOf<'claim'>;

const wireRecord = z.strictObject({
	body: z.string().check(z.maxLength(limits.maxRosterRecordBytes)),
	/** By the device the record is about or by. */
	signature: base64Url(64),
	/** By the invitation's key on a claim, by the kit's key on a kit and a recovery. */
	proof: z.optional(base64Url(64))
});
export type RosterRecord = z.infer<typeof wireRecord>;

export interface ParsedRecord {
	readonly body: RosterBody;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

export const parseRosterRecords = (input: unknown): RosterRecord[] | null => {
	const parsed = z.array(wireRecord).safeParse(input);
	return parsed.success ? parsed.data : null;
};

/** Null when the body is not JSON of a record kind this version knows. */
export function parseRosterBody(record: RosterRecord): ParsedRecord | null {
	const bytes = base64UrlToBytes(record.body);
	if (!bytes) return null;
	try {
		const parsed = rosterBody.safeParse(JSON.parse(bytesToUtf8(bytes)));
		return parsed.success ? { body: parsed.data, bytes } : null;
	} catch {
		return null;
	}
}

export const encodeRosterBody = (body: RosterBody): Uint8Array<ArrayBuffer> =>
	utf8ToBytes(JSON.stringify(body));

type Sign = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

export async function signRecord(
	body: RosterBody,
	sign: Sign,
	prove?: Sign
): Promise<RosterRecord> {
	const bytes = encodeRosterBody(body);
	return {
		body: bytesToBase64Url(bytes),
		signature: bytesToBase64Url(await sign(bytes)),
		...(prove ? { proof: bytesToBase64Url(await prove(bytes)) } : {})
	};
}
