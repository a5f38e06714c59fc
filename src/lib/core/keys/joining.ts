/** Coming in by an invitation: as a new person, or with a further device of one's own. */
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { newMemberId, type DeviceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import {
	activeDevices,
	isOpenInvite,
	type Roster,
	type RosterInvite
} from '$lib/protocol/roster/roster.ts';
import { signRecord, type ClaimBody } from '$lib/protocol/roster/rosterRecord.ts';
import { wrapFor } from '../crypto/age.ts';
import type { RelayApi } from '../sync/relayApi.ts';
import { completeCommons, newestGrant, type CommonsKeys } from './commonsKeys.ts';
import {
	appendOwn,
	readChain,
	type Admission,
	type AppendFault,
	type Chain,
	type ChainFault,
	type Enrolled,
	type EnrolmentContext
} from './enrolment.ts';
import {
	deriveInvitationKeys,
	openCommons,
	parseInvitation,
	type InvitationKeys
} from './invitation.ts';
import { createDevice, deviceKeys, publicPart } from './newDevice.ts';
import { openProfile, sealProfile, type Profile } from './profile.ts';

export type InvitationProblem =
	| 'not-an-invitation'
	| 'unreachable'
	| 'unknown'
	| 'used'
	| 'expired'
	| 'revoked'
	| 'damaged'
	| 'already-in';

/** An invitation that was looked at and may be claimed. */
export interface Invitation extends Chain {
	readonly invite: RosterInvite;
	readonly keys: InvitationKeys;
	/** Empty where a secretary has to let the person in first. */
	readonly commons: CommonsKeys;
	readonly invitedBy: Profile | null;
	readonly branch: string | null;
	/** The name it was made for, if one was given. */
	readonly name: string | null;
	/** Whose further device this becomes; null for a new person. */
	readonly deviceOf: Profile | null;
}

// The relay answers alike for a used, an expired, a revoked and an unknown invitation.
const problemOf = (fault: ChainFault): InvitationProblem =>
	fault === 'unreachable' || fault === 'damaged' ? fault : 'unknown';

function closedBecause(invite: RosterInvite, nowMs: number): InvitationProblem | null {
	if (isOpenInvite(invite, nowMs)) return null;
	if (invite.revoked) return 'revoked';
	return invite.usesLeft < 1 ? 'used' : 'expired';
}

function profileOf(roster: Roster, id: DeviceId, commons: CommonsKeys): Profile | null {
	const device = roster.devices.get(id);
	return device ? openProfile(commons, device.member, device.profile) : null;
}

async function commonsBy(
	keys: InvitationKeys,
	invite: RosterInvite,
	roster: Roster
): Promise<{ commons: CommonsKeys; name: string | null } | null> {
	if (invite.approval) return { commons: new Map(), name: null };
	const grant = invite.commons && openCommons(keys, roster.workspace, invite.commons);
	if (!grant) return null;
	const start = new Map([[grant.epoch, grant.key]]);
	const commons = await completeCommons(roster, start, [keys.identity]);
	// A link of the first version gets no key that is newer than itself: who came by it would be in
	// and read nothing.
	return commons.has(roster.epoch) ? { commons, name: grant.name ?? null } : null;
}

export async function inspectInvitation(
	link: string,
	api: RelayApi,
	context: EnrolmentContext
): Promise<Result<Invitation, InvitationProblem>> {
	const parsed = parseInvitation(link);
	if (!parsed) return err('not-an-invitation');
	const keys = await deriveInvitationKeys(parsed.secret, parsed.workspace);
	const chain = await readChain(api, parsed.workspace, 'invite', keys.signer, context);
	if (!chain.ok) return err(problemOf(chain.error));
	const { roster, clockOffsetMs } = chain.value;
	const invite = roster.invites.get(bytesToBase64Url(keys.signer.publicKey));
	if (!invite) return err('unknown');
	const closed = closedBecause(invite, context.clock.now() + clockOffsetMs);
	if (closed) return err(closed);
	const opened = await commonsBy(keys, invite, roster);
	if (!opened) return err(invite.recipient === null ? 'revoked' : 'damaged');
	const { commons, name } = opened;
	const founder = [...roster.devices.values()].find(({ since }) => since === 0);
	const invitedBy = profileOf(roster, invite.by, commons);
	return ok({
		...chain.value,
		invite,
		keys,
		commons,
		invitedBy,
		branch: founder ? (profileOf(roster, founder.id, commons)?.branch ?? null) : null,
		name,
		deviceOf: invite.isForDevice ? invitedBy : null
	});
}

/** Without a commons key only the secretaries, who have to decide, may read who asks. */
async function profileToSecretaries(roster: Roster, profile: Profile): Promise<string> {
	const secretaries = activeDevices(roster).filter(({ role }) => role === 'secretary');
	const recipients = secretaries.map(({ ageRecipient }) => ageRecipient);
	return bytesToBase64Url(await wrapFor(recipients, utf8ToBytes(JSON.stringify(profile))));
}

function problemOfAppend(fault: AppendFault): InvitationProblem {
	if (typeof fault === 'string') return problemOf(fault);
	const known: Record<string, InvitationProblem> = {
		'invite-used': 'used',
		'invite-expired': 'expired',
		'invite-revoked': 'revoked',
		'already-in': 'already-in'
	};
	return known[fault.refused] ?? 'damaged';
}

/** Claims the invitation. With `approval` the keys hold no commons key yet. */
export async function claimInvitation(
	invitation: Invitation,
	profile: Profile,
	api: RelayApi,
	context: EnrolmentContext,
	/** Awaited before the relay is told: a tab killed just after must not have burnt the invitation. */
	prepare: (enrolled: Enrolled) => Promise<void>
): Promise<Result<Admission, InvitationProblem>> {
	const { keys, commons, invite } = invitation;
	const { clock, crypto } = context;
	const { workspace } = invitation.roster;
	const device = await createDevice(crypto, invite.member ?? newMemberId());

	async function make({ roster, clockOffsetMs }: Chain) {
		const body: ClaimBody = {
			...{ v: 1, type: 'claim', seq: roster.length, prev: roster.head },
			at: Math.round(clock.now() + clockOffsetMs),
			inviteKey: invite.key,
			device: publicPart(device),
			profile: invite.approval
				? await profileToSecretaries(roster, profile)
				: sealProfile(newestGrant(commons).key, device.member, profile)
		};
		return signRecord(body, device.signer.sign, keys.signer.sign);
	}

	const enrolled = async ({ roster, records }: Pick<Chain, 'roster' | 'records'>) => ({
		keys: deviceKeys(device, roster, await completeCommons(roster, commons, [keys.identity])),
		records,
		roster
	});

	const appended = await appendOwn(
		api,
		invitation,
		() => readChain(api, workspace, 'invite', keys.signer, context),
		make,
		async (records, roster) => prepare(await enrolled({ records, roster })),
		crypto
	);
	if (!appended.ok) return err(problemOfAppend(appended.error));
	const { isAnswered } = appended.value;
	return ok({ ...(await enrolled(appended.value)), isAnswered });
}
