/** The relay's few HTTP addresses, with answers parsed and failures as values. */
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import {
	relayInfo,
	relayPaths,
	rosterAnswer,
	rosterAppendAnswer,
	type RelayInfo,
	type RosterAppendAnswer
} from '$lib/protocol/http.ts';
import { parseRosterRecords, type RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';

export type RelayFault = 'unreachable' | 'not-admitted' | 'unknown-workspace' | 'bad-answer';

export interface RelayApi {
	readonly origin: string;
	info(): Promise<Result<RelayInfo, RelayFault>>;
	readRoster(
		workspace: WorkspaceId,
		from: number,
		token: string
	): Promise<Result<{ length: number; records: RosterRecord[] }, RelayFault>>;
	/** The token vouches for claims in them whose invitation has run out since. */
	appendRoster(
		workspace: WorkspaceId,
		from: number,
		records: readonly RosterRecord[],
		token?: string
	): Promise<Result<RosterAppendAnswer, RelayFault>>;
}

const TIMEOUT_MS = 8_000;

/** `origin`: the relay's address without a trailing slash, e.g. `https://desk.example`. */
export function createRelayApi(origin: string, fetch: typeof globalThis.fetch): RelayApi {
	async function ask(path: string, init: RequestInit = {}): Promise<Result<unknown, RelayFault>> {
		try {
			const response = await fetch(origin + path, {
				...init,
				cache: 'no-store',
				signal: AbortSignal.timeout(TIMEOUT_MS)
			});
			if (response.status === 401 || response.status === 403) return err('not-admitted');
			if (response.status === 404) return err('unknown-workspace');
			const isAnswer = response.ok || response.status === 409 || response.status === 422;
			return isAnswer ? ok(await response.json()) : err('unreachable');
		} catch {
			return err('unreachable');
		}
	}

	return {
		origin,
		async info() {
			const answer = await ask(relayPaths.info);
			if (!answer.ok) return answer;
			const parsed = relayInfo.safeParse(answer.value);
			return parsed.success ? ok(parsed.data) : err('bad-answer');
		},
		async readRoster(workspace, from, token) {
			const answer = await ask(`${relayPaths.roster(workspace)}?from=${from}`, {
				headers: { authorization: `Bearer ${token}` }
			});
			if (!answer.ok) return answer;
			const parsed = rosterAnswer.safeParse(answer.value);
			const records = parsed.success ? parseRosterRecords(parsed.data.records) : null;
			return parsed.success && records
				? ok({ length: parsed.data.length, records })
				: err('bad-answer');
		},
		async appendRoster(workspace, from, records, token) {
			const proof: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
			const answer = await ask(relayPaths.roster(workspace), {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...proof },
				body: JSON.stringify({ from, records })
			});
			if (!answer.ok) return answer;
			const parsed = rosterAppendAnswer.safeParse(answer.value);
			return parsed.success ? ok(parsed.data) : err('bad-answer');
		}
	};
}
