/**
 * A device's signed word on which roster it knows. Devices that were shown different ones notice it
 * by this; without the signature anybody in the commons could start a false alarm.
 */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { limits } from '$lib/protocol/limits.ts';
import { isActive, type RosterCrypto, type RosterDevice } from '$lib/protocol/roster/roster.ts';
import type { Signer } from '../crypto/signer.ts';

export const chainProof = z.object({
	length: z.int().check(z.positive(), z.lte(limits.maxRosterRecords)),
	/** Hash of the newest record. */
	head: z.string().check(z.maxLength(64)),
	signature: z.string().check(z.maxLength(128))
});
export type ChainProof = z.infer<typeof chainProof>;

type Chain = Pick<ChainProof, 'length' | 'head'>;

const bytesOf = (workspace: WorkspaceId, { length, head }: Chain) =>
	utf8ToBytes(`tongxin.chain.1\n${workspace}\n${length}\n${head}`);

export async function proveChain(
	workspace: WorkspaceId,
	{ length, head }: Chain,
	signer: Signer
): Promise<ChainProof> {
	const signature = await signer.sign(bytesOf(workspace, { length, head }));
	return { length, head, signature: bytesToBase64Url(signature) };
}

export async function isProven(
	workspace: WorkspaceId,
	proof: ChainProof,
	device: RosterDevice | undefined,
	crypto: RosterCrypto
): Promise<boolean> {
	const signature = base64UrlToBytes(proof.signature);
	if (!device || !isActive(device) || !signature) return false;
	return crypto.verify(device.signKey, bytesOf(workspace, proof), signature);
}
