/**
 * The rosters as the relay stores them, folded and verified. It enforces the chain; every device
 * verifies it again for itself. Rules R… of the protocol.
 */
import type { Clock } from '../../src/lib/base/clock.ts';
import type { DeviceId } from '../../src/lib/base/ids.ts';
import type { RosterAppendAnswer } from '../../src/lib/protocol/http.ts';
import { applyRecords } from '../../src/lib/protocol/roster/foldRoster.ts';
import type { Roster, RosterFault } from '../../src/lib/protocol/roster/roster.ts';
import type { RosterRecord } from '../../src/lib/protocol/roster/rosterRecord.ts';
import { webRosterCrypto } from '../../src/lib/protocol/roster/webCrypto.ts';
import { err, type Result } from '../../src/lib/base/result.ts';
import type { RelayStorage } from '../storage/relayStorage.ts';
import { hasLateClaim } from './lateClaims.ts';

export interface RosterBook {
	/** Null when the relay has no chain for that workspace. */
	get(workspace: string): Promise<Roster | null>;
	/** The newest, if it is in memory: for decisions that must not wait. */
	cached(workspace: string): Roster | null;
	/**
	 * `mayCost` is asked before signatures of so many records are checked; `poster` is the device
	 * that proved that it posts them, though anybody may without (R12).
	 */
	append(
		workspace: string,
		from: number,
		records: readonly RosterRecord[],
		mayCost: (records: number) => boolean,
		poster?: DeviceId | null
	): Promise<RosterAppendAnswer>;
	/** Records from number `from` on, as if the chain were no longer than `upTo`. */
	read(
		workspace: string,
		from: number,
		upTo: number
	): Promise<{ length: number; records: RosterRecord[] }>;
}

export interface RosterBookOptions {
	readonly storage: RelayStorage;
	readonly clock: Clock;
	readonly maxRecords: number;
	readonly maxCached: number;
	readonly onGrown: (workspace: string, roster: Roster) => void;
}

/** One spelling for what is stored. */
const toText = ({ body, signature, proof }: RosterRecord) =>
	JSON.stringify(proof === undefined ? { body, signature } : { body, signature, proof });

/** Only what toText made is stored. */
const fromText = (text: string) => JSON.parse(text) as RosterRecord;

const refused = (reason: string): RosterAppendAnswer => ({ status: 'refused', reason });

export function createRosterBook(options: RosterBookOptions): RosterBook {
	const { storage, clock, maxRecords, maxCached, onGrown } = options;
	const cache = new Map<string, Roster>(); // in the order of use

	const loading = new Map<string, Promise<Roster | null>>();

	/** A chain only grows: a slow reading does not put an older one over what came meanwhile (R36). */
	function remember(workspace: string, roster: Roster): Roster {
		const known = cache.get(workspace);
		const newest = known && known.length > roster.length ? known : roster;
		cache.delete(workspace);
		cache.set(workspace, newest);
		for (const oldest of cache.keys()) {
			if (cache.size <= maxCached) break;
			cache.delete(oldest);
		}
		return newest;
	}

	async function load(workspace: string): Promise<Roster | null> {
		const { records } = await storage.loadRoster(workspace, 0);
		if (records.length === 0) return cache.get(workspace) ?? null;
		const roster = await applyRecords(null, records.map(fromText), webRosterCrypto);
		if (!roster.ok) throw new Error(`broken invariant: stored roster is ${roster.error}`);
		return remember(workspace, roster.value);
	}

	/** After a restart everybody comes at once: the chain is read and verified once for all. */
	async function get(workspace: string): Promise<Roster | null> {
		const known = cache.get(workspace);
		if (known) return remember(workspace, known);
		const shared = loading.get(workspace);
		if (shared) return shared;
		const own = load(workspace).finally(() => loading.delete(workspace));
		loading.set(workspace, own);
		return own;
	}

	async function fold(
		known: Roster | null,
		records: readonly RosterRecord[],
		poster: DeviceId | null
	): Promise<Result<Roster, RosterFault>> {
		const grown = await applyRecords(known, records, webRosterCrypto);
		// An emptied relay knows nobody who could vouch for the claims it gets back (R12).
		if (!known || !grown.ok) return grown;
		const posted = { known, records, grown: grown.value, poster };
		return (await hasLateClaim(posted, clock.now())) ? err('invite-expired') : grown;
	}

	async function append(
		workspace: string,
		from: number,
		records: readonly RosterRecord[],
		mayCost: (records: number) => boolean,
		poster: DeviceId | null = null
	): Promise<RosterAppendAnswer> {
		const stored = await storage.loadRoster(workspace, from);
		const differs = records
			.slice(0, stored.records.length)
			.some(({ body }, i) => body !== fromText(stored.records[i]!).body);
		if (from > stored.length || differs) return { status: 'conflict', length: stored.length };
		const news = records.slice(stored.records.length);
		if (news.length === 0) return { status: 'ok', length: stored.length };
		if (stored.length + news.length > maxRecords) return refused('too-many-records');
		const known = await get(workspace);
		const knownLength = known?.length ?? 0;
		if (knownLength !== stored.length) {
			// Somebody appended between the two readings, or while the chain was being read.
			if (knownLength < stored.length) cache.delete(workspace);
			return append(workspace, from, records, mayCost, poster);
		}
		if (!mayCost(news.length)) return refused('too-many');
		const folded = await fold(known, news, poster);
		if (!folded.ok) return refused(folded.error);
		if (folded.value.workspace !== workspace) return refused('not-the-founding');
		if (!(await storage.appendRoster(workspace, stored.length, news.map(toText))))
			return append(workspace, from, records, mayCost, poster); // somebody was quicker: compare again
		remember(workspace, folded.value);
		onGrown(workspace, folded.value);
		return { status: 'ok', length: folded.value.length };
	}

	return {
		get,
		append,
		cached: (workspace) => cache.get(workspace) ?? null,
		async read(workspace, from, upTo) {
			const { length, records } = await storage.loadRoster(workspace, from);
			const readable = records.slice(0, Math.max(0, upTo - from));
			return { length: Math.min(length, upTo), records: readable.map(fromText) };
		}
	};
}
