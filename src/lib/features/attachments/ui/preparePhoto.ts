/**
 * Makes a photo fit to be kept: upright, at most 2000 px, as a JPEG drawn anew, so that place, time
 * and device that a camera writes into it are gone; and a small one for lists. What the browser
 * cannot draw stays the file it is.
 */
import { isPicture } from '$lib/core/blobs/attachmentRef.ts';
import type { PreparedFile } from '../state/FileIntake.svelte.ts';

const MAX_SIDE_PX = 2000;
const THUMB_SIDE_PX = 240;
const QUALITY = 0.85;
const THUMB_QUALITY = 0.75;
const JPEG = 'image/jpeg';
/** Drawn anew it would stand still. */
const ANIMATED = 'image/gif';

export function fittedSize(width: number, height: number, maxSide: number) {
	const scale = Math.min(1, maxSide / Math.max(width, height));
	const fit = (side: number) => Math.max(1, Math.round(side * scale));
	return { width: fit(width), height: fit(height) };
}

const PICTURE_ENDING = /\.(jpe?g|png|webp|avif|bmp|hei[cf])$/i;

/** `IMG_2023.HEIC` becomes `IMG_2023.jpg`. */
export const jpegName = (name: string): string => `${name.replace(PICTURE_ENDING, '')}.jpg`;

function draw(image: ImageBitmap, maxSide: number, quality: number): Promise<Blob | null> {
	const canvas = document.createElement('canvas');
	Object.assign(canvas, fittedSize(image.width, image.height, maxSide));
	const context = canvas.getContext('2d');
	if (!context) return Promise.resolve(null);
	// A JPEG knows no transparency: without this a drawing would stand on black.
	context.fillStyle = '#fff';
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.imageSmoothingQuality = 'high';
	context.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve) => canvas.toBlob(resolve, JPEG, quality));
}

/** HEIC is drawn by some browsers only. */
const mayBeDrawn = ({ type }: File) => isPicture(type) || /^image\/hei[cf]$/.test(type);

const asFile = (file: File): PreparedFile => ({
	file,
	meta: { name: file.name, mime: file.type, kind: 'file' }
});

export async function preparePhoto(file: File): Promise<PreparedFile> {
	if (!mayBeDrawn(file)) return asFile(file);
	const image = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
	if (!image) return asFile(file);
	try {
		const thumb = await draw(image, THUMB_SIDE_PX, THUMB_QUALITY);
		const small = thumb ? { thumb } : {};
		if (file.type === ANIMATED)
			return { file, meta: { name: file.name, mime: ANIMATED, kind: 'photo', ...small } };
		const drawn = await draw(image, MAX_SIDE_PX, QUALITY);
		if (!drawn) return asFile(file);
		const meta = { name: jpegName(file.name), mime: JPEG, kind: 'photo', ...small } as const;
		return { file: drawn, meta };
	} finally {
		image.close();
	}
}
