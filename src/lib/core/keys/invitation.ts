/**
 * An invitation link: `<origin>/join#<workspace>.<secret>`. The secret never reaches a server, as
 * it stands in the fragment. From it both sides derive a signing key, which proves possession of
 * the link, a key under which the roster record carries the commons key, and an age identity for
 * commons keys that come after the record.
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
import { openBox, sealBox } from '../crypto/aead.ts';
import { identityFromSeed, recipientOf, type AgeIdentity } from '../crypto/age.ts';
import { createSeedSigner, type Signer } from '../crypto/signer.ts';
import { encodeGrant, parseGrant, type CommonsGrant } from './commonsKeys.ts';

const SECRET_BYTES = 32;

export interface InvitationKeys {
	readonly signer: Signer;
	readonly wrapping: Redacted<Uint8Array<ArrayBuffer>>;
	readonly identity: AgeIdentity;
	readonly recipient: string;
}

export type InvitationSecret = Redacted<Uint8Array<ArrayBuffer>>;

export const createInvitationSecret = (random: RandomBytes = cryptoRandom): InvitationSecret =>
	new Redacted(random(SECRET_BYTES));

function derive(
	secret: InvitationSecret,
	workspace: WorkspaceId,
	purpose: string
): Redacted<Uint8Array<ArrayBuffer>> {
	const info = utf8ToBytes(`tongxin.invite.1 ${purpose}`);
	return new Redacted(
		new Uint8Array(hkdf(sha256, secret.reveal(), utf8ToBytes(workspace), info, 32))
	);
}

export async function deriveInvitationKeys(
	secret: InvitationSecret,
	workspace: WorkspaceId
): Promise<InvitationKeys> {
	const identity = await identityFromSeed(derive(secret, workspace, 'age'));
	return {
		signer: await createSeedSigner(derive(secret, workspace, 'sign')),
		wrapping: derive(secret, workspace, 'wrap'),
		identity,
		recipient: await recipientOf(identity)
	};
}

export const invitationLink = (
	origin: string,
	workspace: WorkspaceId,
	secret: InvitationSecret
): string => `${origin}/join#${workspace}.${bytesToBase64Url(secret.reveal())}`;

/** Takes the whole link or just what stands behind its `#`; null when it is not an invitation. */
export function parseInvitation(
	link: string
): { workspace: WorkspaceId; secret: InvitationSecret } | null {
	const [workspaceText = '', secretText = '', ...rest] = link
		.trim()
		.slice(link.trim().indexOf('#') + 1)
		.split('.');
	const workspace = parseWorkspaceId(workspaceText);
	const secret = base64UrlToBytes(secretText);
	if (!workspace || secret?.length !== SECRET_BYTES || rest.length > 0) return null;
	return { workspace, secret: new Redacted(secret) };
}

const commonsAad = (workspace: WorkspaceId) =>
	utf8ToBytes(`tongxin.invite.commons.1\n${workspace}`);

export const sealCommons = (
	{ wrapping }: InvitationKeys,
	workspace: WorkspaceId,
	grant: CommonsGrant
): string => bytesToBase64Url(sealBox(wrapping, commonsAad(workspace), encodeGrant(grant)));

export function openCommons(
	{ wrapping }: InvitationKeys,
	workspace: WorkspaceId,
	sealed: string
): CommonsGrant | null {
	const box = base64UrlToBytes(sealed);
	const plain = box && openBox(wrapping, commonsAad(workspace), box);
	return plain && parseGrant(plain);
}
