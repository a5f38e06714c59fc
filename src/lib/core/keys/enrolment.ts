/**
 * How a device gets into a workspace: by founding it, or by claiming an invitation. Either gives
 * the keys to put into the vault and the verified chain to put into the database.
 */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import type { Clock } from '$lib/base/clock.ts';
import {
	cryptoRandom,
	newMemberId,
	newRoomId,
	type DeviceId,
	type MemberId
} from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import {
	applyRecords,
	deviceIdOf,
	type Roster,
	type RosterCrypto,
	type RosterInvite
} from '$lib/protocol/roster/roster.ts';
import {
	signRecord,
	type ClaimBody,
	type FoundBody,
	type RosterRecord
} from '$lib/protocol/roster/rosterRecord.ts';
import { createToken } from '$lib/protocol/token.ts';
import { KEY_BYTES, type SecretKey } from '../crypto/aead.ts';
import { createSigner, createSigningKey, type Signer, type SigningKey } from '../crypto/signer.ts';
import { verifyChain } from '../roster/rosterKeeper.ts';
import type { RelayApi } from '../sync/relayApi.ts';
import {
	deriveInvitationKeys,
	openCommons,
	parseInvitation,
	type InvitationKeys
} from './invitation.ts';
import { openProfile, sealProfile, type Profile } from './profile.ts';
import type { DeviceKeys } from './vault.ts';

export interface Enrolled {
	readonly keys: DeviceKeys;
	readonly records: readonly RosterRecord[];
	readonly roster: Roster;
}

export interface EnrolmentContext {
	readonly clock: Clock;
	readonly crypto: RosterCrypto;
}

const FIRST_EPOCH = 1;

const apiHost = (api: RelayApi) => new URL(api.origin).host;

interface NewDevice {
	readonly signing: SigningKey;
	readonly signer: Signer;
	readonly device: DeviceId;
	readonly member: MemberId;
	readonly ageIdentity: Redacted<string>;
	readonly ageRecipient: string;
}

async function createDevice(crypto: RosterCrypto): Promise<NewDevice> {
	const age = await import('age-encryption');
	const signing = await createSigningKey();
	const signer = await createSigner(signing);
	const identity = await age.generateX25519Identity();
	return {
		signing,
		signer,
		device: await deviceIdOf(signer.publicKey, crypto),
		member: newMemberId(),
		ageIdentity: new Redacted(identity),
		ageRecipient: await age.identityToRecipient(identity)
	};
}

async function wrapTo(recipient: string, key: SecretKey): Promise<string> {
	const { Encrypter } = await import('age-encryption');
	const encrypter = new Encrypter();
	encrypter.addRecipient(recipient);
	return bytesToBase64Url(await encrypter.encrypt(key.reveal()));
}

const publicPart = ({ signer, ageRecipient, member }: NewDevice) => ({
	signKey: bytesToBase64Url(signer.publicKey),
	ageRecipient,
	member
});

function deviceKeys(device: NewDevice, roster: Roster, commons: SecretKey): DeviceKeys {
	return {
		workspace: roster.workspace,
		device: device.device,
		member: device.member,
		signing: device.signing,
		ageIdentity: device.ageIdentity,
		commons: new Map([[FIRST_EPOCH, commons]])
	};
}

/** Needs no network: the relay learns of the workspace when it is first reached. */
export async function foundWorkspace(
	profile: Profile,
	{ clock, crypto }: EnrolmentContext
): Promise<Enrolled> {
	const device = await createDevice(crypto);
	const commons: SecretKey = new Redacted(cryptoRandom(KEY_BYTES));
	const body: FoundBody = {
		v: 1,
		type: 'found',
		seq: 0,
		prev: null,
		at: clock.now(),
		device: publicPart(device),
		rootRoom: newRoomId(),
		commons: await wrapTo(device.ageRecipient, commons),
		profile: sealProfile(commons, device.member, profile)
	};
	const records = [await signRecord(body, device.signer.sign)];
	const roster = await applyRecords(null, records, crypto);
	if (!roster.ok)
		throw new Error(`broken invariant: own founding record is refused: ${roster.error}`);
	return { keys: deviceKeys(device, roster.value, commons), records, roster: roster.value };
}

export type InvitationProblem =
	'not-an-invitation' | 'unreachable' | 'unknown' | 'used' | 'expired' | 'damaged';

/** An invitation that was looked at and may be claimed. */
export interface Invitation {
	readonly roster: Roster;
	readonly records: readonly RosterRecord[];
	readonly invite: RosterInvite;
	readonly keys: InvitationKeys;
	readonly commons: SecretKey;
	readonly invitedBy: Profile | null;
	readonly branch: string | null;
	/** The relay's clock minus this device's. */
	readonly clockOffsetMs: number;
}

