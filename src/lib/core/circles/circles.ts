/**
 * Rooms with keys of their own: makes them, finds those this device may read, and keeps each one's
 * key with exactly the people it is for. What a session knows of circles goes through here; rules
 * are numbered K… in SPEC.md.
 */
import { assert } from '$lib/base/assert.ts';
import type { Clock } from '$lib/base/clock.ts';
import { cryptoRandom, newId, type MemberId, type RoomId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { mayWrite, type Roster } from '$lib/protocol/roster/roster.ts';
import type { SecretKey } from '../crypto/aead.ts';
import type { SealMark } from '../rooms/checkpoint.ts';
import type { RoomKeys } from '../rooms/roomKeys.ts';
import type { RingStore } from '../store/ringStore.ts';
import type { RoomLogs, StoredLog } from '../store/roomLogs.ts';
import { whenTrue } from '../whenTrue.ts';
import { audienceOf, type Circle, type CircleDocument } from './circle.ts';
import { createEraser } from './eraser.ts';
import type { KeysPayload, KeysRefusal } from './keysEntry.ts';
import { createKeyWrapper, type KeysChange, type KeyWrapperOptions } from './keyWrapper.ts';
import { openRing } from './ring.ts';
import { createRingReader, type RingReaderOptions } from './ringReader.ts';
import { standingIn, type RoomRing } from './roomRing.ts';
import { circleRoomOf, type Statement } from './statement.ts';
import { createTurns } from './turns.ts';

export interface CirclesOptions
	extends
		Pick<KeyWrapperOptions, 'workspace' | 'device' | 'signer' | 'crypto' | 'synced'>,
		Pick<RingReaderOptions, 'identities'> {
	readonly member: MemberId;
	readonly ringKey: SecretKey;
	readonly store: RingStore;
	readonly roster: Observable<Roster>;
	readonly logs: Pick<RoomLogs, 'drop' | 'rooms'>;
	readonly clock: Clock;
	/** Only one tab of a device wraps keys for others. */
	readonly isLeader: () => boolean;
	readonly isOnline: () => boolean;
	/** Random, so that not all devices of an audience do the same at once. */
	readonly waitMs: () => number;
	readonly random?: KeyWrapperOptions['random'];
}

export type CircleFault = 'unknown-room' | 'not-allowed';
export type EraseFault = CircleFault | 'store-failed';

/** A room with a renewed key, that needs a checkpoint under it. */
export interface CircleSealTask {
	readonly room: RoomId;
	/** The document's. */
	readonly kind: string;
	readonly mark: SealMark;
}

export interface Circles {
	/** Works with no network. `kind` is the document's; who calls this then fills the room. */
	create(circle: Circle, kind: string, title: string): Promise<RoomId>;
	/** Null where the room is no circle's, or none of this device's. */
	keysOf(room: RoomId): RoomKeys | null;
	/** This device has made the room, and not just now: it should have its first words. */
	isMaker(room: RoomId): boolean;
	/** Looks at the keys entries of a room that has come in step. */
	examine(room: RoomId, log: StoredLog['log']): Promise<void>;
	readonly documents: Observable<readonly CircleDocument[]>;
	/** Changes with every key learnt: waiting entries may be readable now. Says of which room. */
	readonly changed: Observable<{ readonly room: RoomId | null }>;
	/** Says anew who is in a circle of people that this person made. */
	share(room: RoomId, members: readonly MemberId[]): Promise<Result<void, CircleFault>>;
	rename(room: RoomId, title: string): Promise<Result<void, CircleFault>>;
	trash(room: RoomId, trashed: boolean): Promise<Result<void, CircleFault>>;
	/** Wraps keys for who came and makes new ones where somebody went; in the leading tab only. */
	reconcile(): Promise<void>;
	/** For Documents.sealAll. */
	sealTasks(): readonly CircleSealTask[];
	/** Deletes the room's key and words on this device; it is not taken up again. */
	forget(room: RoomId): Promise<void>;
	/**
	 * The same on every device and at the relay, as each hears of it: for the person who made the
	 * room, and in the restricted circle for a secretary.
	 */
	erase(room: RoomId): Promise<Result<void, EraseFault>>;
	mayErase(room: RoomId): boolean;
	isErased(room: RoomId): boolean;
	/** An erasure has still to reach the relay. */
	isErasing(): boolean;
	/** The relay is within reach: what is erased and still there is taken out. */
	resume(): void;
	/** The relay has lost its store. */
	forgetDelivery(): Promise<void>;
	/** Keys entries and notices that were not believed, by reason. */
	refusals(): ReadonlyMap<KeysRefusal, number>;
	close(): void;
}

const SYNC_WAIT_MS = 8_000;
/** Another tab may be filling a room that it has just made. */
const FILLING_MS = 10_000;

export async function createCircles(options: CirclesOptions): Promise<Circles> {
	const { workspace, device, member, crypto, synced, random = cryptoRandom } = options;
	const roster = () => options.roster.current();
	const ring = await openRing(workspace, options.ringKey, options.store);
	const reader = createRingReader({ ...options, ring, roster });
	const { viewOf } = reader;
	const wrapper = createKeyWrapper({ ...options, ring, reader, roster, random });
	const turns = createTurns<RoomId>();
	const inTurn = turns.run;
	const eraser = createEraser({ ...options, ring, roster, viewOf, turns });
	let timer: ReturnType<typeof setTimeout> | null = null;
	let reconciling: Promise<void> = Promise.resolve();
	let closed = false;

	const isIn = (view: RoomRing) => view.audience.includes(member);
	const maySeal = (view: RoomRing) => isIn(view) && !view.isShut;
	const mayWrap = (view: RoomRing) => {
		const self = roster().devices.get(device);
		return self !== undefined && mayWrite(self) && maySeal(view);
	};
	const needsWork = (view: RoomRing) =>
		mayWrap(view) && (view.rotationDue || view.uncovered.length > 0);
	/** Whoever made a restricted room may be gone; secretaries decide how long such things are kept. */
	function mayErase(room: RoomId): boolean {
		const { creator, statement } = viewOf(room) ?? {};
		const self = roster().devices.get(device);
		const isSecretarys = statement?.circle === 'restricted' && self?.role === 'secretary';
		return self !== undefined && mayWrite(self) && (creator === member || isSecretarys);
	}

	function documentOf(room: RoomId): CircleDocument[] {
		const view = viewOf(room);
		if (!view || !isIn(view)) return [];
		const { kind, createdAt, circle } = view.statement;
		const { title, trashed } = view.label;
		const { audience: members, creator: maker, isShut } = view;
		const isOwn = maker === member && circle === 'people';
		return [{ room, kind, title, createdAt, trashed, circle, members, maker, isOwn, isShut }];
	}

	const listDocuments = () =>
		ring
			.rooms()
			.flatMap(documentOf)
			.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || a.room.localeCompare(b.room));
	const documents = createSource<readonly CircleDocument[]>(listDocuments());

	/** What says that a room is no more comes before its keys. */
	async function look(room: RoomId, log: StoredLog['log']) {
		if (!(await eraser.meet(room, log))) await reader.look(room, log);
	}

	async function examine(room: RoomId, log: StoredLog['log']) {
		await inTurn(room, () => look(room, log));
		const view = viewOf(room);
		if (view && needsWork(view)) schedule();
	}

	/** Looks once more before it writes: somebody else may have done it meanwhile. */
	async function tend(room: RoomId, waitForSync: boolean) {
		const { stored, sync, release } = await synced.acquire(room);
		try {
			if (waitForSync && options.isOnline())
				await whenTrue([sync.state], () => sync.state.current().synced, SYNC_WAIT_MS);
			await inTurn(room, async () => {
				await look(room, stored.log);
				const view = viewOf(room);
				if (view && needsWork(view)) await wrapper.rewrap(room, view, { rotate: view.rotationDue });
			});
		} finally {
			release();
		}
	}

	async function reconcileNow() {
		const undecided = new Set([...reader.undecided, ...eraser.undecided]);
		for (const room of new Set([...undecided, ...ring.rooms()])) {
			if (closed || !options.isLeader()) return;
			const view = viewOf(room);
			// A store that refuses now is asked again with the next change of the roster.
			if (eraser.isGone(room)) continue;
			if (undecided.has(room) || (view && needsWork(view)))
				await tend(room, true).catch(() => undefined);
		}
	}

	function reconcile(): Promise<void> {
		reconciling = reconciling.then(reconcileNow);
		return reconciling;
	}

	function schedule() {
		if (closed || timer) return;
		timer = setTimeout(() => {
			timer = null;
			void reconcile();
		}, options.waitMs());
	}

	/** What is typed after somebody went is sealed with a key that he never had. */
	async function settle(room: RoomId) {
		await turns.over(room);
		const view = viewOf(room);
		if (view && view.rotationDue && mayWrap(view)) await tend(room, false);
	}

	function keysOf(room: RoomId): RoomKeys | null {
		let last = viewOf(room);
		if (!last) return null;
		// A room that goes while it is open keeps the keys it had until it is closed.
		const now = () => (last = viewOf(room) ?? last!);
		return {
			keysOf: (epoch) => now().keys.get(epoch) ?? [],
			current: () => now().current,
			settled: () => settle(room),
			// Epochs are the room's own: who has not seen its newest one cannot have used it.
			minEpochAt: () => 1,
			maxEpoch: () => Infinity,
			standingOf: (author, epoch) => standingIn(now(), author, epoch),
			mayWrite: () => !eraser.isGone(room) && maySeal(now()),
			learn: (log) => examine(room, log),
			hasPresence: false
		};
	}

	function alter(
		room: RoomId,
		change: (view: RoomRing) => Result<KeysChange | null, CircleFault>
	): Promise<Result<void, CircleFault>> {
		return inTurn(room, async () => {
			const view = viewOf(room);
			if (!view) return err('unknown-room');
			if (!mayWrap(view)) return err('not-allowed');
			const changed = change(view);
			if (!changed.ok) return changed;
			if (changed.value) await wrapper.rewrap(room, view, changed.value);
			return ok(undefined);
		});
	}

	const relabel = (room: RoomId, part: Partial<KeysPayload['label']>) =>
		alter(room, ({ label, rotationDue }) =>
			ok({ label: { ...label, ...part, turn: label.turn + 1 }, rotate: rotationDue })
		);

	async function create(circle: Circle, kind: string, title: string): Promise<RoomId> {
		const nonce = newId(random);
		const room = await circleRoomOf(device, nonce, crypto);
		const others = circle.kind === 'people' ? circle.members : [];
		const statement: Statement = {
			...{ v: 1, room, creator: device, nonce, circle: circle.kind, kind },
			members: circle.kind === 'restricted' ? [] : [...new Set([member, ...others])].toSorted(),
			createdAt: new Date(options.clock.now()).toISOString(),
			...{ revision: 0, by: device, rosterLength: roster().length }
		};
		assert(audienceOf(roster(), statement).includes(member), 'who makes a circle is in it');
		await inTurn(room, () => wrapper.begin(statement, title));
		return room;
	}

	/** Due when the key was renewed, or somebody who had it may not write any more. */
	function sealTaskOf(room: RoomId): CircleSealTask[] {
		const view = viewOf(room);
		if (!view || !mayWrap(view)) return [];
		const had = new Set([...view.covered.values()].flatMap((names) => [...names]));
		const ends = [...roster().devices.values()]
			.filter(({ id }) => had.has(id))
			.flatMap(({ writes }) => writes.flatMap(({ to }) => (to === null ? [] : [to + 1])));
		const { epoch } = view.current;
		const rosterLength = Math.max(view.since, ...ends);
		if (epoch === 1 && rosterLength === view.since) return [];
		return [{ room, kind: view.statement.kind, mark: { epoch, rosterLength } }];
	}

	const share = (room: RoomId, members: readonly MemberId[]) =>
		alter(room, ({ statement, creator, rotationDue }) => {
			if (creator !== member || statement.circle !== 'people') return err('not-allowed');
			const next: string[] = [...new Set([member, ...members])].toSorted();
			if (next.join() === statement.members.toSorted().join()) return ok(null);
			const { revision } = statement;
			const said = { revision: revision + 1, by: device, rosterLength: roster().length };
			const isSmaller = statement.members.some((one) => !next.includes(one));
			const rotate = isSmaller || rotationDue;
			return ok({ statement: { ...statement, ...said, members: next }, rotate });
		});

	const stops = [
		ring.changed.subscribe(() => {
			const { room } = ring.changed.current();
			if (!room) return;
			reader.changed(room);
			if (ring.get(room)?.state !== 'foreign') documents.set(listDocuments());
			eraser.onChanged(room);
		}),
		options.roster.subscribe(() => {
			reader.changed();
			documents.set(listDocuments());
			schedule();
		})
	];
	schedule();

	async function erase(room: RoomId): Promise<Result<void, EraseFault>> {
		const [known, view] = [ring.get(room), viewOf(room)];
		// Again after the disk refused it.
		if (known?.state === 'erased') await ring.put(room, known);
		else if (!view) return err('unknown-room');
		else if (!mayErase(room)) return err('not-allowed');
		else await eraser.erase(room, view);
		return ok(undefined);
	}

	return {
		create,
		keysOf,
		isMaker(room) {
			const { creator, createdAt } = viewOf(room)?.statement ?? {};
			const ageMs = options.clock.now() - Date.parse(createdAt ?? '');
			return creator === device && Math.abs(ageMs) > FILLING_MS;
		},
		examine,
		documents,
		changed: ring.changed,
		share,
		rename: (room, title) => relabel(room, { title }),
		trash: (room, trashed) => relabel(room, { trashed }),
		reconcile,
		sealTasks: () => ring.rooms().flatMap(sealTaskOf),
		forget: eraser.forget,
		erase: (room) => inTurn(room, () => erase(room)).catch(() => err('store-failed')),
		mayErase: (room) => ring.get(room)?.state === 'erased' || mayErase(room),
		isErased: (room) => ring.get(room)?.state === 'erased',
		isErasing: eraser.isUnderWay,
		resume: eraser.resume,
		forgetDelivery: eraser.forgetDelivery,
		refusals() {
			const all = new Map(eraser.refusals);
			for (const [reason, n] of reader.refusals()) all.set(reason, n + (all.get(reason) ?? 0));
			return all;
		},
		close() {
			closed = true;
			if (timer) clearTimeout(timer);
			stops.forEach((stop) => stop());
			ring.close();
		}
	};
}
