/**
 * One entry of a sealed log:
 *
 *     ┌───────┬───────┬──────┬───────────┬────────────┬────────────┬───────────┐
 *     │ format│ suite │ kind │ epoch: vu │ roster: vu │ author: 16 │ nonce: 24 │  header
 *     ├───────┴───────┴──────┴───────────┴────────────┴────────────┴───────────┤
 *     │ length: vu, ciphertext (XChaCha20-Poly1305; kinds 3 and 4 see below)   │
 *     ├────────────────────────────────────────────────────────────────────────┤
 *     │ signature: 64 (Ed25519)                                                │
 *     └────────────────────────────────────────────────────────────────────────┘
 *
 * The header with workspace and room is bound twice: as associated data of the cipher and under
 * the signature, so that an entry cannot be moved to another room or given another author. Rules
 * are numbered E… in ../rooms/SPEC.md.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { base64UrlToBytes, bytesToBase64Url, concatBytes, utf8ToBytes } from '$lib/base/bytes.ts';
import {
	cryptoRandom,
	type DeviceId,
	type RandomBytes,
	type RoomId,
	type WorkspaceId
} from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { decrypt, encrypt, NONCE_BYTES, type SecretKey } from './aead.ts';
import type { Signer } from './signer.ts';

export const ENTRY_FORMAT = 1;
export const SUITE_XCHACHA_ED25519 = 1;
const AUTHOR_BYTES = 16;
const SIGNATURE_BYTES = 64;
/** Short entries are padded to a multiple of this, so that their length does not tell keystrokes. */
const PAD_TO = 32;
const PAD_BELOW = 512;

/**
 * `keys`: the room's own key in an age file. `erasure`: in the clear, that the room is no more. Both
 * belong to the ring; see ../circles.
 */
export type EntryKind = 'updates' | 'checkpoint' | 'keys' | 'erasure';
export type DocumentEntryKind = Exclude<EntryKind, 'keys' | 'erasure'>;
const kindCodes = { updates: 1, checkpoint: 2, keys: 3, erasure: 4 } as const;

const entryKinds: readonly EntryKind[] = ['updates', 'checkpoint', 'keys', 'erasure'];

export interface EntryScope {
	readonly workspace: WorkspaceId;
	readonly room: RoomId;
}

export interface EntryHeader {
	readonly kind: EntryKind;
	readonly epoch: number;
	/** How long a roster the author knew; a reader with a shorter one waits before judging. */
	readonly rosterLength: number;
	readonly author: DeviceId;
}

/** `updates`: Yjs v1 updates. `checkpoint`: one Yjs v2 update that holds the whole document. */
export interface EntryContent {
	/** Milliseconds since 1970 by the author's clock: for people to read, never for order. */
	readonly at: number;
	readonly updates: readonly Uint8Array[];
}

export interface ParsedEntry {
	readonly header: EntryHeader;
	readonly headerBytes: Uint8Array;
	readonly nonce: Uint8Array;
	readonly ciphertext: Uint8Array;
	readonly signature: Uint8Array<ArrayBuffer>;
	/** Everything before the signature. */
	readonly signedPart: Uint8Array;
}

export type EntryParseFault = 'malformed' | 'unknown-format';

function scopeBytes(purpose: string, { workspace, room }: EntryScope): Uint8Array {
	return utf8ToBytes(`${purpose}\n${workspace}\n${room}\n`);
}

const signedBytes = (scope: EntryScope, signedPart: Uint8Array) =>
	concatBytes(scopeBytes('tongxin.entry.signature.1', scope), signedPart);

const associatedData = (scope: EntryScope, headerBytes: Uint8Array) =>
	concatBytes(scopeBytes('tongxin.entry.1', scope), headerBytes);

const PLAIN = 0;
const DEFLATED = 1;
const DEFLATE_ABOVE = 2048;
/** A small entry must not unfold into more than a tab can hold. */
const MAX_CONTENT_BYTES = 128 * 1024 * 1024;

