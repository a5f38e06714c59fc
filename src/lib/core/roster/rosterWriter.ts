/**
 * Appends signed records to the branch's chain. The relay orders them: when somebody was faster,
 * the records are made anew on the new head, until they are in or make no sense any more.
 */
import type { DeviceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { applyRecords } from '$lib/protocol/roster/foldRoster.ts';
import type { Roster, RosterCrypto, RosterFault } from '$lib/protocol/roster/roster.ts';
import {
	signRecord,
	type RosterBody,
	type RosterRecord
} from '$lib/protocol/roster/rosterRecord.ts';
import type { Signer } from '../crypto/signer.ts';
import type { RelayApi } from '../sync/relayApi.ts';
import type { RelayLink } from '../sync/relayLink.ts';
import type { AdministrationFault } from './administration.ts';
import type { RosterKeeper } from './rosterKeeper.ts';

/** What every act begins with. */
export interface ActHead {
	readonly v: 1;
	readonly seq: number;
	readonly at: number;
	readonly prev: string;
	readonly by: DeviceId;
}

export interface DraftRecord {
	/** Of one of the kinds that a device writes. */
	readonly body: (head: ActHead) => RosterBody;
	/** Of the kit a record is about. */
	readonly prove?: Signer;
}

/** Looks at the roster of the moment: what to append, or why not. Called again after a conflict. */
export type Plan = (roster: Roster) => Promise<Result<readonly DraftRecord[], AdministrationFault>>;

export interface RosterWriter {
	append(plan: Plan): Promise<Result<Roster, AdministrationFault>>;
}

export interface RosterWriterOptions {
	readonly device: DeviceId;
	readonly signer: Signer;
	readonly keeper: RosterKeeper;
	readonly api: RelayApi;
	readonly link: Pick<RelayLink, 'exchangeRoster' | 'now'>;
	readonly crypto: RosterCrypto;
	/** False when this device lacks the newest key, and so cannot hand it on. */
	readonly ready: () => Promise<boolean>;
}

const TRIES = 5;

function faultOf(fault: RosterFault): AdministrationFault {
	if (fault === 'last-secretary') return fault;
	const forbidden: RosterFault[] = ['not-allowed', 'author-retired', 'unknown-author'];
	return forbidden.includes(fault) ? 'not-allowed' : 'refused';
}

export function createRosterWriter(options: RosterWriterOptions): RosterWriter {
	const { device, signer, keeper, api, link, crypto } = options;

	async function signAll(
		start: Roster,
		drafts: readonly DraftRecord[]
	): Promise<Result<RosterRecord[], RosterFault>> {
		const records: RosterRecord[] = [];
		let roster = start;
		for (const { body, prove } of drafts) {
			const at = Math.max(0, Math.round(link.now()));
			const head = { v: 1, seq: roster.length, at, prev: roster.head, by: device } as const;
			const record = await signRecord(body(head), signer.sign, prove?.sign);
			const next = await applyRecords(roster, [record], crypto);
			if (!next.ok) return next;
			records.push(record);
			roster = next.value;
		}
		return ok(records);
	}

	async function tryOnce(plan: Plan): Promise<Result<Roster, AdministrationFault> | 'conflict'> {
		if (await link.exchangeRoster()) return err('offline');
		if (!(await options.ready())) return err('refused');
		const roster = keeper.roster.current();
		const drafts = await plan(roster);
		if (!drafts.ok) return drafts;
		if (drafts.value.length === 0) return ok(roster);
		const records = await signAll(roster, drafts.value);
		if (!records.ok) return err(faultOf(records.error));
		const sent = await api.appendRoster(roster.workspace, roster.length, records.value);
		if (!sent.ok) return err('offline');
		if (sent.value.status === 'refused') return err('refused');
		if (sent.value.status === 'conflict') return 'conflict';
		const extended = await keeper.extend(roster.length, records.value);
		return extended.ok ? extended : err('refused');
	}

	/** One act after the other: two of this tab would only get into each other's way. */
	let run: Promise<unknown> = Promise.resolve();

	return {
		append(plan) {
			const result = run.then(async () => {
				for (let attempt = 0; attempt < TRIES; attempt++) {
					const done = await tryOnce(plan);
					if (done !== 'conflict') return done;
				}
				return err<AdministrationFault>('refused');
			});
			run = result.catch(() => undefined);
			return result;
		}
	};
}
