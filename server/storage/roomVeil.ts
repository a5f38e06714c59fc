/**
 * What a room's updates lie under in the store: AES-256-CTR with a key of the room's own, which is
 * replaced together with them. SQLite overwrites what it deletes, but leaves copies of rows that it
 * has moved from page to page; a copy whose key is gone says nothing. It hides nothing from whoever
 * has the whole store: what comes in is sealed by the devices.
 */
import { createCipheriv, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const IV_BYTES = 16;

export const newRoomKey = (): Uint8Array => randomBytes(KEY_BYTES);

/** Puts it on and takes it off. A commit has one content under one key. */
export function veil(key: Uint8Array, commit: number, bytes: Uint8Array): Uint8Array {
	const iv = Buffer.alloc(IV_BYTES);
	iv.writeBigUInt64BE(BigInt(commit));
	return createCipheriv('aes-256-ctr', key, iv).update(bytes);
}
