/**
 * A recovery kit: 32 secret bytes that bring a member back when every device is lost. The bytes
 * are an age X25519 identity, to which keys and backups are wrapped; from them a signing key is
 * derived, under which the roster lets the member's new device in. Knows neither vault nor roster.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import {
	cryptoRandom,
	parseWorkspaceId,
	type RandomBytes,
	type WorkspaceId
} from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { identityFromSeed, recipientOf, type AgeIdentity } from '../crypto/age.ts';
import { createSeedSigner, type Signer } from '../crypto/signer.ts';

const KIT_BYTES = 32;

export type KitSecret = Redacted<Uint8Array<ArrayBuffer>>;

export interface Kit {
	readonly secret: KitSecret;
	/** `AGE-SECRET-KEY-1…`: with it the stock `age` program opens a backup. */
	readonly identity: AgeIdentity;
	readonly recipient: string;
	readonly signer: Signer;
}

function signingSeed(secret: KitSecret): KitSecret {
	const info = utf8ToBytes('tongxin.kit.1 sign');
	return new Redacted(new Uint8Array(hkdf(sha256, secret.reveal(), undefined, info, 32)));
}

/** Takes exactly 32 bytes; the parsers below and kitFromWords see to that. */
export async function kitFromSecret(secret: KitSecret): Promise<Kit> {
	if (secret.reveal().length !== KIT_BYTES)
		throw new Error('broken invariant: a kit is made of 32 bytes');
	const identity = await identityFromSeed(secret);
	return {
		secret,
		identity,
		recipient: await recipientOf(identity),
		signer: await createSeedSigner(signingSeed(secret))
	};
}

export const createKit = (random: RandomBytes = cryptoRandom): Promise<Kit> =>
	kitFromSecret(new Redacted(random(KIT_BYTES)));

/** The line `AGE-SECRET-KEY-1…` as typed or pasted: any case, with spaces or line breaks. */
export async function kitFromIdentity(text: string): Promise<Kit | null> {
	const { bech32 } = await import('@scure/base');
	const line = text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
	const decoded = bech32.decodeUnsafe(line);
	const bytes = decoded && bech32.fromWordsUnsafe(decoded.words);
	if (decoded?.prefix !== 'age-secret-key-' || !bytes || bytes.length !== KIT_BYTES) return null;
	return kitFromSecret(new Redacted(new Uint8Array(bytes)));
}

/** Stands in the paper's QR code. The secret is in the fragment and so reaches no server. */
export const kitLink = (origin: string, workspace: WorkspaceId, { secret }: Kit): string =>
	`${origin}/restore#${workspace}.${bytesToBase64Url(secret.reveal())}`;

/** Takes the whole link or just what stands behind its `#`; null when it is not a kit's. */
export function parseKitLink(link: string): { workspace: WorkspaceId; secret: KitSecret } | null {
	const text = link.trim();
	// An invitation has the same two parts: taken for a kit it would only fail later.
	if (text.includes('#') && !/\/restore\/?#/.test(text)) return null;
	const [workspaceText = '', secretText = '', ...rest] = text
		.slice(text.indexOf('#') + 1)
		.split('.');
	const workspace = parseWorkspaceId(workspaceText);
	const secret = base64UrlToBytes(secretText);
	if (!workspace || secret?.length !== KIT_BYTES || rest.length > 0) return null;
	return { workspace, secret: new Redacted(secret) };
}

/** What a person types beside the 24 characters; the relay finds the workspace by it. */
export const workspaceCode = (workspace: WorkspaceId): string => workspace.slice(0, 8);
