/** Which address is whose. Answers everything; a failure inside one answer stays inside it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { relayPaths, type RelayInfo } from '../../src/lib/protocol/http.ts';
import { errorName, type Log } from '../log.ts';
import type { BlobEndpoint } from './blobEndpoint.ts';
import { sendJson } from './json.ts';
import type { RosterEndpoint } from './rosterEndpoint.ts';
import { setSecurityHeaders } from './securityHeaders.ts';
import type { StaticBuild } from './staticBuild.ts';
import type { WorkspaceLookup } from './workspaceLookup.ts';

export interface RouterOptions {
	readonly info: () => RelayInfo;
	readonly isHealthy: () => Promise<boolean>;
	readonly roster: RosterEndpoint;
	readonly findWorkspaces: WorkspaceLookup;
	readonly blobs: BlobEndpoint;
	readonly serveBuild: StaticBuild;
	readonly log: Log;
}

export type Router = (request: IncomingMessage, response: ServerResponse) => void;

const ROSTER_PREFIX = relayPaths.roster('');
const BLOBS_PREFIX = '/api/blobs/';
const WORKSPACES_PREFIX = relayPaths.workspaces('');
const HEALTH = '/healthz';

/** Whether an address is the relay's own, for a server that has an app of its own beside it. */
export const isRelayPath = (url: string): boolean =>
	pathOf(url) === HEALTH || url.startsWith('/api/') || url.startsWith('/sync/');

const pathOf = (url: string) => url.split('?', 1)[0] ?? '';

export function createRouter(options: RouterOptions): Router {
	const { info, isHealthy, roster, serveBuild, log } = options;

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = request.url ?? '/';
		const path = pathOf(url);
		if (path === HEALTH) {
			const healthy = await isHealthy();
			return sendJson(response, healthy ? 200 : 503, { status: healthy ? 'ok' : 'failing' });
		}
		if (path === relayPaths.info) return sendJson(response, 200, info());
		if (path.startsWith(ROSTER_PREFIX)) {
			const query = new URLSearchParams(url.slice(path.length));
			return roster(request, response, path.slice(ROSTER_PREFIX.length), query);
		}
		if (path.startsWith(WORKSPACES_PREFIX))
			return options.findWorkspaces(request, response, path.slice(WORKSPACES_PREFIX.length));
		if (path.startsWith(BLOBS_PREFIX))
			return options.blobs(request, response, path.slice(BLOBS_PREFIX.length));
		if (isRelayPath(url)) return sendJson(response, 404, { error: 'not-found' });
		serveBuild(request, response);
	}

	return (request, response) => {
		setSecurityHeaders(response);
		answer(request, response).catch((error: unknown) => {
			log('error', 'request-failed', { error: errorName(error) });
			if (response.headersSent) response.destroy();
			else sendJson(response, 500, { error: 'failed' });
		});
	};
}
