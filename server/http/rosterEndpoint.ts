/** GET and POST /api/roster/<workspace>: what must work before a socket may open. Rules R9–R12. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../src/lib/base/clock.ts';
import { parseWorkspaceId } from '../../src/lib/base/ids.ts';
import { rosterAppendRequest, type RosterAppendAnswer } from '../../src/lib/protocol/http.ts';
import { parseRosterRecords } from '../../src/lib/protocol/roster/rosterRecord.ts';
import { dialledHost, type DoorPolicy } from '../auth/door.ts';
import type { RosterBook } from '../auth/rosterBook.ts';
import { checkToken } from '../auth/tokenCheck.ts';
import type { AddressBuckets } from './addressBuckets.ts';
import { readJson, sendJson } from './json.ts';

export interface RosterEndpointOptions {
	readonly book: RosterBook;
	readonly policy: DoorPolicy;
	readonly clock: Clock;
	readonly newWorkspaces: AddressBuckets;
	readonly maxBodyBytes: number;
	/** Posts that may be read at the same time, whoever sends them. */
	readonly maxPosts: number;
}

export type RosterEndpoint = (
	request: IncomingMessage,
	response: ServerResponse,
	workspace: string,
	query: URLSearchParams
) => Promise<void>;

const HTTP_STATUS = { ok: 200, conflict: 409, refused: 422 } as const;

function addressOf(request: IncomingMessage, { trustProxy }: DoorPolicy): string {
	const forwarded = String(request.headers['x-forwarded-for'] ?? '')
		.split(',')
		.at(-1)
		?.trim();
	return (trustProxy && forwarded) || (request.socket.remoteAddress ?? '');
}

export function createRosterEndpoint(options: RosterEndpointOptions): RosterEndpoint {
	const { book, policy, clock, newWorkspaces, maxBodyBytes, maxPosts } = options;
	let posts = 0;

	async function get(
		request: IncomingMessage,
		response: ServerResponse,
		workspace: string,
		query: URLSearchParams
	): Promise<void> {
		const roster = await book.get(workspace);
		if (!roster) return sendJson(response, 404, { error: 'unknown-workspace' });
		const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		const host = dialledHost(request.headers, policy);
		const bearer = await checkToken(token, { roster, host, nowMs: clock.now() });
		if (!bearer.ok) return sendJson(response, 401, { error: bearer.error });
		const from = Number(query.get('from') ?? 0);
		if (!Number.isSafeInteger(from) || from < 0)
			return sendJson(response, 400, { error: 'malformed' });
		sendJson(response, 200, await book.read(workspace, from));
	}

	function answer(response: ServerResponse, answer: RosterAppendAnswer): void {
		sendJson(response, HTTP_STATUS[answer.status], answer);
	}

	async function post(
		request: IncomingMessage,
		response: ServerResponse,
		workspace: string
	): Promise<void> {
		const refuse = (status: number, reason: string) =>
			sendJson(response, status, { status: 'refused', reason } satisfies RosterAppendAnswer);
		if (posts >= maxPosts) return refuse(503, 'busy');
		posts += 1;
		const body = await readJson(request, maxBodyBytes).finally(() => (posts -= 1));
		if (!body.ok) {
			response.setHeader('Connection', 'close'); // the rest of the body is not read
			return refuse(body.error === 'too-large' ? 413 : 400, body.error);
		}
		const parsed = rosterAppendRequest.safeParse(body.value);
		const records = parsed.success ? parseRosterRecords(parsed.data.records) : null;
		if (!parsed.success || !records) return refuse(400, 'malformed');
		const isNew = (await book.get(workspace)) === null;
		if (isNew && !newWorkspaces.take(addressOf(request, policy))) return refuse(429, 'too-many');
		answer(response, await book.append(workspace, parsed.data.from, records));
	}

	return async (request, response, workspace, query) => {
		if (!parseWorkspaceId(workspace)) return sendJson(response, 404, { error: 'malformed-name' });
		if (request.method === 'GET') return get(request, response, workspace, query);
		if (request.method === 'POST') return post(request, response, workspace);
		response.setHeader('Allow', 'GET, POST');
		sendJson(response, 405, { error: 'method' });
	};
}
