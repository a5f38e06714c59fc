/**
 * The roster is a hash-chained list of small signed records: who is in, with which device and
 * role. A record is the exact bytes of a JSON body plus signatures over them; its hash is the
 * SHA-256 of the body. It names nobody: people's names stand in the sealed `profile`, which only
 * holders of the commons key can read. Rules are numbered R… in ../SPEC.md.
 */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, bytesToUtf8, utf8ToBytes } from '../../base/bytes.ts';
import { limits } from '../limits.ts';

const base64Url = (bytes: number) =>
	z
		.string()
		.check(z.refine((text) => base64UrlToBytes(text)?.length === bytes, `expected ${bytes} bytes`));
const blob = z.string().check(z.maxLength(4096), z.regex(/^[A-Za-z0-9_-]*$/));
const count = z.int().check(z.nonnegative());

/** 书记 secretary, 委员 officer, 观察 observer: what a device may do, not which post a person holds. */
export const roles = ['secretary', 'officer', 'observer'] as const;
export type Role = (typeof roles)[number];

const device = z.strictObject({
	signKey: base64Url(32),
	/** X25519 recipient (`age1…`) to which later circle keys are wrapped. */
	ageRecipient: z.string().check(z.regex(/^age1[a-z0-9]{20,120}$/)),
	member: base64Url(16)
});

const link = { v: z.literal(1), seq: count, at: count };

const found = z.strictObject({
	...link,
	type: z.literal('found'),
	prev: z.null(),
	device,
	/** The room of the branch document, from which all other documents are found. */
	rootRoom: base64Url(16),
	/** The first commons key, as an age file (base64url) to the founder's own recipient. */
	commons: blob,
	profile: blob
});

const invite = z.strictObject({
	...link,
	type: z.literal('invite'),
	prev: base64Url(32),
	by: base64Url(16),
	/** Ed25519 public key derived from the link's secret: whoever can sign with it holds the link. */
	inviteKey: base64Url(32),
	role: z.enum(roles),
	expiresAt: count,
	uses: z.int().check(z.positive()),
	/** The commons key, sealed with a key derived from the link's secret. */
	commons: blob
});

const claim = z.strictObject({
	...link,
	type: z.literal('claim'),
	prev: base64Url(32),
	inviteKey: base64Url(32),
	device,
	profile: blob
});

export const rosterBody = z.discriminatedUnion('type', [found, invite, claim]);
export type RosterBody = z.infer<typeof rosterBody>;
export type FoundBody = z.infer<typeof found>;
export type InviteBody = z.infer<typeof invite>;
export type ClaimBody = z.infer<typeof claim>;

const wireRecord = z.strictObject({
	body: z.string().check(z.maxLength(limits.maxRosterRecordBytes)),
	/** By the device the record is about or by. */
	signature: base64Url(64),
	/** By the invitation's key, on a claim. */
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
