/** A body of announced size, read whole and in time. */
import type { IncomingMessage } from 'node:http';

/** Null when it breaks off, is of another size or takes too long. */
export async function readBody(
	request: IncomingMessage,
	size: number,
	maxMs: number
): Promise<Buffer | null> {
	const timer = setTimeout(() => request.destroy(), maxMs);
	const chunks: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const chunk of request as AsyncIterable<Buffer>) {
			bytes += chunk.length;
			if (bytes > size) return null;
			chunks.push(chunk);
		}
	} catch {
		return null;
	} finally {
		clearTimeout(timer);
	}
	return bytes === size ? Buffer.concat(chunks) : null;
}
