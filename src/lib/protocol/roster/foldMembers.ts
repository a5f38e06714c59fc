/** What becomes of people who are in: other roles, devices taken out, leaving. */
import type { DeviceId, MemberId } from '../../base/ids.ts';
import { spansFrom } from './foldDevices.ts';
import { closeInvites } from './foldInvites.ts';
import {
	authorOf,
	isSecretary,
	type Draft,
	type Fold,
	type Prepared,
	type Verdict
} from './foldState.ts';
import { isActive, type RosterDevice } from './roster.ts';
import type { BodyOf, Role } from './rosterRecord.ts';

const hasSecretary = (devices: Iterable<RosterDevice>) =>
	[...devices].some((device) => isActive(device) && isSecretary(device));

/** The same device from record `seq` on in another role, or in none. */
function inRole(device: RosterDevice, role: Role, seq: number): RosterDevice {
	const closed = device.writes.map((span) => ({ ...span, to: span.to ?? seq }));
	const wrote = device.role !== 'observer';
	const writes =
		role === 'observer' ? closed : wrote ? device.writes : [...closed, ...spansFrom(role, seq + 1)];
	return { ...device, role, writes: isActive(device) ? writes : device.writes };
}

export function applyRole(fold: Fold, prepared: Prepared, body: BodyOf<'role'>): Verdict {
	const author = authorOf(fold, prepared, body.by);
	if (!author.ok) return author.error;
	if (!isSecretary(author.value)) return 'not-allowed';
	const { draft } = fold;
	const member = draft.members.get(body.member as MemberId);
	if (!member || member.left !== null) return 'member-unknown';
	const changed = [...draft.devices.values()]
		.filter((device) => device.member === member.id)
		.map((device) => inRole(device, body.role, body.seq));
	const after = new Map(draft.devices);
	for (const device of changed) after.set(device.id, device);
	if (!hasSecretary(after.values())) return 'last-secretary';
	for (const device of changed) draft.devices.set(device.id, device);
	draft.members.set(member.id, { ...member, role: body.role, restricted: body.restricted });
	if (body.role !== 'secretary')
		closeInvites(draft, (by, { isForDevice }) => by.member === member.id && !isForDevice);
	return null;
}

/** Whoever has no device left has gone, and so has what lets others in on his word. */
function takeLeave(draft: Draft, member: MemberId, seq: number): void {
	const stays = [...draft.devices.values()].some(
		(device) => device.member === member && isActive(device)
	);
	const known = draft.members.get(member);
	if (stays || !known) return;
	draft.members.set(member, { ...known, left: seq });
	draft.kits.delete(member);
}

export function applyRetire(fold: Fold, prepared: Prepared, body: BodyOf<'retire'>): Verdict {
	const author = authorOf(fold, prepared, body.by);
	if (!author.ok) return author.error;
	const { draft } = fold;
	const gone = body.devices.map((name) => draft.devices.get(name as DeviceId));
	const leaving: RosterDevice[] = [];
	for (const device of gone) {
		if (!device || device.retired !== null) return 'device-unknown';
		leaving.push(device);
	}
	const areOwn = leaving.every(({ member }) => member === author.value.member);
	if (!areOwn && !isSecretary(author.value)) return 'not-allowed';
	const names = new Set(leaving.map(({ id }) => id));
	const rest = [...draft.devices.values()].filter(({ id }) => !names.has(id));
	if (!hasSecretary(rest)) return 'last-secretary';
	for (const device of leaving) {
		const writes = device.writes.map((span) => ({ ...span, to: span.to ?? body.seq }));
		draft.devices.set(device.id, { ...device, pending: false, retired: body.seq, writes });
		// One that was never let in holds no key.
		if (!device.pending) draft.rotationDue = true;
	}
	for (const { member } of leaving) takeLeave(draft, member, body.seq);
	closeInvites(draft, ({ id }) => names.has(id));
	// Who took a device could have made himself a kit with it.
	if (!body.keepKit)
		for (const { member, by } of draft.kits.values()) if (names.has(by)) draft.kits.delete(member);
	return null;
}
