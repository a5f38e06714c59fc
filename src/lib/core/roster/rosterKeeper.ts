/**
 * This device's own verified copy of the roster chain. It only grows: a shorter or different chain
 * is refused, whoever shows it.
 */
import { err, ok, type Result } from '$lib/base/result.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { applyRecords } from '$lib/protocol/roster/foldRoster.ts';
import type { Roster, RosterCrypto, RosterFault } from '$lib/protocol/roster/roster.ts';
import { parseRosterBody, type RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';

export interface RosterStore {
	load(): Promise<RosterRecord[]>;
	append(from: number, records: readonly RosterRecord[]): Promise<void>;
}

export interface RosterKeeper {
	readonly roster: Observable<Roster>;
	records(from: number): readonly RosterRecord[];
	/** Hash of the newest record when the chain had this length; null for a length it never had. */
	headAt(length: number): string | null;
	/** Verifies and stores records that follow on what is here. */
	extend(from: number, records: readonly RosterRecord[]): Promise<Result<Roster, RosterFault>>;
}

/** Verifies a chain from its founding record on; the workspace's id is that record's hash. */
export async function verifyChain(
	workspace: WorkspaceId,
	records: readonly RosterRecord[],
	crypto: RosterCrypto
): Promise<Result<Roster, RosterFault>> {
	const roster = await applyRecords(null, records, crypto);
	return roster.ok && roster.value.workspace !== workspace ? err('not-the-founding') : roster;
}

export async function createRosterKeeper(
	workspace: WorkspaceId,
	store: RosterStore,
	crypto: RosterCrypto
): Promise<Result<RosterKeeper, RosterFault>> {
	const records = await store.load();
	const verified = await verifyChain(workspace, records, crypto);
	if (!verified.ok) return verified;
	const roster = createSource(verified.value);
	let run: Promise<unknown> = Promise.resolve();

	async function extendNow(
		from: number,
		more: readonly RosterRecord[]
	): Promise<Result<Roster, RosterFault>> {
		const known = records.length - from;
		if (known < 0) return err('out-of-sequence');
		// A chain that differs in what is already here is a fork or a rollback; never take it over.
		const same = more.slice(0, known).every((record, i) => record.body === records[from + i]!.body);
		if (!same) return err('wrong-previous');
		const fresh = more.slice(known);
		if (fresh.length === 0) return ok(roster.current());
		const next = await applyRecords(roster.current(), fresh, crypto);
		if (!next.ok) return next;
		await store.append(records.length, fresh);
		records.push(...fresh);
		roster.set(next.value);
		return next;
	}

	return ok({
		roster,
		records: (from) => records.slice(from),
		headAt(length) {
			const now = roster.current();
			if (length === now.length) return now.head;
			const next = records[length];
			return next ? (parseRosterBody(next)?.body.prev ?? null) : null;
		},
		extend(from, more) {
			const result = run.then(() => extendNow(from, more));
			run = result.catch(() => undefined);
			return result;
		}
	});
}