async function readChain(
	api: RelayApi,
	link: NonNullable<ReturnType<typeof parseInvitation>>,
	keys: InvitationKeys,
	{ clock, crypto }: EnrolmentContext
) {
	const info = await api.info();
	if (!info.ok) return err<InvitationProblem>('unreachable');
	const clockOffsetMs = info.value.now - clock.now();
	const subject = `invite:${bytesToBase64Url(keys.signer.publicKey)}`;
	const token = await createToken(
		subject,
		apiHost(api),
		link.workspace,
		info.value.now,
		keys.signer.sign
	);
	const read = await api.readRoster(link.workspace, 0, token);
	// The relay answers alike for a used, an expired and an unknown invitation.
	if (!read.ok)
		return err<InvitationProblem>(read.error === 'unreachable' ? 'unreachable' : 'unknown');
	const roster = await verifyChain(link.workspace, read.value.records, crypto);
	return roster.ok
		? ok({ roster: roster.value, records: read.value.records, clockOffsetMs })
		: err<InvitationProblem>('damaged');
}

export async function inspectInvitation(
	link: string,
	api: RelayApi,
	context: EnrolmentContext
): Promise<Result<Invitation, InvitationProblem>> {
	const parsed = parseInvitation(link);
	if (!parsed) return err('not-an-invitation');
	const keys = await deriveInvitationKeys(parsed.secret, parsed.workspace);
	const chain = await readChain(api, parsed, keys, context);
	if (!chain.ok) return chain;
	const { roster, records, clockOffsetMs } = chain.value;
	const invite = roster.invites.get(bytesToBase64Url(keys.signer.publicKey));
	if (!invite) return err('unknown');
	if (invite.usesLeft < 1) return err('used');
	if (invite.expiresAt < context.clock.now() + clockOffsetMs) return err('expired');
	const commons = openCommons(keys, parsed.workspace, invite.commons);
	if (!commons) return err('damaged');
	const profileOf = (device: DeviceId) => {
		const found = roster.devices.get(device);
		return found ? openProfile(commons, found.member, found.profile) : null;
	};
	const founder = [...roster.devices.values()].find(({ since }) => since === 0);
	const branch = founder ? (profileOf(founder.id)?.branch ?? null) : null;
	return ok({
		roster,
		records,
		invite,
		keys,
		commons,
		invitedBy: profileOf(invite.by),
		branch,
		clockOffsetMs
	});
}

const CLAIM_TRIES = 5;

/** Claims the invitation; when others were admitted meanwhile it tries again on the new head. */
export async function claimInvitation(
	invitation: Invitation,
	profile: Profile,
	api: RelayApi,
	{ clock, crypto }: EnrolmentContext,
	/** Awaited before the relay is told: a tab killed just after must not have burnt the invitation. */
	prepare: (enrolled: Enrolled) => Promise<void>
): Promise<Result<Enrolled, InvitationProblem>> {
	const { keys, commons, clockOffsetMs } = invitation;
	const { workspace } = invitation.roster;
	const device = await createDevice(crypto);
	let { roster, records } = invitation;
	for (let attempt = 0; attempt < CLAIM_TRIES; attempt++) {
		const body: ClaimBody = {
			v: 1,
			type: 'claim',
			seq: roster.length,
			prev: roster.head,
			at: Math.round(clock.now() + clockOffsetMs),
			inviteKey: bytesToBase64Url(keys.signer.publicKey),
			device: publicPart(device),
			profile: sealProfile(commons, device.member, profile)
		};
		const record = await signRecord(body, device.signer.sign, keys.signer.sign);
		const admitted = await verifyChain(workspace, [...records, record], crypto);
		if (!admitted.ok) return err(admitted.error === 'invite-used' ? 'used' : 'damaged');
		const enrolled: Enrolled = {
			keys: deviceKeys(device, admitted.value, commons),
			records: [...records, record],
			roster: admitted.value
		};
		await prepare(enrolled);
		// The same record again when the answer was lost: the relay knows it by its bytes.
		let sent = await api.appendRoster(workspace, roster.length, [record]);
		if (!sent.ok && sent.error === 'unreachable')
			sent = await api.appendRoster(workspace, roster.length, [record]);
		if (!sent.ok) return err(sent.error === 'unreachable' ? 'unreachable' : 'unknown');
		if (sent.value.status === 'refused')
			return err(
				sent.value.reason === 'invite-used'
					? 'used'
					: sent.value.reason === 'invite-expired'
						? 'expired'
						: 'damaged'
			);
		if (sent.value.status === 'ok') return ok(enrolled);
		const token = await createToken(
			`invite:${body.inviteKey}`,
			apiHost(api),
			workspace,
			clock.now() + clockOffsetMs,
			keys.signer.sign
		);
		const read = await api.readRoster(workspace, 0, token);
		const chain = read.ok ? await verifyChain(workspace, read.value.records, crypto) : null;
		// The relay lets nobody in any more by this link: whoever was faster has used it.
		if (!read.ok) return err(read.error === 'unreachable' ? 'unreachable' : 'used');
		if (!chain?.ok) return err('damaged');
		roster = chain.value;
		records = read.value.records;
	}
	return err('unreachable');
}
