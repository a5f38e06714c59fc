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
import { writeCheckpoint } from './checkpoint.ts';
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
	/** Where changes are kept until they are stored; null in a test without it. */
	readonly journalStorage: JournalStorage | null;
	readonly connection: Observable<Connection>;
	/** Only one tab of a device tidies up. */
	readonly isLeader: () => boolean;
	readonly heldBy: (commit: number) => { by: number; of: number };
	readonly heldVersion: Observable<number>;
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

	function createBridge(id: RoomId, log: SyncedLog): Room {
		const { writes } = log.stored;
		const isStored = () => writes.current().pending === 0;
		const settled = async () => {
			await whenTrue([writes], () => isStored() || writes.current().fault !== null, SETTLE_MAX_MS);
			return isStored();
		};
		const scope = { workspace, room: id };
		const journal = options.journalStorage && createJournal(scope, options, options.journalStorage);
		return createRoom({ scope, log: log.stored.log, context, sealing, clock, journal, settled });
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
		return { save, stop: () => stops.forEach((stop) => stop()) };
	}

	async function tidy({ room, log }: Pick<Opened, 'room' | 'log'>) {
		const { synced: inStep, delivered } = log.sync.state.current();
		const complete =
			inStep && delivered && log.stored.writes.current().pending === 0 && !room.sealing.current();
		const allRead = room.entries().every(({ state }) => state.kind !== 'waiting');
		if (
			!sealing ||
			!complete ||
			!allRead ||
			!options.isLeader() ||
			options.connection.current() !== 'online'
		)
			return;
		const plan = await writeCheckpoint(room, sealing, clock);
		if (!plan || plan.retired.length === 0) return;
		const scope = { workspace, room: await historyRoomOf(room.scope.room, context().crypto) };
		const history = await synced.acquire(scope.room);
		await whenTrue(
			[history.sync.state],
			() => history.sync.state.current().synced,
			FIRST_SYNC_WAIT_MS
		);
		await keepInHistory(
			room.scope,
			plan.retired,
			{ scope, log: history.stored.log },
			sealing,
			context(),
			clock.now()
		);
		await whenTrue(
			[history.stored.writes],
			() => history.stored.writes.current().pending === 0,
			FIRST_SYNC_WAIT_MS
		);
		history.release();
	}

	function scheduleTidying(opened: Pick<Opened, 'room' | 'log'>) {
		let timer: ReturnType<typeof setTimeout> | null = null;
		const later = () => {
			if (timer) clearTimeout(timer);
			timer = setTimeout(() => void tidy(opened), options.checkpointWaitMs());
		};
		opened.room.log.on('update', later);
		later();
		return () => {
			if (timer) clearTimeout(timer);
			opened.room.log.off('update', later);
		};
	}

	async function start(id: RoomId, kind: DocumentKind): Promise<Opened> {
		const log = await synced.acquire(id);
		const room = createBridge(id, log);
		await room.opened;
		if (readSchema(room.doc) === 0) {
			// Made elsewhere and not here yet: wait for its words instead of showing an empty page.
			const arrived = () => readSchema(room.doc) !== 0 || log.sync.state.current().synced;
			await whenTrue(
				[log.sync.state],
				arrived,
				options.connection.current() === 'offline' ? 0 : FIRST_SYNC_WAIT_MS
			);
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
		const stopTidying = scheduleTidying({ room, log });
		const document = { room: id, kind: kind.kind, doc: room.doc, access, presence, save };
		let closing = false;
		const opened: Opened = {
			room,
			log,
			document,
			async close() {
				if (closing) return;
				closing = true;
				stopTidying();
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
		ready.delete(id);
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
			const room = createBridge(id, log);
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
