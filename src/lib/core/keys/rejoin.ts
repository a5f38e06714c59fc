/**
 * Settles what became of this device's own record when the relay has not acknowledged it: the
 * connection broke while it came in, or it came back from a backup with no relay in reach. The
 * record is posted again; where the branch has gone on without it, a recovery is made anew on the
 * relay's chain, with the same keys, as long as the card's secret is here.
 */
import { createToken } from '$lib/protocol/token.ts';
import { parseRosterBody, type RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import { recipientOf } from '../crypto/age.ts';
import { createSigner } from '../crypto/signer.ts';
import { kitFromIdentity, type Kit } from '../recovery/kit.ts';
import type { RelayApi, RelayFault } from '../sync/relayApi.ts';
import type { DeviceKeys } from './deviceKeys.ts';
import type { EnrolmentContext } from './enrolment.ts';
import type { NewDevice } from './newDevice.ts';
import type { ChangeKeys } from './ownKeys.ts';
import { openProfile } from './profile.ts';
import { inspectKit, recoverDevice, type Recovery } from './recovering.ts';

/** This device's own record that the relay has not acknowledged. */
export interface Unanswered {
	readonly seq: number;
	/** It was made anew on a longer chain: see resealOwn.ts. */
	readonly isMoved: boolean;
}

export interface UnansweredStore {
	load(): Promise<RosterRecord[]>;
	unanswered(): Promise<Unanswered | null>;
	setAnswered(): Promise<void>;
	/**
	 * Takes a chain that differs in the unanswered record alone and goes on from there; its last
	 * record is unanswered then. Anything else is a broken invariant: the chain only grows.
	 */
	replaceTail(records: readonly RosterRecord[]): Promise<void>;
}

/**
 * `answered`: the relay has this device. `unanswered`: not known yet, or not to be had here; the
 * session goes on trying. `lost`: the record cannot come in any more, and nothing is here to make
 * another.
 */
export type Rejoined = 'answered' | 'unanswered' | 'lost';

export interface RejoinContext extends EnrolmentContext {
	readonly api: RelayApi;
	readonly store: UnansweredStore;
	readonly changeKeys: ChangeKeys;
}

/** Whether the relay lets this device in; null when it does. */
async function askAsDevice(
	{ workspace, device, signing }: DeviceKeys,
	length: number,
	api: RelayApi
): Promise<RelayFault | null> {
	const info = await api.info();
	if (!info.ok) return info.error;
	const { sign } = await createSigner(signing);
	const host = new URL(api.origin).host;
	const token = await createToken(`device:${device}`, host, workspace, info.value.now, sign);
	const read = await api.readRoster(workspace, length - 1, token);
	return read.ok ? null : read.error;
}

async function kitOf({ kit }: DeviceKeys): Promise<Kit | null> {
	return kit.state === 'unsaved' && kit.isOnPaper ? kitFromIdentity(kit.identity.reveal()) : null;
}

async function asNewDevice({ signing, device, member, ageIdentity }: DeviceKeys) {
	const [signer, ageRecipient] = [await createSigner(signing), await recipientOf(ageIdentity)];
	return { signing, signer, device, member, ageIdentity, ageRecipient } satisfies NewDevice;
}

function labelOf(own: RosterRecord, { commons, member }: DeviceKeys): string {
	const body = parseRosterBody(own)?.body;
	const sealed = body?.type === 'recover' ? body.profile : '';
	return openProfile(commons, member, sealed)?.label ?? '';
}

/** Another chain than the one this device has seen is never taken over, kit or not. */
const goesOnFrom = ({ records }: Recovery, known: readonly RosterRecord[]) =>
	known.every(({ body }, i) => body === records[i]?.body);

async function recoverAnew(
	keys: DeviceKeys,
	kit: Kit,
	records: readonly RosterRecord[],
	{ api, store, changeKeys, ...context }: RejoinContext
): Promise<Rejoined> {
	const looked = await inspectKit(kit, keys.workspace, api, context);
	if (!looked.ok || looked.value.rosterKit.member !== keys.member) return 'unanswered';
	if (!goesOnFrom(looked.value, records.slice(0, -1))) return 'unanswered';
	const admitted = await recoverDevice(
		await asNewDevice(keys),
		looked.value,
		labelOf(records.at(-1)!, keys),
		api,
		context,
		async (enrolled) => {
			const { commons } = enrolled.keys;
			// More keys than the chain speaks of do no harm; fewer would.
			await changeKeys((stored) => ({
				...stored,
				commons: new Map([...commons, ...stored.commons])
			}));
			await store.replaceTail(enrolled.records);
		}
	);
	return admitted.ok && admitted.value.isAnswered ? 'answered' : 'unanswered';
}

async function settle(
	keys: DeviceKeys,
	records: readonly RosterRecord[],
	context: RejoinContext
): Promise<Rejoined> {
	const { api } = context;
	const seq = records.length - 1;
	const fault = await askAsDevice(keys, records.length, api);
	if (!fault) return 'answered';
	// A relay that knows nothing at all is filled by the session.
	if (fault !== 'not-admitted') return 'unanswered';
	const sent = await api.appendRoster(keys.workspace, seq, records.slice(seq));
	if (!sent.ok) return 'unanswered';
	if (sent.value.status === 'ok') return 'answered';
	// An older chain than this device's is the session's to fill up, too.
	if (sent.value.status === 'conflict' && sent.value.length <= seq) return 'unanswered';
	const kit = await kitOf(keys);
	if (kit) return recoverAnew(keys, kit, records, context);
	// Who came by a card has words here that must stay within reach, whatever a relay says.
	return parseRosterBody(records[seq]!)?.body.type === 'claim' ? 'lost' : 'unanswered';
}

/**
 * Before the workspace is opened; asks the relay only while the record is unanswered. That it is
 * answered is for the caller to note, when all that follows from it is done.
 */
export async function settleUnanswered(
	keys: DeviceKeys,
	context: RejoinContext
): Promise<Rejoined> {
	const found = await context.store.unanswered();
	if (!found) return 'answered';
	const records = await context.store.load();
	// What follows on it came from a relay that has it.
	return records.length === found.seq + 1 ? settle(keys, records, context) : 'answered';
}
