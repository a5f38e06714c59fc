/** A short name for exactly this text: two texts with the same one are the same. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';

/** SHA-256 as base64url, 43 characters. At once, so that a document can be judged while it is read. */
export const fingerprintOf = (text: string): string => bytesToBase64Url(sha256(utf8ToBytes(text)));
