/**
 * HEAD, PUT and GET /api/blobs/<workspace>/<id>: sealed attachments, taken in piece by piece under
 * the hash that is their name. Rules U… of the protocol.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../src/lib/base/clock.ts';
import { parseBlobId } from '../../src/lib/base/ids.ts';
import { blobHeaders, type BlobPutAnswer, type BlobRefusal } from '../../src/lib/protocol/http.ts';
import { authoriseRequest, type DoorPolicy } from '../auth/door.ts';
import { rightsFault, type Rights } from '../auth/rights.ts';
import type { RosterBook } from '../auth/rosterBook.ts';
import type { Tuning } from '../relayOptions.ts';
import type { BlobStorage } from '../storage/blobStorage.ts';
import { parseByteRange } from './byteRange.ts';
import { readBody } from './body.ts';
import { sendJson } from './json.ts';
import { createSlots } from './slots.ts';

export interface BlobEndpointOptions {
	readonly storage: BlobStorage;
	readonly policy: DoorPolicy;
	readonly rosters: Pick<RosterBook, 'get' | 'cached'>;
	readonly clock: Clock;
	readonly tuning: Tuning;
}

/** `path`: what follows `/api/blobs/`. */
export type BlobEndpoint = (
	request: IncomingMessage,
	response: ServerResponse,
	path: string
) => Promise<void>;

interface Target {
	readonly workspace: string;
	readonly id: string;
}

interface Piece {
	/** Where in the blob it begins. */
	readonly offset: number;
	/** Bytes of the whole blob. */
	readonly length: number;
	/** Bytes of the body. */
	readonly size: number;
}

const REFUSED_WITH: Record<BlobRefusal, number> = {
	'too-large': 413,
	'workspace-full': 507,
	'storage-full': 507,
	'wrong-hash': 422,
	'read-only': 403,
	busy: 503,
	malformed: 400
};

const refusal = (reason: BlobRefusal): BlobPutAnswer => ({ status: 'refused', reason });

function sendAnswer(response: ServerResponse, answer: BlobPutAnswer): void {
	const ok = answer.status === 'ok' ? 200 : 409;
	sendJson(response, answer.status === 'refused' ? REFUSED_WITH[answer.reason] : ok, answer);
}

function parseTarget(path: string): Target | null {
	const [workspace = '', id = '', ...rest] = path.split('/');
	return rest.length === 0 && parseBlobId(id) ? { workspace, id } : null;
}

