/**
 * Files sealed each to a key of its own, in pieces, so that the page goes on answering. Rules A1,
 * A2.
 */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import type { BlobId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import type { AgeIdentity } from '../crypto/age.ts';
import { createPace, piecesOfFile, streamOf, type Pace } from '../recovery/pace.ts';

export interface SealedBlob {
	readonly id: BlobId;
	readonly key: AgeIdentity;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

export async function blobIdOf(bytes: Uint8Array<ArrayBuffer>): Promise<BlobId> {
	const hash = await crypto.subtle.digest('SHA-256', bytes);
	return bytesToBase64Url(new Uint8Array(hash)) as BlobId;
}

async function* paced(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>, pace: Pace) {
	for await (const piece of pieces) {
		yield piece;
		await pace(piece.length);
	}
}

const collect = async (stream: ReadableStream<Uint8Array>) =>
	new Uint8Array(
		await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()
	);

/** Rejects when the file cannot be read. */
export async function sealBlob(file: Blob): Promise<SealedBlob> {
	const { Encrypter, generateX25519Identity, identityToRecipient } = await import('age-encryption');
	const key = new Redacted(await generateX25519Identity());
	const encrypter = new Encrypter();
	encrypter.addRecipient(await identityToRecipient(key.reveal()));
	const pieces = streamOf(paced(piecesOfFile(file), createPace({})));
	const bytes = await collect(await encrypter.encrypt(pieces));
	return { id: await blobIdOf(bytes), key, bytes };
}

/** Null when the bytes are not sealed to this key, or were changed. */
export async function openBlob(
	key: AgeIdentity,
	bytes: Uint8Array<ArrayBuffer>
): Promise<Uint8Array<ArrayBuffer> | null> {
	const { Decrypter } = await import('age-encryption');
	const decrypter = new Decrypter();
	try {
		decrypter.addIdentity(key.reveal());
		const pieces = streamOf(paced(piecesOfFile(new Blob([bytes])), createPace({})));
		return await collect(await decrypter.decrypt(pieces));
	} catch {
		return null;
	}
}
