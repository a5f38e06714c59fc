/**
 * The fold of the chain, the same code on every device and on the relay: records onto a state, or
 * the reason why not. It trusts nothing that is not signed and chained.
 *
 * A thousand records take a fraction of a second because nothing waits for a signature: records are
 * hashed and the rules applied in order, part by part, while the signatures of former parts are
 * being checked. Nothing of a batch holds unless all of it does.
 */
import { base64UrlToBytes, bytesToBase64Url } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { DeviceId, MemberId, RoomId, WorkspaceId } from '../../base/ids.ts';
import {
	deviceIdOf,
	FIRST_EPOCH,
	isActive,
	type Roster,
	type RosterCrypto,
	type RosterDevice,
	type RosterFault,
	type RosterInvite,
	type RosterKit,
	type RosterMember,
	type Rotation
} from './roster.ts';
import {
	parseRosterBody,
	type BodyOf,
	type ParsedRecord,
	type Role,
	type RosterBody,
	type RosterRecord
} from './rosterRecord.ts';

/** A record with everything about it that only hashing tells. */
interface Prepared extends ParsedRecord {
	readonly record: RosterRecord;
	readonly hash: string;
	/** Of the device the record brings, where it brings one. */
	readonly newDevice: DeviceId | null;
}

interface Draft {
	head: string;
	length: number;
	readonly workspace: WorkspaceId;
	readonly rootRoom: RoomId;
	readonly commons: string;
	epoch: number;
	rotationDue: boolean;
	readonly rotations: Rotation[];
	readonly members: Map<MemberId, RosterMember>;
	readonly devices: Map<DeviceId, RosterDevice>;
	readonly invites: Map<string, RosterInvite>;
	readonly kits: Map<MemberId, RosterKit>;
}

interface Fold {
	readonly draft: Draft;
	/** Signatures that must all hold for the batch to hold. */
	readonly checks: Promise<boolean>[];
	readonly crypto: RosterCrypto;
}

/** What a rule gives back: the fault, or null when the record holds (signatures aside). */
type Verdict = RosterFault | null;

/** Signed a second time, by the key of an invitation or a kit. */
const PROVEN: ReadonlySet<RosterBody['type']> = new Set(['kit', 'claim', 'recover']);

async function prepare(
	record: RosterRecord,
	crypto: RosterCrypto
): Promise<Result<Prepared, 'malformed'>> {
	const parsed = parseRosterBody(record);
	if (!parsed) return err('malformed');
	const { body } = parsed;
	// A proof that nothing checks could be put on by anybody: one record, two spellings.
	if (record.proof !== undefined && !PROVEN.has(body.type)) return err('malformed');
	const brings = body.type === 'found' || body.type === 'claim' || body.type === 'recover';
	const newDevice = brings
		? await deviceIdOf(base64UrlToBytes(body.device.signKey)!, crypto)
		: null;
	const hash = bytesToBase64Url(await crypto.sha256(parsed.bytes));
	return ok({ ...parsed, record, hash, newDevice });
}

function require(
	{ checks, crypto }: Fold,
	{ bytes }: Prepared,
	key: string | Uint8Array<ArrayBuffer>,
	signature: string | undefined
): Verdict {
	const publicKey = typeof key === 'string' ? base64UrlToBytes(key) : key;
	const signatureBytes = signature === undefined ? null : base64UrlToBytes(signature);
	if (!publicKey || !signatureBytes) return 'bad-signature';
	const check = crypto.verify(publicKey, bytes, signatureBytes);
	check.catch(() => undefined); // nobody waits for it where the batch fails before
	checks.push(check);
	return null;
}

/** The author of an act, whose signature the record must carry. */
function authorOf(fold: Fold, prepared: Prepared, by: string): Result<RosterDevice, RosterFault> {
	const author = fold.draft.devices.get(by as DeviceId);
	if (!author) return err('unknown-author');
	if (author.retired !== null) return err('author-retired');
	if (author.pending) return err('not-allowed');
	const fault = require(fold, prepared, author.signKey, prepared.record.signature);
	return fault ? err(fault) : ok(author);
}

const isSecretary = ({ role }: RosterDevice) => role === 'secretary';

const spansFrom = (role: Role, from: number) => (role === 'observer' ? [] : [{ from, to: null }]);

