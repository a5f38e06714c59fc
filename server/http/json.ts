/** JSON in and out of one request, within bounds. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { err, ok, type Result } from '../../src/lib/base/result.ts';

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json');
	response.setHeader('Cache-Control', 'no-store');
	response.end(JSON.stringify(body));
}

export type BodyFault = 'too-large' | 'not-json' | 'broken-off';

/** Reads no further than `maxBytes`. */
export async function readJson(
	request: IncomingMessage,
	maxBytes: number
): Promise<Result<unknown, BodyFault>> {
	// A page of another origin cannot send this type without asking first, and is not answered.
	if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return err('not-json');
	const chunks: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const chunk of request as AsyncIterable<Buffer>) {
			bytes += chunk.length;
			if (bytes > maxBytes) return err('too-large');
			chunks.push(chunk);
		}
	} catch {
		return err('broken-off');
	}
	try {
		return ok(JSON.parse(Buffer.concat(chunks).toString('utf8')));
	} catch {
		return err('not-json');
	}
}
