/**
 * Coming back by a recovery kit when no device is left: the paper's keys let a new device of the
 * same member in. The chain comes from the relay, or from a backup where there is none.
 */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { applyRecords } from '$lib/protocol/roster/foldRoster.ts';
import type { Roster, RosterKit } from '$lib/protocol/roster/roster.ts';
import { signRecord, type BodyOf, type RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import type { Kit } from '../recovery/kit.ts';
import { verifyChain } from '../roster/rosterKeeper.ts';
import type { RelayApi } from '../sync/relayApi.ts';
import { completeCommons, newestGrant, unwrapGrant, type CommonsKeys } from './commonsKeys.ts';
import {
	appendOwn,
	readChain,
	type Admission,
	type Chain,
	type Enrolled,
	type EnrolmentContext
} from './enrolment.ts';
import { createDevice, deviceKeys, publicPart, type NewDevice } from './newDevice.ts';
import { openProfile, sealProfile, type Profile } from './profile.ts';

/** `kit-unknown`: replaced by a newer one, or its member has left. */
export type RecoveryProblem = 'unreachable' | 'unknown-workspace' | 'kit-unknown' | 'damaged';

/** A kit that was looked at and may be used. */
export interface Recovery extends Chain {
	readonly kit: Kit;
	readonly rosterKit: RosterKit;
	readonly commons: CommonsKeys;
	/** Whose kit it is. */
	readonly profile: Profile;
	readonly branch: string | null;
}

const keyOf = ({ signer }: Kit) => bytesToBase64Url(signer.publicKey);

async function lookAt(kit: Kit, chain: Chain): Promise<Result<Recovery, RecoveryProblem>> {
	const { roster } = chain;
	const rosterKit = [...roster.kits.values()].find(({ signKey }) => signKey === keyOf(kit));
	if (!rosterKit) return err('kit-unknown');
	const grant = await unwrapGrant(kit.identity, rosterKit.commons);
	if (!grant) return err('damaged');
	const start = new Map([[grant.epoch, grant.key]]);
	const commons = await completeCommons(roster, start, [kit.identity]);
	if (!commons.has(roster.epoch)) return err('damaged');
	const devices = [...roster.devices.values()];
	const profiles = (wanted: (device: (typeof devices)[number]) => boolean) =>
		devices
			.filter(wanted)
			.map((device) => openProfile(commons, device.member, device.profile))
			.findLast((profile) => profile !== null) ?? null;
	const profile = profiles(({ member }) => member === rosterKit.member);
	const branch = profiles(({ since }) => since === 0)?.branch ?? null;
	if (!profile) return err('damaged');
	return ok({ ...chain, kit, rosterKit, commons, profile, branch });
}

export async function inspectKit(
	kit: Kit,
	workspace: WorkspaceId,
	api: RelayApi,
	context: EnrolmentContext
): Promise<Result<Recovery, RecoveryProblem>> {
	const chain = await readChain(api, workspace, 'kit', kit.signer, context);
	if (chain.ok) return lookAt(kit, chain.value);
	if (chain.error === 'not-admitted') return err('kit-unknown');
	return err(chain.error === 'bad-answer' ? 'damaged' : chain.error);
}

/** The same from the chain of a backup, without a relay. */
export async function inspectKitIn(
	kit: Kit,
	workspace: WorkspaceId,
	records: readonly RosterRecord[],
	{ crypto }: EnrolmentContext
): Promise<Result<Recovery, RecoveryProblem>> {
	const roster = await verifyChain(workspace, records, crypto);
	if (!roster.ok) return err('damaged');
	return lookAt(kit, { roster: roster.value, records, clockOffsetMs: 0 });
}

const enrolledAs = async (
	device: NewDevice,
	{ kit, commons, rosterKit }: Recovery,
	{ roster, records }: { roster: Roster; records: readonly RosterRecord[] }
): Promise<Enrolled> => ({
	keys: {
		...deviceKeys(device, roster, await completeCommons(roster, commons, [kit.identity])),
		// Rooms that were wrapped for the paper are still to come: its secret stays until it is settled.
		kit: {
			state: 'unsaved',
			identity: kit.identity,
			madeAtMs: rosterKit.at,
			isOnPaper: true
		}
	},
	records,
	roster
});

async function recoverRecord(
	device: NewDevice,
	label: string,
	{ kit, commons, profile, clockOffsetMs }: Recovery,
	roster: Roster,
	nowMs: number
): Promise<RosterRecord> {
	const body: BodyOf<'recover'> = {
		...{ v: 1, type: 'recover', seq: roster.length, prev: roster.head },
		at: Math.round(nowMs + clockOffsetMs),
		kitKey: keyOf(kit),
		device: publicPart(device),
		profile: sealProfile(newestGrant(commons).key, device.member, { ...profile, label })
	};
	return signRecord(body, device.signer.sign, kit.signer.sign);
}

/** Lets a device in through the relay. `prepare` is awaited before the relay is told. */
export async function recoverDevice(
	device: NewDevice,
	recovery: Recovery,
	label: string,
	api: RelayApi,
	context: EnrolmentContext,
	prepare: (enrolled: Enrolled) => Promise<void>
): Promise<Result<Admission, RecoveryProblem>> {
	const { clock, crypto } = context;
	const { kit, roster } = recovery;
	const appended = await appendOwn(
		api,
		recovery,
		() => readChain(api, roster.workspace, 'kit', kit.signer, context),
		(chain) => recoverRecord(device, label, recovery, chain.roster, clock.now()),
		async (records, grown) =>
			prepare(await enrolledAs(device, recovery, { records, roster: grown })),
		crypto
	);
	if (appended.ok) {
		const { isAnswered } = appended.value;
		return ok({ ...(await enrolledAs(device, recovery, appended.value)), isAnswered });
	}
	if (appended.error === 'unreachable' || appended.error === 'unknown-workspace')
		return err(appended.error);
	return err(appended.error === 'damaged' ? 'damaged' : 'kit-unknown');
}

/** The same with a device that is made for it. */
export const recoverByRelay = async (
	recovery: Recovery,
	label: string,
	api: RelayApi,
	context: EnrolmentContext,
	prepare: (enrolled: Enrolled) => Promise<void>
): Promise<Result<Admission, RecoveryProblem>> =>
	recoverDevice(
		await createDevice(context.crypto, recovery.rosterKit.member),
		recovery,
		label,
		api,
		context,
		prepare
	);

/** Lets this device in on its own copy of the chain; the relay is told when it is next reached. */
export async function recoverOffline(
	recovery: Recovery,
	label: string,
	{ clock, crypto }: EnrolmentContext
): Promise<Result<Enrolled, RecoveryProblem>> {
	const device = await createDevice(crypto, recovery.rosterKit.member);
	const record = await recoverRecord(device, label, recovery, recovery.roster, clock.now());
	const roster = await applyRecords(recovery.roster, [record], crypto);
	if (!roster.ok) return err('kit-unknown');
	const records = [...recovery.records, record];
	return ok(await enrolledAs(device, recovery, { records, roster: roster.value }));
}
