/**
 * What a document keeps of an attachment: plain JSON with the secret that opens its blob. Documents
 * are sealed, so this is the only place where that secret is written down; it is never logged.
 */
import * as z from 'zod/mini';
import { parseBlobId, type BlobId } from '$lib/base/ids.ts';

export const attachmentKinds = ['photo', 'file'] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];

const MAX_NAME_CHARS = 255;
const MAX_MIME_CHARS = 127;
/** What age writes of an X25519 identity. */
const KEY = /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/;

const blobId = z.pipe(
	z.string().check(z.refine((text) => parseBlobId(text) !== null, 'expected a blob id')),
	z.transform((text) => text as BlobId)
);
const key = z.string().check(z.regex(KEY));
/** Bytes of the file before it was sealed, as its author says. */
const size = z.int().check(z.nonnegative());

const thumbRef = z.object({ id: blobId, key, size });

const attachmentRef = z.object({
	id: blobId,
	/** The age identity that opens it. */
	key,
	name: z.string().check(z.maxLength(MAX_NAME_CHARS)),
	mime: z.string().check(z.maxLength(MAX_MIME_CHARS)),
	size,
	kind: z.enum(attachmentKinds),
	/** A member's id. */
	by: z.string().check(z.maxLength(64)),
	/** ISO instant, by the clock of the device that added it. */
	at: z.string().check(z.maxLength(40)),
	thumb: z.optional(thumbRef)
});

export type AttachmentRef = Readonly<z.infer<typeof attachmentRef>>;
export type ThumbRef = Readonly<z.infer<typeof thumbRef>>;

export function parseAttachmentRef(value: unknown): AttachmentRef | null {
	const parsed = attachmentRef.safeParse(value);
	return parsed.success ? parsed.data : null;
}

/** Invisible, or able to turn the direction of what is shown, as `\u202E` makes exe.jpg of gpj.exe. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Keeps the end, where a name says what it is. */
export function attachmentName(name: string): string {
	const safe = name.toWellFormed().replace(UNSAFE, '').trim();
	return safe.length > MAX_NAME_CHARS ? safe.slice(-MAX_NAME_CHARS).toWellFormed() : safe;
}

/** Pictures that a browser draws and that carry no script. */
const PICTURES = new Set([
	'image/jpeg',
	'image/png',
	'image/gif',
	'image/webp',
	'image/avif',
	'image/bmp'
]);

export const isPicture = (mime: string): boolean => PICTURES.has(mime);

/**
 * The type under which opened bytes may be handed to the page. A colleague's `text/html` or SVG
 * would run in our origin; such files are for saving only.
 */
export const safeMime = (mime: string): string =>
	isPicture(mime) ? mime : 'application/octet-stream';