async function pipe(
	bytes: Uint8Array,
	transform: CompressionStream | DecompressionStream
): Promise<Uint8Array> {
	const reader = new Blob([bytes as Uint8Array<ArrayBuffer>])
		.stream()
		.pipeThrough(transform)
		.getReader();
	const parts: Uint8Array[] = [];
	let length = 0;
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		length += part.value.length;
		if (length > MAX_CONTENT_BYTES) throw new RangeError('content too large');
		parts.push(part.value);
	}
	return concatBytes(...parts);
}

/** Chinese text in UTF-8 shrinks to a third; short entries are not worth the wait. */
async function encodeContent(content: EntryContent): Promise<Uint8Array> {
	const plain = encodePlainContent(content);
	if (plain.length <= DEFLATE_ABOVE) return concatBytes(new Uint8Array([PLAIN]), plain);
	return concatBytes(
		new Uint8Array([DEFLATED]),
		await pipe(plain, new CompressionStream('deflate'))
	);
}

async function decodeContent(bytes: Uint8Array): Promise<EntryContent | null> {
	try {
		if (bytes[0] === PLAIN) return parsePlainContent(bytes.subarray(1));
		if (bytes[0] === DEFLATED)
			return parsePlainContent(await pipe(bytes.subarray(1), new DecompressionStream('deflate')));
	} catch {
		// not a deflate stream, or one that unfolds without end
	}
	return null;
}

function encodePlainContent({ at, updates }: EntryContent): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, at);
	encoding.writeVarUint(encoder, updates.length);
	for (const update of updates) encoding.writeVarUint8Array(encoder, update);
	const length = encoding.length(encoder);
	const padding = length < PAD_BELOW ? (PAD_TO - (length % PAD_TO)) % PAD_TO : 0;
	encoding.writeUint8Array(encoder, new Uint8Array(padding));
	return encoding.toUint8Array(encoder);
}

/** Null when it does not parse. Padding at the end is ignored. */
function parsePlainContent(plain: Uint8Array): EntryContent | null {
	try {
		const decoder = decoding.createDecoder(plain);
		const at = decoding.readVarUint(decoder);
		const count = decoding.readVarUint(decoder);
		if (count > plain.length) return null;
		const updates = Array.from({ length: count }, () => decoding.readVarUint8Array(decoder));
		return { at, updates };
	} catch {
		return null;
	}
}

function encodeHeader(header: EntryHeader, nonce: Uint8Array): Uint8Array {
	const author = base64UrlToBytes(header.author);
	if (author?.length !== AUTHOR_BYTES)
		throw new Error('broken invariant: author is not a device id');
	const encoder = encoding.createEncoder();
	encoding.writeUint8(encoder, ENTRY_FORMAT);
	encoding.writeUint8(encoder, SUITE_XCHACHA_ED25519);
	encoding.writeUint8(encoder, kindCodes[header.kind]);
	encoding.writeVarUint(encoder, header.epoch);
	encoding.writeVarUint(encoder, header.rosterLength);
	encoding.writeUint8Array(encoder, author);
	encoding.writeUint8Array(encoder, nonce);
	return encoding.toUint8Array(encoder);
}

export async function sealEntry(
	scope: EntryScope,
	header: EntryHeader & { readonly kind: DocumentEntryKind },
	content: EntryContent,
	key: SecretKey,
	signer: Signer,
	random: RandomBytes = cryptoRandom
): Promise<Uint8Array<ArrayBuffer>> {
	const nonce = random(NONCE_BYTES);
	const headerBytes = encodeHeader(header, nonce);
	const ciphertext = encrypt(
		key,
		nonce,
		associatedData(scope, headerBytes),
		await encodeContent(content)
	);
	return signEntry(scope, headerBytes, ciphertext, signer);
}

/** A keys entry: the age file stands as it is, under the author's signature. */
export function sealKeys(
	scope: EntryScope,
	header: Omit<EntryHeader, 'kind'>,
	ageFile: Uint8Array,
	signer: Signer,
	random: RandomBytes = cryptoRandom
): Promise<Uint8Array<ArrayBuffer>> {
	const headerBytes = encodeHeader({ ...header, kind: 'keys' }, random(NONCE_BYTES));
	return signEntry(scope, headerBytes, ageFile, signer);
}