function deviceOf(
	{ body, newDevice }: Prepared,
	role: Role,
	invitedBy: DeviceId | null,
	pending: boolean
): RosterDevice {
	const { device, profile, seq, at } = body as BodyOf<'found' | 'claim' | 'recover'>;
	return {
		id: newDevice!,
		member: device.member as MemberId,
		role,
		signKey: base64UrlToBytes(device.signKey)!, // length checked by the schema
		ageRecipient: device.ageRecipient,
		profile,
		commons: null,
		since: seq,
		at,
		invitedBy,
		pending,
		retired: null,
		writes: pending ? [] : spansFrom(role, seq + 1)
	};
}

function addMember(draft: Draft, id: MemberId, role: Role): void {
	if (!draft.members.has(id)) draft.members.set(id, { id, role, restricted: false, left: null });
}

function applyFound(prepared: Prepared, crypto: RosterCrypto): Result<Fold, RosterFault> {
	const { body, hash, record } = prepared;
	if (body.type !== 'found' || body.seq !== 0) return err('not-the-founding');
	const founder = deviceOf(prepared, 'secretary', null, false);
	const draft: Draft = {
		workspace: hash as WorkspaceId,
		rootRoom: body.rootRoom as RoomId,
		commons: body.commons,
		head: hash,
		length: 1,
		epoch: FIRST_EPOCH,
		rotationDue: false,
		rotations: [],
		members: new Map(),
		devices: new Map([[founder.id, founder]]),
		invites: new Map(),
		kits: new Map()
	};
	addMember(draft, founder.member, 'secretary');
	const fold: Fold = { draft, checks: [], crypto };
	const fault = require(fold, prepared, body.device.signKey, record.signature);
	return fault ? err(fault) : ok(fold);
}

function applyKit(fold: Fold, prepared: Prepared, body: BodyOf<'kit'>): Verdict {
	const author = authorOf(fold, prepared, body.by);
	if (!author.ok) return author.error;
	const fault = require(fold, prepared, body.signKey, prepared.record.proof);
	if (fault) return fault;
	const { draft } = fold;
	const { member } = author.value;
	const known = [...draft.kits.values()].some(({ signKey }) => signKey === body.signKey);
	if (known) return 'already-in';
	// Whoever holds the former paper must not read on.
	if (draft.kits.has(member)) draft.rotationDue = true;
	const { signKey, recipient, commons, seq, at } = body;
	const by = author.value.id;
	draft.kits.set(member, { member, by, signKey, recipient, commons, since: seq, at });
	return null;
}

