/**
 * The documents that are open on this device: each room once, shared by its users, closed with the
 * last of them. Here the pieces of a room come together: stored log, sync, bridge, presence,
 * checkpoints.
 */
import type { Clock } from '$lib/base/clock.ts';
import type { MemberId, RoomId, WorkspaceId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { SecretKey } from '../crypto/aead.ts';
import type { SyncedLog, SyncedLogs } from '../sync/syncedLogs.ts';
import type { Connection } from '../workspaceSession.ts';
import { createJournal, type JournalStorage } from '../store/journal.ts';
import { whenTrue } from '../whenTrue.ts';
import { planCheckpoint, writeCheckpoint, type LogEntry } from './checkpoint.ts';
import { prepareDocument, readSchema, stampSchema, type DocumentKind } from './documentKind.ts';
import type { ReaderContext } from './entryReader.ts';
import { historyRoomOf, keepInHistory } from './history.ts';
import type { OpenDocument, SaveState } from './openDocument.ts';
import { createPresence } from './presence.ts';
import { createRoom, type Room, type Sealing } from './room.ts';

export interface DocumentsOptions {
	readonly workspace: WorkspaceId;
	readonly self: MemberId;
	readonly synced: SyncedLogs;
	readonly sealing: Sealing | null;
	readonly context: () => ReaderContext;
	readonly keyOf: (epoch: number) => SecretKey | null;
	readonly current: () => { readonly epoch: number; readonly key: SecretKey };
	readonly clock: Clock;
	/** The relay's time: a clock years ahead must not thin everybody's history. */
	readonly relayNow: () => number;
	/** Where changes are kept until they are stored; null in a test without it. */
	readonly journalStorage: JournalStorage | null;
	readonly connection: Observable<Connection>;
	/** Only one tab of a device tidies up. */
	readonly isLeader: () => boolean;
	readonly heldBy: (commit: number) => { by: number; of: number };
	readonly heldVersion: Observable<number>;
	/** A room has something to seal, or has sealed it: the workspace's sum of save states follows. */
	readonly onSealing: () => void;
	/** Idle time before a long tail is replaced; random, so that devices do not all do it at once. */
	readonly checkpointWaitMs: () => number;
}

export interface Documents {
	open(room: RoomId, kind: DocumentKind): Promise<OpenDocument>;
	create(
		room: RoomId,
		kind: DocumentKind,
		fill?: (doc: OpenDocument['doc']) => void
	): Promise<void>;
	/** The roster or the keys have grown. */
	recheck(): void;
	/** Entries not applied, by reason, over all open rooms. */
	refusals(): ReadonlyMap<string, number>;
	openRooms(): readonly Room[];
	close(): Promise<void>;
}

interface Opened {
	readonly room: Room;
	readonly log: SyncedLog;
	readonly document: Omit<OpenDocument, 'close'>;
	close(): Promise<void>;
}

/** Long enough for a slow relay to answer, short enough for a person to wait. */
const FIRST_SYNC_WAIT_MS = 8_000;
const SETTLE_MAX_MS = 250;

function saveStateOf(
	{ room, log }: Pick<Opened, 'room' | 'log'>,
	heldBy: DocumentsOptions['heldBy']
): SaveState {
	const { pending, fault } = log.stored.writes.current();
	const { delivered, commit } = log.sync.state.current();
	const sealing = room.sealing.current();
	return {
		stored: !sealing && pending === 0,
		delivered: !sealing && delivered,
		held: heldBy(commit),
		fault
	};
}

const sameSaveState = (a: SaveState, b: SaveState) =>
	a.stored === b.stored &&
	a.delivered === b.delivered &&
	a.fault === b.fault &&
	a.held.by === b.held.by &&
	a.held.of === b.held.of;

export function createDocuments(options: DocumentsOptions): Documents {
	const { workspace, synced, sealing, context, clock, heldBy } = options;
	const open = new Map<RoomId, { uses: number; ready: Promise<Opened> }>();
	const ready = new Map<RoomId, Opened>();

	function createBridge(id: RoomId, log: SyncedLog, onErased: () => void): Room {
		const { writes } = log.stored;
		const isStored = () => writes.current().pending === 0;
		const settled = async () => {
			await whenTrue([writes], () => isStored() || writes.current().fault !== null, SETTLE_MAX_MS);
			return isStored();
		};
		const scope = { workspace, room: id };
		const journal = options.journalStorage && createJournal(scope, options, options.journalStorage);
		const { willChange } = log;
		const own = { scope, log: log.stored.log, context, sealing, clock, journal };
		return createRoom({ ...own, willChange, onErased, settled });
	}

	function watchSave(opened: Pick<Opened, 'room' | 'log'>) {
		const save = createSource(saveStateOf(opened, heldBy));
		const refresh = () => {
			const next = saveStateOf(opened, heldBy);
			if (!sameSaveState(next, save.current())) save.set(next);
		};
		const sources = [
			opened.room.sealing,
			opened.log.stored.writes,
			opened.log.sync.state,
			options.heldVersion
		];
		const stops = sources.map((source) => source.subscribe(refresh));
		stops.push(opened.room.sealing.subscribe(options.onSealing));
		return { save, stop: () => stops.forEach((stop) => stop()) };
	}

	/** Nothing under way, nothing unread: only then may entries be replaced. */
	function isAtRest({ room, log }: Pick<Opened, 'room' | 'log'>): boolean {
		const { synced: inStep, delivered } = log.sync.state.current();
		const isStored = log.stored.writes.current().pending === 0 && !room.sealing.current();
		const allRead = room.entries().every(({ state }) => state.kind !== 'waiting');
		return inStep && delivered && isStored && allRead && options.connection.current() === 'online';
	}

	/** The history has them before the log lets them go. */
	async function archive(room: Room, retired: readonly LogEntry[], own: Sealing) {
		const scope = { workspace, room: await historyRoomOf(room.scope.room, context().crypto) };
		const { stored, sync, willChange, release: giveBack } = await synced.acquire(scope.room);
		await whenTrue([sync.state], () => sync.state.current().synced, FIRST_SYNC_WAIT_MS);
		await willChange();
		const history = { scope, log: stored.log };
		await keepInHistory(room.scope, retired, history, own, context(), options.relayNow());
		await whenTrue(
			[stored.writes],
			() => stored.writes.current().pending === 0,
			FIRST_SYNC_WAIT_MS
		);
		giveBack();
	}

	async function tidy(opened: Pick<Opened, 'room' | 'log'>, kind: DocumentKind, force: boolean) {
		const { room } = opened;
		if (!sealing || !options.isLeader() || readSchema(room.doc) > kind.schema) return;
		if (!isAtRest(opened)) return;
		const retired = planCheckpoint(room.entries(), force)?.retired ?? [];
		if (retired.length > 0) await archive(room, retired, sealing);
		if (isAtRest(opened)) await writeCheckpoint(room, sealing, clock, force);
	}

	function scheduleTidying(opened: Pick<Opened, 'room' | 'log'>, kind: DocumentKind) {
		let timer: ReturnType<typeof setTimeout> | null = null;
		let erased = false;
		const run = async () => {
			await tidy(opened, kind, erased);
			erased = false;
		};
		const later = () => {
			if (timer) clearTimeout(timer);
			timer = setTimeout(() => void run().catch(() => undefined), options.checkpointWaitMs());
		};
		const restore = () => {
			erased = true;
			later();
		};
		opened.room.log.on('update', later);
		later();
		const stop = () => {
			if (timer) clearTimeout(timer);
			opened.room.log.off('update', later);
		};
		return { restore, stop };
	}

	async function start(id: RoomId, kind: DocumentKind): Promise<Opened> {
		const log = await synced.acquire(id);
		let restore = () => {};
		const room = createBridge(id, log, () => restore());
		await room.opened;
		if (readSchema(room.doc) === 0) {
			// Made elsewhere and not here yet: wait for its words instead of showing an empty page.
			const arrived = () => readSchema(room.doc) !== 0 || log.sync.state.current().synced;
			const isOffline = () => options.connection.current() === 'offline';
			const sources = [log.sync.state, options.connection];
			await whenTrue(sources, () => arrived() || isOffline(), FIRST_SYNC_WAIT_MS);
			await room.idle();
		}
		const access = prepareDocument(room.doc, kind, sealing !== null);
		const presence = createPresence({
			scope: room.scope,
			awareness: log.sync.awareness,
			self: options.self,
			nowMs: clock.now(),
			current: options.current,
			keyOf: options.keyOf
		});
		const { save, stop } = watchSave({ room, log });
		const tidying = scheduleTidying({ room, log }, kind);
		restore = tidying.restore;
		const document = { room: id, kind: kind.kind, doc: room.doc, access, presence, save };
		let closing = false;
		const opened: Opened = {
			room,
			log,
			document,
			async close() {
				if (closing) return;
				closing = true;
				tidying.stop();
				presence.close();
				await room.idle();
				await whenTrue(
					[log.stored.writes],
					() => log.stored.writes.current().pending === 0,
					SETTLE_MAX_MS
				);
				stop();
				room.close();
				log.release();
				ready.delete(id);
			}
		};
		ready.set(id, opened);
		return opened;
	}

	async function release(id: RoomId, entry: { uses: number; ready: Promise<Opened> }) {
		entry.uses -= 1;
		const opened = await entry.ready;
		if (entry.uses > 0 || open.get(id) !== entry) return;
		open.delete(id);
		await opened.close();
	}

	return {
		async open(id, kind) {
			const entry = open.get(id) ?? { uses: 0, ready: start(id, kind) };
			open.set(id, entry);
			entry.uses += 1;
			entry.ready.catch(() => open.delete(id));
			const { document } = await entry.ready;
			let closed = false;
			return {
				...document,
				close() {
					if (!closed) void release(id, entry);
					closed = true;
				}
			};
		},
		async create(id, kind, fill) {
			const log = await synced.acquire(id);
			const room = createBridge(id, log, () => {});
			await room.opened;
			room.doc.transact(() => {
				stampSchema(room.doc, kind);
				kind.create(room.doc);
				fill?.(room.doc);
			});
			await room.idle();
			room.close();
			log.release();
		},
		recheck() {
			for (const { room } of ready.values()) void room.recheck();
		},
		refusals() {
			const all = new Map<string, number>();
			for (const { room } of ready.values())
				for (const [reason, n] of room.refusals) all.set(reason, (all.get(reason) ?? 0) + n);
			return all;
		},
		openRooms: () => [...ready.values()].map(({ room }) => room),
		async close() {
			await Promise.all([...ready.values()].map((opened) => opened.close()));
			open.clear();
			ready.clear();
		}
	};
}
