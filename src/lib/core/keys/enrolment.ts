/**
 * What founding, joining and recovering have in common: each gives the keys to put into the vault
 * and the verified chain to put into the database; the last two append a record of their own.
 */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import type { Clock } from '$lib/base/clock.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { applyRecords } from '$lib/protocol/roster/foldRoster.ts';
import type { Roster, RosterCrypto, RosterFault } from '$lib/protocol/roster/roster.ts';
import type { RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import { createToken } from '$lib/protocol/token.ts';
import type { Signer } from '../crypto/signer.ts';
import { verifyChain } from '../roster/rosterKeeper.ts';
import type { RelayApi, RelayFault } from '../sync/relayApi.ts';
import type { DeviceKeys } from './deviceKeys.ts';

export interface Enrolled {
	readonly keys: DeviceKeys;
	readonly records: readonly RosterRecord[];
	readonly roster: Roster;
}

/** Somebody let in by the relay, as far as is known. */
export interface Admission extends Enrolled {
	/** False when the relay was told and did not answer: it may have the record, or not. */
	readonly isAnswered: boolean;
}

export interface EnrolmentContext {
	readonly clock: Clock;
	readonly crypto: RosterCrypto;
}

export interface Chain {
	readonly roster: Roster;
	readonly records: readonly RosterRecord[];
	/** The relay's clock minus this device's: a phone's may be days off. */
	readonly clockOffsetMs: number;
}

/** `damaged`: the chain the relay shows does not verify. */
export type ChainFault = RelayFault | 'damaged';

/** Reads and verifies the chain with the proof of a link or a kit. */
export async function readChain(
	api: RelayApi,
	workspace: WorkspaceId,
	kind: 'invite' | 'kit',
	signer: Signer,
	{ clock, crypto }: EnrolmentContext
): Promise<Result<Chain, ChainFault>> {
	const info = await api.info();
	if (!info.ok) return info;
	const subject = `${kind}:${bytesToBase64Url(signer.publicKey)}`;
	const host = new URL(api.origin).host;
	const token = await createToken(subject, host, workspace, info.value.now, signer.sign);
	const read = await api.readRoster(workspace, 0, token);
	if (!read.ok) return read;
	const { records } = read.value;
	const roster = await verifyChain(workspace, records, crypto);
	const clockOffsetMs = info.value.now - clock.now();
	return roster.ok ? ok({ roster: roster.value, records, clockOffsetMs }) : err('damaged');
}

const APPEND_TRIES = 5;

export type AppendFault = ChainFault | { readonly refused: string };

export interface Appended extends Chain {
	readonly isAnswered: boolean;
}

// The relay may have stored the record before the connection broke, or before somebody on the way
// put an answer of his own in its place.
const isUnanswered = (fault: RelayFault) => fault === 'unreachable' || fault === 'bad-answer';

/**
 * Appends the one record that lets this device in; when others were faster it is made anew on the
 * new head. `prepare` is awaited before the relay is told: a tab killed just after must not have
 * used up what it came by. For the same reason a relay that was told and gave no answer is no fault:
 * what was prepared is all there is to come in by. Every fault means that nothing was used up.
 */
export async function appendOwn(
	api: RelayApi,
	chain: Chain,
	reread: () => Promise<Result<Chain, ChainFault>>,
	make: (chain: Chain) => Promise<RosterRecord>,
	prepare: (records: readonly RosterRecord[], roster: Roster) => Promise<void>,
	crypto: RosterCrypto
): Promise<Result<Appended, AppendFault>> {
	// Without a network nothing is begun: what cannot be sent cannot be lost on the way.
	const info = await api.info();
	if (!info.ok) return info;
	let current = chain;
	for (let attempt = 0; attempt < APPEND_TRIES; attempt++) {
		const { roster, records } = current;
		const record = await make(current);
		const grown = await applyRecords(roster, [record], crypto);
		if (!grown.ok) return err({ refused: grown.error satisfies RosterFault });
		const all = [...records, record];
		await prepare(all, grown.value);
		// The same record again when the answer was lost: the relay knows it by its bytes.
		let sent = await api.appendRoster(roster.workspace, roster.length, [record]);
		if (!sent.ok && isUnanswered(sent.error))
			sent = await api.appendRoster(roster.workspace, roster.length, [record]);
		const appended = { ...current, records: all, roster: grown.value };
		if (!sent.ok) return isUnanswered(sent.error) ? ok({ ...appended, isAnswered: false }) : sent;
		if (sent.value.status === 'refused') return err({ refused: sent.value.reason });
		if (sent.value.status === 'ok') return ok({ ...appended, isAnswered: true });
		const newer = await reread();
		if (!newer.ok) return newer;
		current = newer.value;
	}
	return err('unreachable');
}
