/**
 * The commons keys of all epochs. A newcomer is granted the newest one; each rotation is wrapped to
 * everybody who stays and carries the key before it, so the newest opens them all.
 */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { parseJson } from '$lib/base/json.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { FIRST_EPOCH, type Roster } from '$lib/protocol/roster/roster.ts';
import { KEY_BYTES, openBox, sealBox, type SecretKey } from '../crypto/aead.ts';
import { unwrap, wrapFor, type AgeIdentity } from '../crypto/age.ts';

export type CommonsKeys = ReadonlyMap<number, SecretKey>;

/** What lets somebody in to the commons: the newest key, and who it is meant for. */
export interface CommonsGrant {
	readonly epoch: number;
	readonly key: SecretKey;
	/** In an invitation to somebody by name. */
	readonly name?: string;
}

const grantSchema = z.object({
	epoch: z.int().check(z.gte(FIRST_EPOCH)),
	key: z.string(),
	name: z.optional(z.string().check(z.maxLength(60)))
});

const parseKey = (bytes: Uint8Array | null): SecretKey | null =>
	bytes?.length === KEY_BYTES ? new Redacted(new Uint8Array(bytes)) : null;

export const encodeGrant = ({ epoch, key, name }: CommonsGrant): Uint8Array<ArrayBuffer> =>
	utf8ToBytes(
		JSON.stringify({ epoch, key: bytesToBase64Url(key.reveal()), ...(name ? { name } : {}) })
	);

/** Also reads the bare key of the first epoch, as invitations of the first version carry it. */
export function parseGrant(plain: Uint8Array): CommonsGrant | null {
	const bare = parseKey(plain);
	if (bare) return { epoch: FIRST_EPOCH, key: bare };
	const parsed = grantSchema.safeParse(parseJson(plain));
	const key = parsed.success ? parseKey(base64UrlToBytes(parsed.data.key)) : null;
	if (!parsed.success || !key) return null;
	const { epoch, name } = parsed.data;
	return { epoch, key, ...(name === undefined ? {} : { name }) };
}

export const newestGrant = (keys: CommonsKeys): CommonsGrant => {
	const epoch = Math.max(...keys.keys());
	return { epoch, key: keys.get(epoch)! };
};

/** The newest key in an age file, as it stands in a record. */
export const wrapGrant = async (keys: CommonsKeys, recipient: string): Promise<string> =>
	bytesToBase64Url(await wrapFor([recipient], encodeGrant(newestGrant(keys))));

export async function unwrapGrant(
	identity: AgeIdentity,
	wrapped: string
): Promise<CommonsGrant | null> {
	const file = base64UrlToBytes(wrapped);
	const plain = file && (await unwrap(identity, file));
	return plain && parseGrant(plain);
}

const previousAad = (workspace: WorkspaceId, epoch: number) =>
	utf8ToBytes(`tongxin.commons.previous.1\n${workspace}\n${epoch}`);

/** The former key under the one of `epoch`. */
export const sealPrevious = (
	workspace: WorkspaceId,
	epoch: number,
	key: SecretKey,
	former: SecretKey
): string => bytesToBase64Url(sealBox(key, previousAad(workspace, epoch), former.reveal()));

/**
 * Adds to `known` every epoch's key that can be had: wrapped to one of the identities, or back
 * along the chain of rotations. The same map when there is nothing to add.
 */
export async function completeCommons(
	roster: Roster,
	known: CommonsKeys,
	identities: readonly AgeIdentity[]
): Promise<CommonsKeys> {
	const keys = new Map(known);
	for (let i = roster.rotations.length - 1; i >= 0; i--) {
		const { epoch, commons, previous } = roster.rotations[i]!;
		if (!keys.has(epoch)) {
			const file = base64UrlToBytes(commons);
			for (const identity of identities) {
				const key = parseKey(file && (await unwrap(identity, file)));
				if (key) keys.set(epoch, key);
			}
		}
		const key = keys.get(epoch);
		const box = base64UrlToBytes(previous);
		if (!key || !box || keys.has(epoch - 1)) continue;
		const former = parseKey(openBox(key, previousAad(roster.workspace, epoch), box));
		if (former) keys.set(epoch - 1, former);
	}
	return keys.size === known.size ? known : keys;
}
