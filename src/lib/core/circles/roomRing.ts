/**
 * What the keys entries of one room come to, whatever order they arrived in: who is in, which key
 * is sealed with now, which keys read, and what is to be done about it. A pure function of the
 * opened entries and the roster. Rules are numbered K… in SPEC.md.
 */
import { base64UrlToBytes } from '$lib/base/bytes.ts';
import type { DeviceId, MemberId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { mayWrite, type Roster, type RosterDevice } from '$lib/protocol/roster/roster.ts';
import type { SecretKey } from '../crypto/aead.ts';
import type { EpochKey, Standing } from '../rooms/roomKeys.ts';
import { audienceOf, coversOf, type Cover } from './circle.ts';
import type { ClosedKeys, KeysPayload, OpenedKeys } from './keysEntry.ts';
import { readStatement, type SignedStatement, type Statement } from './statement.ts';

export interface RoomRing {
	readonly statement: Statement;
	readonly signed: SignedStatement;
	readonly creator: MemberId | null;
	readonly audience: readonly MemberId[];
	readonly label: KeysPayload['label'];
	readonly current: EpochKey;
	readonly keys: ReadonlyMap<number, readonly SecretKey[]>;
	/** Devices and kits of the audience for which nobody has wrapped the current key. */
	readonly uncovered: readonly Cover[];
	/** Somebody has the current key who should not, or nobody who may give one vouches for it. */
	readonly rotationDue: boolean;
	/** Somebody of the audience renewed the key, and not for this device: it is out, or not yet in. */
	readonly isShut: boolean;
	/** The shortest roster known to those who wrapped the current key. */
	readonly since: number;
	/** Names of whom each epoch was wrapped for. */
	readonly covered: ReadonlyMap<number, ReadonlySet<string>>;
}

interface Read extends OpenedKeys {
	readonly stated: Statement;
}

const byHash = (a: Read, b: Read) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0);
/** Newest statement first; two of one revision are two devices of one person at once. */
const byStatement = (a: Read, b: Read) => b.stated.revision - a.stated.revision || byText(a, b);
const byText = (a: Read, b: Read) =>
	a.payload.statement.text < b.payload.statement.text
		? -1
		: a.payload.statement.text > b.payload.statement.text
			? 1
			: 0;

/**
 * How far an epoch may be ahead of the newest that is vouched for, and its key still read: who made
 * it may have left since. One from farther ahead is made up.
 */
const MAX_AHEAD = 100;

const keyOf = (text: string): SecretKey => new Redacted(base64UrlToBytes(text)!); // length checked by the schema

/** `own`: entries of which only the key itself is taken, and nothing they say of other epochs. */
function collectKeys(full: readonly Read[], own: readonly Read[]): Map<number, SecretKey[]> {
	const texts = new Map<number, Set<string>>();
	const add = (epoch: number, key: string) =>
		texts.set(epoch, (texts.get(epoch) ?? new Set()).add(key));
	for (const { payload } of full) add(payload.epoch, payload.key);
	for (const { payload } of full)
		for (const { epoch, key } of payload.former) if (epoch <= payload.epoch) add(epoch, key);
	for (const { payload } of own) add(payload.epoch, payload.key);
	return new Map([...texts].map(([epoch, keys]) => [epoch, [...keys].map(keyOf)]));
}

function collectCovers(all: readonly Read[]): Map<number, Set<string>> {
	const covered = new Map<number, Set<string>>();
	for (const { payload, author } of all) {
		const names = covered.get(payload.epoch) ?? new Set();
		for (const name of [...payload.covers, author]) names.add(name);
		covered.set(payload.epoch, names);
	}
	return covered;
}

/** The statements that say what the first one said; the creator may only change who is in. */
function keepLike(all: readonly Read[]): Read[] {
	const first = all.toSorted(byStatement).at(-1);
	return all.filter(
		({ stated }) =>
			stated.circle === first?.stated.circle &&
			stated.kind === first.stated.kind &&
			stated.createdAt === first.stated.createdAt &&
			(stated.circle === 'people' || stated.revision === 0)
	);
}

/**
 * Of the newest epoch the lowest key: two devices may rotate at once. It goes by the key and not by
 * the entry, because not everybody can open every entry, but everybody gets the lowest key.
 */
