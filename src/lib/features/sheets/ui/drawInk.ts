import { inkBox } from '$lib/base/inkBox.ts';

/** Four dots a unit: sharp on paper. */
const scale = 4;

/** A signature's path as a PNG; null where the browser cannot draw it. */
export async function drawInk(path: string): Promise<Uint8Array | null> {
	const canvas = document.createElement('canvas');
	canvas.width = inkBox.width * scale;
	canvas.height = inkBox.height * scale;
	const pen = canvas.getContext('2d');
	if (!pen) return null;
	pen.scale(scale, scale);
	pen.lineWidth = 3;
	pen.lineCap = 'round';
	pen.lineJoin = 'round';
	pen.stroke(new Path2D(path));
	const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
	return blob && new Uint8Array(await blob.arrayBuffer());
}