function readNumber(header: string | string[] | undefined): number | null {
	return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

function readPiece({ headers }: IncomingMessage, tuning: Tuning): Piece | BlobRefusal {
	const offset = readNumber(headers[blobHeaders.offset]);
	const length = readNumber(headers[blobHeaders.length]);
	const size = readNumber(headers['content-length']);
	if (offset === null || length === null || size === null) return 'malformed';
	if (length > tuning.maxBlobBytes || size > tuning.maxBlobChunkBytes) return 'too-large';
	return length > 0 && offset + size <= length ? { offset, length, size } : 'malformed';
}

export function createBlobEndpoint(options: BlobEndpointOptions): BlobEndpoint {
	const { storage, policy, rosters, clock, tuning } = options;
	const puts = createSlots(tuning.maxBlobPuts, tuning.maxWorkspaceBlobPuts);
	const gets = createSlots(tuning.maxBlobGets, tuning.maxWorkspaceBlobGets);
	/** Blobs to which something is being added right now. */
	const growing = new Set<string>();

	async function isRoomFor({ workspace }: Target, piece: Piece, isNew: boolean): Promise<boolean> {
		const { bytes, blobs, parts } = await storage.usage(workspace);
		if (bytes + (piece.length - piece.offset) > tuning.maxWorkspaceBlobBytes) return false;
		if (!isNew) return true;
		return blobs < tuning.maxWorkspaceBlobs && parts < tuning.maxWorkspaceBlobParts;
	}

	async function add(target: Target, piece: Piece, body: Uint8Array): Promise<BlobPutAnswer> {
		const { workspace, id } = target;
		const { bytes, complete } = await storage.stat(workspace, id);
		if (complete) return { status: 'ok', offset: bytes, complete };
		if (bytes !== piece.offset) return { status: 'conflict', offset: bytes };
		if (!(await isRoomFor(target, piece, bytes === 0))) return refusal('workspace-full');
		if (body.length > 0 && !(await storage.append(workspace, id, body)))
			return refusal('storage-full');
		const offset = bytes + body.length;
		if (offset < piece.length) return { status: 'ok', offset, complete: false };
		const isRight = await storage.finish(workspace, id);
		return isRight ? { status: 'ok', offset, complete: true } : refusal('wrong-hash');
	}

	/** One at a time for each blob: two devices may bring the same one back to an emptied relay. */
	async function addAlone(target: Target, piece: Piece, body: Uint8Array): Promise<BlobPutAnswer> {
		const name = `${target.workspace}/${target.id}`;
		if (growing.has(name)) {
			const { bytes } = await storage.stat(target.workspace, target.id);
			return { status: 'conflict', offset: bytes };
		}
		growing.add(name);
		return add(target, piece, body).finally(() => growing.delete(name));
	}

	async function put(
		request: IncomingMessage,
		response: ServerResponse,
		target: Target,
		rights: Rights
	): Promise<void> {
		const unread = (reason: BlobRefusal) => {
			response.setHeader('Connection', 'close'); // the body is not read
			sendAnswer(response, refusal(reason));
		};
		if (!rights.mayWrite) return unread('read-only');
		const piece = readPiece(request, tuning);
		if (typeof piece === 'string') return unread(piece);
		const release = puts.take(target.workspace);
		if (!release) return unread('busy');
		try {
			const body = await readBody(request, piece.size, tuning.blobBodyMs);
			if (!body) return unread('malformed');
			// Somebody may have been taken out while the body came in.
			if (rightsFault(rosters.cached(target.workspace), rights) !== null)
				return sendJson(response, 401, { error: 'rights-changed' });
			sendAnswer(response, await addAlone(target, piece, body));
		} finally {
			release();
		}
	}

	async function get(
		request: IncomingMessage,
		response: ServerResponse,
		{ workspace, id }: Target
	): Promise<void> {
		const { bytes, complete } = await storage.stat(workspace, id);
		if (!complete) return sendJson(response, 404, { error: 'unknown-blob' });
		const range = parseByteRange(request.headers.range, bytes);
		response.setHeader('Accept-Ranges', 'bytes');
		if (range === 'outside') {
			response.setHeader('Content-Range', `bytes */${bytes}`);
			return sendJson(response, 416, { error: 'range' });
		}
		const release = gets.take(workspace);
		if (!release) return sendJson(response, 503, { error: 'busy' });
		const { from, to } = range ?? { from: 0, to: bytes };
		response.statusCode = range ? 206 : 200;
		if (range) response.setHeader('Content-Range', `bytes ${from}-${to - 1}/${bytes}`);
		response.setHeader('Content-Type', 'application/octet-stream');
		response.setHeader('Content-Length', to - from);
		response.setHeader('Cache-Control', 'no-store');
		response.setTimeout(tuning.blobIdleMs, () => response.destroy());
		try {
			await pipeline(storage.read(workspace, id, from, to), response);
		} catch {
			response.destroy(); // the reader is gone, or the disk failed in the middle
		} finally {
			release();
		}
	}

	async function head(response: ServerResponse, { workspace, id }: Target): Promise<void> {
		const { bytes, complete } = await storage.stat(workspace, id);
		response.setHeader(blobHeaders.offset, bytes);
		response.setHeader(blobHeaders.complete, complete ? '1' : '0');
		response.setHeader('Cache-Control', 'no-store');
		response.end();
	}

	return async (request, response, path) => {
		const target = parseTarget(path);
		if (!target) return sendJson(response, 404, { error: 'malformed-name' });
		const { workspace } = target;
		const asked = { headers: request.headers, workspace };
		const rights = await authoriseRequest(asked, policy, rosters.get, clock.now());
		if (!rights.ok) {
			response.setHeader('Connection', 'close');
			return sendJson(response, rights.error.status, { error: rights.error.reason });
		}
		if (request.method === 'PUT') return put(request, response, target, rights.value);
		if (request.method === 'GET') return get(request, response, target);
		if (request.method === 'HEAD') return head(response, target);
		response.setHeader('Allow', 'HEAD, GET, PUT');
		sendJson(response, 405, { error: 'method' });
	};
}