function newest(candidates: readonly Read[]): KeysPayload | undefined {
	const payloads = candidates.map(({ payload }) => payload);
	const epoch = Math.max(...payloads.map((payload) => payload.epoch));
	return payloads
		.filter((payload) => payload.epoch === epoch)
		.toSorted((a, b) => (a.key < b.key ? -1 : 1))[0];
}

/**
 * The newest statement; but one by a device that may not write any more could be dated back, and is
 * passed over where it would leave nobody in the circle.
 */
function newestHeld(all: readonly Read[], roster: Roster): Read | undefined {
	const sorted = all.toSorted(byStatement);
	const isHeld = ({ stated }: Read) => {
		const by = roster.devices.get(stated.by as DeviceId);
		return (by && mayWrite(by)) || audienceOf(roster, stated).length > 0;
	};
	return sorted.find(isHeld) ?? sorted[0];
}

export interface KnownKeys {
	readonly opened: readonly OpenedKeys[];
	readonly closed: readonly ClosedKeys[];
	/**
	 * Hashes of the entries that are in the log now, or null while it was not looked at; one that has
	 * vanished covers nobody any more.
	 */
	readonly present: ReadonlySet<string> | null;
}

/** Null when there is nothing to go by. */
export function readRoomRing(
	{ opened, closed, present }: KnownKeys,
	roster: Roster
): RoomRing | null {
	const all = keepLike(
		opened
			.flatMap((keys) => {
				const stated = readStatement(keys.payload.statement);
				return stated ? [{ ...keys, stated }] : [];
			})
			.toSorted(byHash)
	);
	const top = newestHeld(all, roster);
	if (!top) return null;
	const { stated: statement } = top;
	const audience = audienceOf(roster, statement);
	const isTrusted = ({ author }: Pick<Read, 'author'>) => {
		const device = roster.devices.get(author as DeviceId);
		return device !== undefined && mayWrite(device) && audience.includes(device.member);
	};
	// An entry in the former circle's name decides nothing any more; its keys still read.
	const inForce = all.filter(
		({ payload }) => payload.statement.text === top.payload.statement.text
	);
	const trusted = inForce.filter(isTrusted);
	const chosen = newest(trusted) ?? newest(inForce)!;
	const { epoch, key } = chosen;
	const withKey = inForce.filter(({ payload }) => payload.epoch === epoch && payload.key === key);
	const isPast = ({ payload }: Read) =>
		payload.epoch < epoch || (payload.epoch === epoch && payload.key === key);
	// Whoever has left the circle may still say that a later epoch is his: nobody vouches for that.
	const vouched = all.filter((entry) => isTrusted(entry) || isPast(entry));
	const ahead = all.filter(
		(entry) => !vouched.includes(entry) && entry.payload.epoch <= epoch + MAX_AHEAD
	);
	const coversIn = (entries: readonly Read[]) =>
		new Set(entries.flatMap(({ payload }) => payload.covers));
	const has = coversIn(withKey);
	const stillHas = coversIn(withKey.filter(({ hash }) => present?.has(hash) ?? true));
	const should = coversOf(roster, statement);
	const label = (trusted.length > 0 ? trusted : inForce).toSorted(
		(a, b) => b.payload.label.turn - a.payload.label.turn || byHash(a, b)
	)[0]!.payload.label;
	return {
		statement,
		signed: top.payload.statement,
		creator: roster.devices.get(statement.creator as DeviceId)?.member ?? null,
		audience,
		label,
		current: { epoch, key: keyOf(key), rosterLength: roster.length },
		keys: collectKeys(vouched, ahead),
		uncovered: [...should.values()].filter(({ name }) => !stillHas.has(name)),
		rotationDue: trusted.length === 0 || [...has].some((name) => !should.has(name)),
		isShut: closed.some((entry) => entry.epoch > epoch && isTrusted(entry)),
		since: Math.min(...withKey.map(({ rosterLength }) => rosterLength)),
		covered: collectCovers(vouched)
	};
}

export function standingIn(ring: RoomRing, author: RosterDevice, epoch: number): Standing {
	if (ring.audience.includes(author.member)) return 'in';
	return ring.covered.get(epoch)?.has(author.id) ? 'former' : 'out';
}
