/**
 * GET /api/workspaces/<prefix>: the full ids behind the code on a recovery kit, which has room for
 * the first characters only. Rule H14. An id opens nothing; the rate keeps it from being a list.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isWorkspacePrefix, type WorkspacesAnswer } from '../../src/lib/protocol/http.ts';
import type { DoorPolicy } from '../auth/door.ts';
import type { RelayStorage } from '../storage/relayStorage.ts';
import type { AddressBuckets } from './addressBuckets.ts';
import { sendJson } from './json.ts';
import { remoteAddress } from './remoteAddress.ts';

export interface WorkspaceLookupOptions {
	readonly storage: Pick<RelayStorage, 'findWorkspaces'>;
	readonly policy: DoorPolicy;
	readonly lookups: AddressBuckets;
	readonly maxFound: number;
}

export type WorkspaceLookup = (
	request: IncomingMessage,
	response: ServerResponse,
	prefix: string
) => Promise<void>;

export function createWorkspaceLookup(options: WorkspaceLookupOptions): WorkspaceLookup {
	const { storage, policy, lookups, maxFound } = options;
	return async (request, response, prefix) => {
		if (request.method !== 'GET') {
			response.setHeader('Allow', 'GET');
			return sendJson(response, 405, { error: 'method' });
		}
		if (!isWorkspacePrefix(prefix)) return sendJson(response, 400, { error: 'malformed' });
		if (!lookups.take(remoteAddress(request, policy)))
			return sendJson(response, 429, { error: 'too-many' });
		const workspaces = await storage.findWorkspaces(prefix, maxFound);
		sendJson(response, 200, { workspaces } satisfies WorkspacesAnswer);
	};
}