/** An erasure's body stands as it is too: it is read when there is no key any more. */
export function sealErasure(
	scope: EntryScope,
	header: Pick<EntryHeader, 'rosterLength' | 'author'>,
	body: Uint8Array,
	signer: Signer,
	random: RandomBytes = cryptoRandom
): Promise<Uint8Array<ArrayBuffer>> {
	const full = { ...header, kind: 'erasure', epoch: 0 } as const;
	return signEntry(scope, encodeHeader(full, random(NONCE_BYTES)), body, signer);
}

/** Without parsing the rest: most rooms hold none, and long ones are looked through often. */
const isOfKind =
	(kind: EntryKind) =>
	(bytes: unknown): bytes is Uint8Array =>
		bytes instanceof Uint8Array && bytes[0] === ENTRY_FORMAT && bytes[2] === kindCodes[kind];
export const isKeysEntry = isOfKind('keys');
export const isErasure = isOfKind('erasure');

async function signEntry(
	scope: EntryScope,
	headerBytes: Uint8Array,
	ciphertext: Uint8Array,
	signer: Signer
): Promise<Uint8Array<ArrayBuffer>> {
	const encoder = encoding.createEncoder();
	encoding.writeUint8Array(encoder, headerBytes);
	encoding.writeVarUint8Array(encoder, ciphertext);
	const signedPart = encoding.toUint8Array(encoder);
	return concatBytes(signedPart, await signer.sign(signedBytes(scope, signedPart)));
}

function readHeader(
	decoder: decoding.Decoder
): Result<{ header: EntryHeader; nonce: Uint8Array }, EntryParseFault> {
	if (decoding.readUint8(decoder) !== ENTRY_FORMAT) return err('unknown-format');
	if (decoding.readUint8(decoder) !== SUITE_XCHACHA_ED25519) return err('unknown-format');
	const code = decoding.readUint8(decoder);
	const kind = entryKinds.find((name) => kindCodes[name] === code);
	if (!kind) return err('unknown-format');
	const epoch = decoding.readVarUint(decoder);
	const rosterLength = decoding.readVarUint(decoder);
	const author = bytesToBase64Url(decoding.readUint8Array(decoder, AUTHOR_BYTES)) as DeviceId;
	const nonce = decoding.readUint8Array(decoder, NONCE_BYTES);
	if (nonce.length !== NONCE_BYTES) return err('malformed');
	return ok({ header: { kind, epoch, rosterLength, author }, nonce });
}

export function parseEntry(bytes: Uint8Array): Result<ParsedEntry, EntryParseFault> {
	try {
		const decoder = decoding.createDecoder(bytes);
		const head = readHeader(decoder);
		if (!head.ok) return head;
		const headerBytes = bytes.subarray(0, decoder.pos);
		const length = decoding.readVarUint(decoder);
		if (length !== bytes.length - decoder.pos - SIGNATURE_BYTES) return err('malformed');
		const ciphertext = decoding.readUint8Array(decoder, length);
		const signedPart = bytes.subarray(0, decoder.pos);
		const signature = new Uint8Array(bytes.subarray(decoder.pos));
		return ok({ ...head.value, headerBytes, ciphertext, signature, signedPart });
	} catch {
		return err('malformed');
	}
}

/** The bytes the author signed, with the room it was meant for. */
export const entrySignedBytes = (scope: EntryScope, entry: ParsedEntry) =>
	signedBytes(scope, entry.signedPart);

export async function openEntry(
	scope: EntryScope,
	entry: ParsedEntry,
	key: SecretKey
): Promise<Result<EntryContent, 'bad-ciphertext' | 'bad-content'>> {
	const plain = decrypt(
		key,
		entry.nonce,
		associatedData(scope, entry.headerBytes),
		entry.ciphertext
	);
	if (!plain) return err('bad-ciphertext');
	const content = await decodeContent(plain);
	return content ? ok(content) : err('bad-content');
}