function applyInvite(fold: Fold, prepared: Prepared, body: BodyOf<'invite'>): Verdict {
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
	draft.invites.set(body.inviteKey, {
		key: body.inviteKey,
		by: author.value.id,
		role: body.role,
		at: body.at,
		expiresAt: body.expiresAt,
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

function applyRevoke(fold: Fold, prepared: Prepared, body: BodyOf<'revoke'>): Verdict {
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

function applyClaim(fold: Fold, prepared: Prepared, body: BodyOf<'claim'>): Verdict {
	const { draft } = fold;
	const invite = draft.invites.get(body.inviteKey);
	if (!invite) return 'invite-unknown';
	const fault =
		require(fold, prepared, invite.key, prepared.record.proof) ??
		require(fold, prepared, body.device.signKey, prepared.record.signature);
	if (fault) return fault;
	if (invite.revoked) return 'invite-revoked';
	if (invite.usesLeft < 1) return 'invite-used';
	if (body.at > invite.expiresAt) return 'invite-expired';
	const member = body.device.member as MemberId;
	const wrong = claimsAs(draft, invite, member);
	if (wrong) return wrong;
	const role = invite.isForDevice ? draft.members.get(member)!.role : invite.role;
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

function applyAdmit(fold: Fold, prepared: Prepared, body: BodyOf<'admit'>): Verdict {
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

function applyRole(fold: Fold, prepared: Prepared, body: BodyOf<'role'>): Verdict {
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

/** What a secretary opened to others closes when he is one no more; his own devices' stays. */
function closeInvites(draft: Draft, closes: (by: RosterDevice, invite: RosterInvite) => boolean) {
	for (const invite of draft.invites.values())
		if (!invite.revoked && closes(draft.devices.get(invite.by)!, invite))
			draft.invites.set(invite.key, { ...invite, revoked: true });
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

function applyRetire(fold: Fold, prepared: Prepared, body: BodyOf<'retire'>): Verdict {
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

function applyRotate(fold: Fold, prepared: Prepared, body: BodyOf<'rotate'>): Verdict {
	const author = authorOf(fold, prepared, body.by);
	if (!author.ok) return author.error;
	if (!isSecretary(author.value)) return 'not-allowed';
	const { draft } = fold;
	if (body.epoch !== draft.epoch + 1) return 'wrong-epoch';
	const { epoch, seq, commons, previous } = body;
	draft.epoch = epoch;
	draft.rotationDue = false;
	draft.rotations.push({ epoch, seq, commons, previous });
	return null;
}

function applyRecover(fold: Fold, prepared: Prepared, body: BodyOf<'recover'>): Verdict {
	const { draft } = fold;
	const kit = [...draft.kits.values()].find(({ signKey }) => signKey === body.kitKey);
	if (!kit) return 'kit-unknown';
	const fault =
		require(fold, prepared, kit.signKey, prepared.record.proof) ??
		require(fold, prepared, body.device.signKey, prepared.record.signature);
	if (fault) return fault;
	if (body.device.member !== kit.member) return 'wrong-member';
	const device = deviceOf(prepared, draft.members.get(kit.member)!.role, null, false);
	if (draft.devices.has(device.id)) return 'already-in';
	draft.devices.set(device.id, device);
	return null;
}

function applyBody(fold: Fold, prepared: Prepared, body: RosterBody): Verdict {
	switch (body.type) {
		case 'found':
			return 'out-of-sequence';
		case 'kit':
			return applyKit(fold, prepared, body);
		case 'invite':
			return applyInvite(fold, prepared, body);
		case 'revoke':
			return applyRevoke(fold, prepared, body);
		case 'claim':
			return applyClaim(fold, prepared, body);
		case 'admit':
			return applyAdmit(fold, prepared, body);
		case 'role':
			return applyRole(fold, prepared, body);
		case 'retire':
			return applyRetire(fold, prepared, body);
		case 'rotate':
			return applyRotate(fold, prepared, body);
		case 'recover':
			return applyRecover(fold, prepared, body);
	}
}

function applyNext(fold: Fold, prepared: Prepared): Verdict {
	const { draft } = fold;
	const { body, hash } = prepared;
	if (body.seq !== draft.length) return 'out-of-sequence';
	if (body.prev !== draft.head) return 'wrong-previous';
	const fault = applyBody(fold, prepared, body);
	if (fault) return fault;
	draft.head = hash;
	draft.length += 1;
	return null;
}

const toDraft = (roster: Roster): Draft => ({
	...roster,
	rotations: [...roster.rotations],
	members: new Map(roster.members),
	devices: new Map(roster.devices),
	invites: new Map(roster.invites),
	kits: new Map(roster.kits)
});

/** Small enough that checking the signatures of one part goes on beside preparing the next. */
const PART = 64;

/** The rules, in order, over one part; signatures stay to be waited for in `fold.checks`. */
function applyPart(
	known: Fold | null,
	part: readonly Result<Prepared, 'malformed'>[],
	crypto: RosterCrypto
): Result<Fold, RosterFault> {
	let fold = known;
	for (const next of part) {
		if (!next.ok) return next;
		if (fold) {
			const fault = applyNext(fold, next.value);
			if (fault) return err(fault);
		} else {
			const founded = applyFound(next.value, crypto);
			if (!founded.ok) return founded;
			fold = founded.value;
		}
	}
	return fold ? ok(fold) : err('not-the-founding');
}

/** Folds records onto a state (null before the founding); the first that does not hold fails all. */
export async function applyRecords(
	roster: Roster | null,
	records: readonly RosterRecord[],
	crypto: RosterCrypto
): Promise<Result<Roster, RosterFault>> {
	let fold: Fold | null = roster && { draft: toDraft(roster), checks: [], crypto };
	for (let at = 0; at < records.length; at += PART) {
		const part = records.slice(at, at + PART).map((record) => prepare(record, crypto));
		const applied = applyPart(fold, await Promise.all(part), crypto);
		if (!applied.ok) return applied;
		fold = applied.value;
	}
	if (!fold) return err('not-the-founding');
	const held = await Promise.all(fold.checks);
	return held.includes(false) ? err('bad-signature') : ok(fold.draft);
}

/** Folds one record. */
export const applyRecord = (
	roster: Roster | null,
	record: RosterRecord,
	crypto: RosterCrypto
): Promise<Result<Roster, RosterFault>> => applyRecords(roster, [record], crypto);
