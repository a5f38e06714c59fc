/**
 * What the rules of the chain work on: the roster in the making, a record with all that hashing
 * tells of it, and the signatures that are still to be waited for.
 */
import { base64UrlToBytes, bytesToBase64Url } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { DeviceId, MemberId } from '../../base/ids.ts';
import { limits } from '../limits.ts';
import {
	deviceIdOf,
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
	type ParsedRecord,
	type RosterBody,
	type RosterRecord
} from './rosterRecord.ts';

/** A record with everything about it that only hashing tells. */
export interface Prepared extends ParsedRecord {
	readonly record: RosterRecord;
	readonly hash: string;
	/** Of the device the record brings, where it brings one. */
	readonly newDevice: DeviceId | null;
}

type Fixed = Pick<Roster, 'workspace' | 'rootRoom' | 'commons'>;

export interface Draft extends Fixed {
	head: string;
	length: number;
	epoch: number;
	rotationDue: boolean;
	readonly rotations: Rotation[];
	readonly members: Map<MemberId, RosterMember>;
	readonly devices: Map<DeviceId, RosterDevice>;
	readonly invites: Map<string, RosterInvite>;
	readonly kits: Map<MemberId, RosterKit>;
	readonly ownRecords: Map<MemberId, number>;
}

export interface Fold {
	readonly draft: Draft;
	/** Signatures that must all hold for the batch to hold. */
	readonly checks: Promise<boolean>[];
	readonly crypto: RosterCrypto;
}

/** What a rule gives back: the fault, or null when the record holds (signatures aside). */
export type Verdict = RosterFault | null;

export const toDraft = (roster: Roster): Draft => ({
	...roster,
	rotations: [...roster.rotations],
	members: new Map(roster.members),
	devices: new Map(roster.devices),
	invites: new Map(roster.invites),
	kits: new Map(roster.kits),
	ownRecords: new Map(roster.ownRecords)
});

/** Signed a second time, by the key of an invitation or a kit. */
const PROVEN: ReadonlySet<RosterBody['type']> = new Set(['kit', 'claim', 'recover']);

export async function prepare(
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

export function requireSignature(
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

export const isSecretary = ({ role }: Pick<RosterDevice, 'role'>) => role === 'secretary';

/**
 * Counts a record that a member wrote, or that came by his own link or kit. A secretary's are not
 * bounded; anybody else could fill the chain until nobody can take him out.
 */
export function countOwn(draft: Draft, { id, role }: Pick<RosterMember, 'id' | 'role'>): Verdict {
	if (isSecretary({ role })) return null;
	const count = (draft.ownRecords.get(id) ?? 0) + 1;
	const isReserved = draft.length >= limits.maxRosterRecords - limits.reservedRosterRecords;
	if (isReserved || count > limits.maxOwnRosterRecords) return 'too-many-records';
	draft.ownRecords.set(id, count);
	return null;
}

/** The author of an act, whose signature the record must carry. */
export function authorOf(
	fold: Fold,
	prepared: Prepared,
	by: string
): Result<RosterDevice, RosterFault> {
	const author = fold.draft.devices.get(by as DeviceId);
	if (!author) return err('unknown-author');
	if (author.retired !== null) return err('author-retired');
	if (author.pending) return err('not-allowed');
	const fault = requireSignature(fold, prepared, author.signKey, prepared.record.signature);
	if (fault) return err(fault);
	// Everybody can always take out a device of his own; it is one record a device.
	const isFree = prepared.body.type === 'retire';
	const excess = isFree ? null : countOwn(fold.draft, { id: author.member, role: author.role });
	return excess ? err(excess) : ok(author);
}
