/** GET and POST /api/roster/<workspace>: what must work before a socket may open. Rules R9–R12, R37 and H15. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../src/lib/base/clock.ts';
import { parseWorkspaceId } from '../../src/lib/base/ids.ts';
import { rosterAppendRequest, type RosterAppendAnswer } from '../../src/lib/protocol/http.ts';
import type { Roster } from '../../src/lib/protocol/roster/roster.ts';
import { parseRosterRecords } from '../../src/lib/protocol/roster/rosterRecord.ts';
import { bearerToken, dialledHost, type DoorPolicy } from '../auth/door.ts';
import type { RosterBook } from '../auth/rosterBook.ts';
import { checkToken, type Bearer } from '../auth/tokenCheck.ts';
import type { AddressBuckets } from './addressBuckets.ts';
import { readJson, sendJson } from './json.ts';
import { remoteAddress } from './remoteAddress.ts';

export interface RosterEndpointOptions {
	readonly book: RosterBook;
	readonly policy: DoorPolicy;
	readonly clock: Clock;
	readonly newWorkspaces: AddressBuckets;
	/** Records that cost signature checks. */
	readonly newRecords: AddressBuckets;
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

/** A device that is out learns that it is, and nothing that came later. */
function readableLength(bearer: Bearer): number {
	const retired = bearer.kind === 'device' ? bearer.device.retired : null;
	return retired === null ? Infinity : retired + 1;
}

export function createRosterEndpoint(options: RosterEndpointOptions): RosterEndpoint {
	const { book, policy, clock, maxBodyBytes, maxPosts } = options;
	let posts = 0;

	function bearerOf(request: IncomingMessage, roster: Roster) {
		const token = bearerToken(request.headers) ?? '';
		const host = dialledHost(request.headers, policy);
		return checkToken(token, { roster, host, nowMs: clock.now() });
	}

	async function get(
		request: IncomingMessage,
		response: ServerResponse,
		workspace: string,
		query: URLSearchParams
	): Promise<void> {
		const roster = await book.get(workspace);
		if (!roster) return sendJson(response, 404, { error: 'unknown-workspace' });
		const bearer = await bearerOf(request, roster);
		if (!bearer.ok) return sendJson(response, 401, { error: bearer.error });
		const from = Number(query.get('from') ?? 0);
		if (!Number.isSafeInteger(from) || from < 0)
			return sendJson(response, 400, { error: 'malformed' });
		sendJson(response, 200, await book.read(workspace, from, readableLength(bearer.value)));
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
		const address = remoteAddress(request, policy);
		const known = await book.get(workspace);
		if (!known && !options.newWorkspaces.take(address)) return refuse(429, 'too-many');
		const mayCost = (count: number) => options.newRecords.take(address, count);
		const bearer = known && (await bearerOf(request, known));
		const poster = bearer?.ok && bearer.value.kind === 'device' ? bearer.value.device.id : null;
		const answer = await book.append(workspace, parsed.data.from, records, mayCost, poster);
		const isTooMany = answer.status === 'refused' && answer.reason === 'too-many';
		sendJson(response, isTooMany ? 429 : HTTP_STATUS[answer.status], answer);
	}

	return async (request, response, workspace, query) => {
		if (!parseWorkspaceId(workspace)) return sendJson(response, 404, { error: 'malformed-name' });
		if (request.method === 'GET') return get(request, response, workspace, query);
		if (request.method === 'POST') return post(request, response, workspace);
		response.setHeader('Allow', 'GET, POST');
		sendJson(response, 405, { error: 'method' });
	};
}
