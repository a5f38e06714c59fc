/**
 * The documents that are open on this device: each room once, shared by its users, closed with the
 * last of them. Here the pieces of a room come together: stored log, keys, sync, bridge, presence,
 * checkpoints.
 */
import type { MemberId, RoomId, WorkspaceId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { SyncedLog } from '../sync/syncedLogs.ts';
import { createJournal, type JournalStorage } from '../store/journal.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import { whenTrue } from '../whenTrue.ts';
import { isSealed, writeCheckpoint, type SealMark } from './checkpoint.ts';
import { accessOf, prepareDocument, readSchema, stampSchema } from './documentKind.ts';
import type { DocumentKind } from './documentKind.ts';
import { judgeAuthor, type ReaderContext } from './entryReader.ts';
import type { OpenDocument, Presence } from './openDocument.ts';
import { createPresence, type PresenceOptions, type SealedPresence } from './presence.ts';
import { createRoom, FROM_LOG, type AppliedEntry, type Room, type Sealing } from './room.ts';
import type { RoomKeys } from './roomKeys.ts';
import { watchSave, type SaveOptions } from './saveState.ts';
import { createTidying, FIRST_SYNC_WAIT_MS, type Tidied, type TidyingOptions } from './tidying.ts';

export interface DocumentsOptions extends TidyingOptions, SaveOptions {
	readonly workspace: WorkspaceId;
	readonly self: MemberId;
	/** This device as an author; the keys are the room's. */
	readonly author: Pick<Sealing, 'device' | 'signer'>;
	/** The roster this device knows, for others to compare with theirs. */
	readonly chain: PresenceOptions['chain'];
	/** Whether the roster lets this device write; it may end while documents are open. */
	readonly mayWrite: Observable<boolean>;
	readonly reader: () => Pick<ReaderContext, 'rosterLength' | 'deviceOf' | 'crypto' | 'onAhead'>;
	readonly keysOf: (room: RoomId) => RoomKeys;
	/** Made by this device and, if it is still empty, never filled: the tab was killed in between. */
	readonly isMaker: (room: RoomId) => boolean;
	/** Where changes are kept until they are stored; null in a test without it. */
	readonly journalStorage: JournalStorage | null;
	/** Remembers which rooms were sealed. */
	readonly seals: Pick<RoomLogs, 'readSeal' | 'writeSeal'>;
}

/** A room that is to get a checkpoint which knows at least the mark. */
export interface SealTask {
	readonly room: RoomId;
	readonly kind: DocumentKind;
	readonly mark: SealMark;
}

export interface Documents {
	open(room: RoomId, kind: DocumentKind): Promise<OpenDocument>;
	/** Resolves when it is stored: nothing is to point at a document that may still be lost. */
	create(
		room: RoomId,
		kind: DocumentKind,
		fill?: (doc: OpenDocument['doc']) => void
	): Promise<void>;
	/** Closes a room that is no more, whoever uses it: what is not sealed yet stays unsealed. */
	shut(room: RoomId): Promise<void>;
	/** The roster or the keys have grown. */
	recheck(): void;
	/** Entries not applied, by reason, over all open rooms. */
	refusals(): ReadonlyMap<string, number>;
	openRooms(): readonly Room[];
	/** After a retirement or a rotation. True when the room needs nothing more. */
	sealRoom(task: SealTask): Promise<boolean>;
	/**
	 * One after the other, with a pause of `paceMs`. Gives the number of rooms that are left (no
	 * network, not in step, another tab leads): call again when that has changed, it goes on there.
	 */
	sealAll(tasks: readonly SealTask[], paceMs: number): Promise<number>;
	close(): Promise<void>;
}

interface Opened extends Tidied {
	readonly document: Omit<OpenDocument, 'close' | 'access'> & {
		readonly access: Observable<Access>;
	};
	recheck(): void;
	close(): Promise<void>;
}

type Access = OpenDocument['access'];
type Bridge = Pick<Tidied, 'room' | 'log' | 'sealing' | 'context'> & { readonly keys: RoomKeys };

const SETTLE_MAX_MS = 250;
const STORE_WAIT_MS = 5_000;
const SEAL_WAIT_MS = 30_000;
/** What cannot be sealed by then stays in the journal. */
const CLOSE_MAX_MS = 2_000;

const noPresence = (): SealedPresence => {
	const nobody: Presence['peers'] = createSource([]);
	return { peers: nobody, setPlace: () => {}, recheck: () => {}, close: () => {} };
};

const isStored = ({ stored }: SyncedLog) => stored.writes.current().pending === 0;

/** True when it is, false when that fails or takes longer. */
async function whenStored(log: SyncedLog, maxMs: number): Promise<boolean> {
	const { writes } = log.stored;
	await whenTrue([writes], () => isStored(log) || writes.current().fault !== null, maxMs);
	return isStored(log);
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function createDocuments(options: DocumentsOptions): Documents {
	const { workspace, synced, clock, author, connection } = options;
	const tidying = createTidying(options);
	const open = new Map<RoomId, { uses: number; ready: Promise<Opened> }>();
	const ready = new Map<RoomId, Opened>();
	const creating = new Set<RoomId>();
	let sealRun: Promise<unknown> = Promise.resolve();
	let closed = false;

	const isAllowed = (keys: RoomKeys) => options.mayWrite.current() && keys.mayWrite();
	const contextOf =
		({ keysOf, minEpochAt, maxEpoch, standingOf }: RoomKeys) =>
		(): ReaderContext => ({ ...options.reader(), keysOf, minEpochAt, maxEpoch, standingOf });
	const sealingOf = (keys: RoomKeys): Sealing | null =>
		isAllowed(keys) ? { ...author, current: keys.current, keysSettled: keys.settled } : null;

	/** The bridge, once the room's own keys are known. */
	async function createBridge(
		id: RoomId,
		log: SyncedLog,
		mayWrite: (doc: Room['doc'], keys: RoomKeys) => boolean,
		onErased: () => void
	): Promise<Bridge> {
		const keys = options.keysOf(id);
		await keys.learn?.(log.stored.log);
		const settled = () => whenStored(log, SETTLE_MAX_MS);
		const scope = { workspace, room: id };
		const journal = options.journalStorage && createJournal(scope, keys, options.journalStorage);
		const [sealing, context] = [sealingOf(keys), contextOf(keys)];
		const room: Room = createRoom({
			...{ scope, log: log.stored.log, context, sealing, clock, journal, settled, onErased },
			learn: keys.learn && (() => keys.learn!(log.stored.log)),
			willChange: log.willChange,
			mayWrite: () => mayWrite(room.doc, keys)
		});
		await room.opened;
		return { room, log, sealing, context, keys };
	}

	/** Made elsewhere and not here yet: wait for its words instead of showing an empty page. */
	async function awaitCreation({ room, log }: Pick<Opened, 'room' | 'log'>) {
		if (readSchema(room.doc) !== 0) return;
		const arrived = () => readSchema(room.doc) !== 0 || log.sync.state.current().synced;
		const isOffline = () => connection.current() === 'offline';
		const sources = [log.sync.state, connection];
		await whenTrue(sources, () => arrived() || isOffline(), FIRST_SYNC_WAIT_MS);
		await room.idle();
	}

	/** The first words are a checkpoint: nobody who has gone before can date back into the room. */
	async function fillRoom(
		{ room, log, sealing }: Bridge,
		kind: DocumentKind,
		fill: (doc: Room['doc']) => void = () => {}
	) {
		if (!sealing) throw new Error('broken invariant: who makes a document may write');
		await log.willChange();
		room.doc.transact(() => {
			stampSchema(room.doc, kind);
			kind.create(room.doc);
			fill(room.doc);
		}, FROM_LOG);
		await writeCheckpoint(room, sealing, clock, true);
		await whenStored(log, STORE_WAIT_MS);
	}

	async function takeUpCreation(bridge: Bridge, kind: DocumentKind) {
		const { room, sealing } = bridge;
		const isUnfilled =
			readSchema(room.doc) === 0 && room.entries().every(({ state }) => state.kind === 'keys');
		const isOurs = sealing && options.isMaker(room.scope.room) && !creating.has(room.scope.room);
		if (isUnfilled && isOurs && kind.schema > 0) await fillRoom(bridge, kind);
	}

	/** Narrows at once when a newer version's words arrive, or the right to write ends. */
	function watchAccess(room: Room, kind: DocumentKind, keys: RoomKeys, sealing: Sealing | null) {
		const mayNow = () => sealing !== null && isAllowed(keys);
		const access = createSource(prepareDocument(room.doc, kind, mayNow()));
		const refresh = () => access.set(accessOf(room.doc, kind, mayNow()));
		const meta = room.doc.getMap('meta');
		meta.observe(refresh);
		const stop = options.mayWrite.subscribe(refresh);
		return {
			access,
			refresh,
			stop() {
				meta.unobserve(refresh);
				stop();
			}
		};
	}

	async function start(id: RoomId, kind: DocumentKind): Promise<Opened> {
		const log = await synced.acquire(id);
		let restore = () => {};
		const mayWrite = (doc: Room['doc'], keys: RoomKeys) =>
			accessOf(doc, kind, isAllowed(keys)) === 'write';
		const bridge = await createBridge(id, log, mayWrite, () => restore());
		const { room, keys, sealing } = bridge;
		await awaitCreation(bridge);
		await takeUpCreation(bridge, kind);
		const watched = watchAccess(room, kind, keys, sealing);
		const presence = keys.hasPresence
			? createPresence({
					scope: room.scope,
					awareness: log.sync.awareness,
					self: options.self,
					device: author.device,
					chain: options.chain,
					nowMs: clock.now(),
					current: keys.current,
					keyOf: (epoch) => keys.keysOf(epoch)[0] ?? null
				})
			: noPresence();
		const { save, stop } = watchSave({ room, log }, options);
		const tidied = { ...bridge, kind, mayWrite: () => mayWrite(room.doc, keys) };
		const schedule = tidying.schedule(tidied);
		restore = schedule.restore;
		const { access } = watched;
		const onAccessChange = (listener: () => void) => access.subscribe(listener);
		const document = { room: id, kind: kind.kind, doc: room.doc, access, onAccessChange };
		let closing: Promise<void> | null = null;
		async function close() {
			schedule.stop();
			presence.close();
			await room.idle();
			await whenTrue([log.stored.writes], () => isStored(log), SETTLE_MAX_MS);
			stop();
			watched.stop();
			room.close();
			log.release();
			ready.delete(id);
		}
		const opened: Opened = {
			...tidied,
			document: { ...document, presence, save },
			recheck() {
				watched.refresh();
				presence.recheck();
				void room.recheck();
			},
			close: () => (closing ??= close())
		};
		ready.set(id, opened);
		return opened;
	}

	/** One more use of the room; `release` gives it back. */
	async function use(id: RoomId, kind: DocumentKind) {
		const entry = open.get(id) ?? { uses: 0, ready: start(id, kind) };
		open.set(id, entry);
		entry.uses += 1;
		entry.ready.catch(() => open.delete(id));
		const opened = await entry.ready;
		let released = false;
		const release = async () => {
			if (released) return;
			released = true;
			entry.uses -= 1;
			if (entry.uses > 0 || open.get(id) !== entry) return;
			open.delete(id);
			await opened.close();
		};
		return { opened, release };
	}

	async function sealOpened(opened: Opened, mark: SealMark): Promise<boolean> {
		const { room, log, context } = opened;
		const isGood = (entry: AppliedEntry) => {
			const device = context().deviceOf(entry.author);
			const judged = device && judgeAuthor(device, entry, context());
			return judged?.ok === true && judged.value === null;
		};
		const isDone = () => isSealed(room.entries(), mark, isGood);
		const sources = [log.sync.state, log.stored.writes, room.sealing, connection];
		// Reading is no source of its own: what has just arrived is read first.
		await room.idle();
		await whenTrue(sources, () => tidying.isAtRest(opened), SEAL_WAIT_MS);
		if (!isDone()) await tidying.tidy(opened, true);
		if (!isDone()) return false;
		const arrived = () => isStored(log) && log.sync.state.current().delivered;
		await whenTrue([log.sync.state, log.stored.writes], arrived, SEAL_WAIT_MS);
		return arrived();
	}

	async function sealRoom({ room: id, kind, mark }: SealTask): Promise<boolean> {
		const known = await options.seals.readSeal(id);
		if (known && known.epoch >= mark.epoch && known.rosterLength >= mark.rosterLength) return true;
		const isOnline = connection.current() === 'online';
		if (closed || !isOnline || !options.isLeader() || !options.mayWrite.current()) return false;
		const { opened, release } = await use(id, kind);
		const done = await sealOpened(opened, mark).finally(release);
		if (done) await options.seals.writeSeal(id, mark);
		return done;
	}

	async function sealInTurn(tasks: readonly SealTask[], paceMs: number): Promise<number> {
		let left = 0;
		for (const task of tasks) {
			const started = clock.now();
			// A room that cannot be sealed now does not keep the others from it.
			if (!(await sealRoom(task).catch(() => false))) left += 1;
			if (clock.now() > started) await delay(paceMs);
		}
		return left;
	}

	return {
		async open(id, kind) {
			const { opened, release } = await use(id, kind);
			const { access, ...document } = opened.document;
			return {
				...document,
				get access() {
					return access.current();
				},
				close: () => void release()
			};
		},
		async create(id, kind, fill) {
			creating.add(id);
			try {
				await options.keysOf(id).settled();
				const log = await synced.acquire(id);
				const bridge = createBridge(
					id,
					log,
					() => true,
					() => {}
				);
				const filled = bridge.then((made) => fillRoom(made, kind, fill).finally(made.room.close));
				await filled.finally(log.release);
			} finally {
				creating.delete(id);
			}
		},
		async shut(id) {
			const entry = open.get(id);
			const end = (opened: Opened | null | undefined) => {
				opened?.recheck(); // whoever looks at it is told that it is not written to any more
				opened?.room.close();
			};
			end(ready.get(id));
			const opened = await entry?.ready.catch(() => null);
			if (open.get(id) === entry) open.delete(id);
			end(opened);
			await opened?.close();
		},
		recheck() {
			for (const opened of ready.values()) opened.recheck();
		},
		refusals() {
			const all = new Map<string, number>();
			for (const { room } of ready.values())
				for (const [reason, n] of room.refusals)
					if (n > 0) all.set(reason, (all.get(reason) ?? 0) + n);
			return all;
		},
		openRooms: () => [...ready.values()].map(({ room }) => room),
		sealRoom,
		sealAll(tasks, paceMs) {
			const run = sealRun.then(() => sealInTurn(tasks, paceMs));
			sealRun = run.catch(() => undefined);
			return run;
		},
		async close() {
			closed = true;
			const all = [...ready.values()];
			const closing = Promise.all(all.map((opened) => opened.close()));
			const timer = setTimeout(() => all.forEach(({ room }) => room.close()), CLOSE_MAX_MS);
			await closing.finally(() => clearTimeout(timer));
			open.clear();
			ready.clear();
		}
	};
}
