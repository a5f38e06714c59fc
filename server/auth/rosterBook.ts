/**
 * The rosters as the relay stores them, folded and verified. It enforces the chain; every device
 * verifies it again for itself. Rules R… of the protocol.
 */
import type { Clock } from '../../src/lib/base/clock.ts';
import type { RosterAppendAnswer } from '../../src/lib/protocol/http.ts';
import {
	applyRecord,
	applyRecords,
	type Roster,
	type RosterFault
} from '../../src/lib/protocol/roster/roster.ts';
import {
	parseRosterBody,
	parseRosterRecords,
	type RosterRecord
} from '../../src/lib/protocol/roster/rosterRecord.ts';
import { webRosterCrypto } from '../../src/lib/protocol/roster/webCrypto.ts';
import { err, ok, type Result } from '../../src/lib/base/result.ts';
import type { RelayStorage } from '../storage/relayStorage.ts';

export interface RosterBook {
	/** Null when the relay has no chain for that workspace. */
	get(workspace: string): Promise<Roster | null>;
	append(workspace: string, from: number, records: RosterRecord[]): Promise<RosterAppendAnswer>;
	read(workspace: string, from: number): Promise<{ length: number; records: unknown[] }>;
}

export interface RosterBookOptions {
	readonly storage: RelayStorage;
	readonly clock: Clock;
	readonly maxRecords: number;
	readonly maxCached: number;
	readonly onGrown: (workspace: string, length: number) => void;
}

/** One spelling for what is stored and compared. */
const toText = ({ body, signature, proof }: RosterRecord) =>
	JSON.stringify(proof === undefined ? { body, signature } : { body, signature, proof });

const refused = (reason: string): RosterAppendAnswer => ({ status: 'refused', reason });

export function createRosterBook(options: RosterBookOptions): RosterBook {
	const { storage, clock, maxRecords, maxCached, onGrown } = options;
	const cache = new Map<string, Roster>(); // in the order of use

	function remember(workspace: string, roster: Roster): void {
		cache.delete(workspace);
		cache.set(workspace, roster);
		for (const oldest of cache.keys()) {
			if (cache.size <= maxCached) break;
			cache.delete(oldest);
		}
	}

	async function get(workspace: string): Promise<Roster | null> {
		const known = cache.get(workspace);
		if (known) {
			remember(workspace, known);
			return known;
		}
		const { records } = await storage.loadRoster(workspace, 0);
		const parsed = parseRosterRecords(records.map((text) => JSON.parse(text) as unknown));
		if (!parsed || parsed.length === 0) return null;
		const roster = await applyRecords(null, parsed, webRosterCrypto);
		if (!roster.ok) throw new Error(`broken invariant: stored roster is ${roster.error}`);
		remember(workspace, roster.value);
		return roster.value;
	}

	/** R7: a claim can be dated back, the relay's clock cannot. A refill (R12) brings old claims. */
	function comesTooLate(roster: Roster, record: RosterRecord): boolean {
		const body = parseRosterBody(record)?.body;
		const invite = body?.type === 'claim' ? roster.invites.get(body.inviteKey) : undefined;
		return invite !== undefined && clock.now() > invite.expiresAt;
	}

	async function fold(
		known: Roster | null,
		records: readonly RosterRecord[]
	): Promise<Result<Roster, RosterFault>> {
		let roster = known;
		for (const record of records) {
			if (known && roster && comesTooLate(roster, record)) return err('invite-expired');
			const next = await applyRecord(roster, record, webRosterCrypto);
			if (!next.ok) return next;
			roster = next.value;
		}
		return roster ? ok(roster) : err('not-the-founding');
	}

	async function append(
		workspace: string,
		from: number,
		records: RosterRecord[]
	): Promise<RosterAppendAnswer> {
		const texts = records.map(toText);
		const stored = await storage.loadRoster(workspace, from);
		const conflict: RosterAppendAnswer = { status: 'conflict', length: stored.length };
		const differs = texts.some(
			(text, i) => i < stored.records.length && text !== stored.records[i]
		);
		if (from > stored.length || differs) return conflict;
		const news = records.slice(stored.records.length);
		if (news.length === 0) return { status: 'ok', length: stored.length };
		if (stored.length + news.length > maxRecords) return refused('too-many-records');
		const folded = await fold(await get(workspace), news);
		if (!folded.ok) return refused(folded.error);
		if (folded.value.workspace !== workspace) return refused('not-the-founding');
		const newTexts = texts.slice(stored.records.length);
		if (!(await storage.appendRoster(workspace, stored.length, newTexts)))
			return append(workspace, from, records); // somebody was quicker: compare again
		remember(workspace, folded.value);
		onGrown(workspace, folded.value.length);
		return { status: 'ok', length: folded.value.length };
	}

	return {
		get,
		append,
		async read(workspace, from) {
			const { length, records } = await storage.loadRoster(workspace, from);
			return { length, records: records.map((text) => JSON.parse(text) as unknown) };
		}
	};
}
