/** The ways in by a link: inviting, revoking, claiming, and letting in who waits. */
import type { DeviceId, MemberId } from '../../base/ids.ts';
import { limits } from '../limits.ts';
import { addMember, countNewDevice, deviceOf, spansFrom } from './foldDevices.ts';
import {
	authorOf,
	isSecretary,
	requireSignature,
	type Draft,
	type Fold,
	type Prepared,
	type Verdict
} from './foldState.ts';
import type { RosterDevice, RosterInvite } from './roster.ts';
import type { BodyOf } from './rosterRecord.ts';

/**
 * Every rotation is wrapped to each open link, so one person's must not fill it. They are counted
 * and not dated: the one who makes them says when that was. The oldest give way.
 */
function makeRoom(draft: Draft, member: MemberId): void {
	const open = [...draft.invites.values()].filter(
		(invite) => invite.isForDevice && invite.member === member && !invite.revoked && invite.usesLeft
	);
	const excess = Math.max(0, open.length - limits.maxDeviceInvites + 1);
	for (const invite of open.slice(0, excess))
		draft.invites.set(invite.key, { ...invite, revoked: true });
}

export function applyInvite(fold: Fold, prepared: Prepared, body: BodyOf<'invite'>): Verdict {
	const author = authorOf(fold, prepared, body.by);
	if (!author.ok) return author.error;
	const { draft } = fold;
	const member = (body.member ?? null) as MemberId | null;
	const isForDevice = member === author.value.member;
	if (!isForDevice && !isSecretary(author.value)) return 'not-allowed';
	// Nobody adds a device to somebody else.
	if (!isForDevice && member !== null && draft.members.has(member)) return 'not-allowed';
	const approval = body.approval === true;
	if (isForDevice && (approval || body.uses !== 1)) return 'not-allowed';
	if (approval === (body.commons !== undefined)) return 'malformed';
	if (draft.invites.has(body.inviteKey)) return 'already-in';
	if (isForDevice) makeRoom(draft, author.value.member);
	const latest = isForDevice ? body.at + limits.maxDeviceInviteMs : Infinity;
	draft.invites.set(body.inviteKey, {
		key: body.inviteKey,
		by: author.value.id,
		role: body.role,
		at: body.at,
		expiresAt: Math.min(body.expiresAt, latest),
		uses: body.uses,
		usesLeft: body.uses,
		commons: body.commons ?? null,
		recipient: body.recipient ?? null,
		approval,
		member,
		isForDevice,
		revoked: false,
		claimed: []
	});
	return null;
}

export function applyRevoke(fold: Fold, prepared: Prepared, body: BodyOf<'revoke'>): Verdict {
	const author = authorOf(fold, prepared, body.by);
	if (!author.ok) return author.error;
	const { invites, devices } = fold.draft;
	const invite = invites.get(body.inviteKey);
	if (!invite) return 'invite-unknown';
	const isOwn = devices.get(invite.by)?.member === author.value.member;
	if (!isOwn && !isSecretary(author.value)) return 'not-allowed';
	// Whoever holds the link has had the key that the record carries.
	const heldKey = invite.commons !== null && invite.usesLeft > 0 && !invite.revoked;
	if (heldKey) fold.draft.rotationDue = true;
	invites.set(invite.key, { ...invite, revoked: true });
	return null;
}

/** Whether the person who claims is the one that the invitation lets in. */
function claimsAs(draft: Draft, invite: RosterInvite, member: MemberId): Verdict {
	if (invite.member !== null && member !== invite.member) return 'wrong-member';
	if (invite.isForDevice) return null;
	if (draft.members.has(member)) return 'already-in';
	// Who was invited by name cannot be forestalled by the holder of another link.
	const isAwaited = (other: RosterInvite) => other.member === member;
	return invite.member === null && [...draft.invites.values()].some(isAwaited)
		? 'wrong-member'
		: null;
}

export function applyClaim(fold: Fold, prepared: Prepared, body: BodyOf<'claim'>): Verdict {
	const { draft } = fold;
	const invite = draft.invites.get(body.inviteKey);
	if (!invite) return 'invite-unknown';
	const fault =
		requireSignature(fold, prepared, invite.key, prepared.record.proof) ??
		requireSignature(fold, prepared, body.device.signKey, prepared.record.signature);
	if (fault) return fault;
	if (invite.revoked) return 'invite-revoked';
	if (invite.usesLeft < 1) return 'invite-used';
	if (body.at > invite.expiresAt) return 'invite-expired';
	const member = body.device.member as MemberId;
	const wrong = claimsAs(draft, invite, member);
	if (wrong) return wrong;
	const host = invite.isForDevice ? draft.members.get(member)! : null;
	const excess = host && countNewDevice(draft, host);
	if (excess) return excess;
	const role = host?.role ?? invite.role;
	const device = deviceOf(prepared, role, invite.by, invite.approval);
	if (draft.devices.has(device.id)) return 'already-in';
	draft.devices.set(device.id, device);
	draft.invites.set(invite.key, {
		...invite,
		usesLeft: invite.usesLeft - 1,
		claimed: [...invite.claimed, device.id]
	});
	if (!device.pending) addMember(draft, member, role);
	return null;
}

export function applyAdmit(fold: Fold, prepared: Prepared, body: BodyOf<'admit'>): Verdict {
	const author = authorOf(fold, prepared, body.by);
	if (!author.ok) return author.error;
	if (!isSecretary(author.value)) return 'not-allowed';
	const { draft } = fold;
	const device = draft.devices.get(body.device as DeviceId);
	if (!device || device.retired !== null) return 'device-unknown';
	if (!device.pending || draft.members.has(device.member)) return 'already-in';
	draft.devices.set(device.id, {
		...device,
		pending: false,
		commons: body.commons,
		profile: body.profile,
		writes: spansFrom(device.role, body.seq + 1)
	});
	addMember(draft, device.member, device.role);
	return null;
}

/** What a secretary opened to others closes when he is one no more; his own devices' stays. */
export function closeInvites(
	draft: Draft,
	closes: (by: RosterDevice, invite: RosterInvite) => boolean
) {
	for (const invite of draft.invites.values())
		if (!invite.revoked && closes(draft.devices.get(invite.by)!, invite))
			draft.invites.set(invite.key, { ...invite, revoked: true });
}
