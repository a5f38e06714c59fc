/**
 * Who may come in. Every decision here is made from the request, the roster and the time, before
 * an upgrade is accepted; refusing leaves nothing behind. Rules H2–H8 and H11 of the protocol.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { parseWorkspaceId } from '../../src/lib/base/ids.ts';
import { err, ok, type Result } from '../../src/lib/base/result.ts';
import { mayWrite, type Roster } from '../../src/lib/protocol/roster/roster.ts';
import { protocolName, tokenProtocolPrefix } from '../../src/lib/protocol/token.ts';
import type { Rights } from './rights.ts';
import { checkToken } from './tokenCheck.ts';

export interface UpgradeRequest {
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
}

export interface DoorPolicy {
	/** False serves every name to everybody, for loopback only. */
	readonly auth: boolean;
	/** Whether a proxy in front is trusted to say under which host it was dialled. */
	readonly trustProxy: boolean;
}

/** A path under /sync/, taken apart. */
export interface SyncTarget {
	readonly workspace: string;
	/** Null for the multiplexed socket. */
	readonly room: string | null;
	readonly wantsStored: boolean;
}

export interface Admission extends SyncTarget, Rights {}

export interface Refusal {
	readonly status: 400 | 401 | 403;
	readonly reason: string;
}

const NAME = /^[A-Za-z0-9._~-]{1,128}$/;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export const isSyncPath = (url: string) => url.startsWith('/sync/');

function parseTarget(url: string, auth: boolean): SyncTarget | null {
	const [path = '', query = ''] = url.split('?', 2);
	const [, , workspace = '', room, ...rest] = path.split('/');
	const names = room === undefined ? [workspace] : [workspace, room];
	if (rest.length > 0 || !names.every((name) => NAME.test(name))) return null;
	if (auth && !parseWorkspaceId(workspace)) return null;
	const wantsStored = new URLSearchParams(query).get('stored') !== 'no';
	return { workspace, room: room ?? null, wantsStored };
}

/** The host under which the relay was dialled, as the tokens name it. */
export function dialledHost(headers: IncomingHttpHeaders, { trustProxy }: DoorPolicy): string {
	const forwarded = headers['x-forwarded-host'];
	return (trustProxy && typeof forwarded === 'string' ? forwarded : headers.host) ?? '';
}

function isOwnOrigin(origin: string | undefined, host: string): boolean {
	return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** A page elsewhere can point a name of its own at 127.0.0.1 and so be of the "same" origin. */
function isLoopbackHost(host: string): boolean {
	return URL.canParse(`http://${host}`) && LOOPBACK.has(new URL(`http://${host}`).hostname);
}

function offeredToken(headers: IncomingHttpHeaders): string | null {
	const offers = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
	const token = offers.find((name) => name.startsWith(tokenProtocolPrefix));
	return offers.includes(protocolName) && token ? token.slice(tokenProtocolPrefix.length) : null;
}

const refuse = (status: Refusal['status'], reason: string) => err<Refusal>({ status, reason });

async function rightsOf(
	token: string | null,
	roster: Roster | null,
	host: string,
	nowMs: number
): Promise<Result<Rights, Refusal>> {
	if (!token) return refuse(401, 'no-token');
	if (!roster) return refuse(401, 'unknown-workspace');
	const bearer = await checkToken(token, { roster, host, nowMs });
	if (!bearer.ok) return refuse(401, bearer.error);
	// An invitation or a kit reads the roster and brings a device; it opens no room.
	if (bearer.value.kind !== 'device') return refuse(401, 'not-a-device');
	const { device } = bearer.value;
	if (device.retired !== null) return refuse(401, 'retired');
	if (device.pending) return refuse(401, 'pending');
	return ok({ device: device.id, mayWrite: mayWrite(device) });
}

export async function authorise(
	request: UpgradeRequest,
	policy: DoorPolicy,
	rosterOf: (workspace: string) => Promise<Roster | null>,
	nowMs: number
): Promise<Result<Admission, Refusal>> {
	const host = dialledHost(request.headers, policy);
	if (!isOwnOrigin(request.headers.origin, host)) return refuse(403, 'origin');
	const target = parseTarget(request.url, policy.auth);
	if (!policy.auth) {
		if (!isLoopbackHost(host)) return refuse(403, 'host');
		return target ? ok({ ...target, device: null, mayWrite: true }) : refuse(400, 'name');
	}
	if (!target) return refuse(401, 'name');
	const rights = await rightsOf(
		offeredToken(request.headers),
		await rosterOf(target.workspace),
		host,
		nowMs
	);
	return rights.ok ? ok({ ...target, ...rights.value }) : rights;
}

export const bearerToken = ({ authorization }: IncomingHttpHeaders): string | null =>
	/^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? null;

/** The same door for one HTTP request with a bearer token. Rules U1 and U10. */
export async function authoriseRequest(
	{ headers, workspace }: { readonly headers: IncomingHttpHeaders; readonly workspace: string },
	policy: DoorPolicy,
	rosterOf: (workspace: string) => Promise<Roster | null>,
	nowMs: number
): Promise<Result<Rights, Refusal>> {
	const host = dialledHost(headers, policy);
	if (!isOwnOrigin(headers.origin, host)) return refuse(403, 'origin');
	if (!policy.auth) {
		if (!isLoopbackHost(host)) return refuse(403, 'host');
		const isName = NAME.test(workspace) && !workspace.startsWith('.');
		return isName ? ok({ device: null, mayWrite: true }) : refuse(400, 'name');
	}
	if (!parseWorkspaceId(workspace)) return refuse(401, 'name');
	return rightsOf(bearerToken(headers), await rosterOf(workspace), host, nowMs);
}
