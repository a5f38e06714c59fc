/**
 * The workspaces and rooms in use. A workspace is here while a socket of it is connected, a room
 * while somebody has it open and a little longer; what is idle costs no memory.
 */
import type { CloseCode } from '../../src/lib/protocol/closeCodes.ts';
import { encodeControl, type Receipt, type RelayControl } from '../../src/lib/protocol/control.ts';
import { errorName, type Log } from '../log.ts';
import type { Tuning } from '../relayOptions.ts';
import type { RelayStorage } from '../storage/relayStorage.ts';
import { createCommitQueue, type CommittedChange } from './commitQueue.ts';
import { createDocLane } from './docLane.ts';
import { createDocSession, type SharedSize } from './docSession.ts';
import { createLiveRoom, type LiveRoom } from './liveRoom.ts';

/** A connection, as its workspace sees it. */
export interface WorkspaceSocket {
	readonly device: string | null;
	readonly mayWrite: boolean;
	/** Sends an encoded control message where the connection has a channel for such. */
	announce(message: Uint8Array): void;
	close(code: CloseCode): void;
	/** Closes, and sends nothing of what waited. */
	cut(code: CloseCode): void;
}

export interface LiveWorkspace {
	readonly name: string;
	readonly size: SharedSize;
	/** Newest commit that was announced. */
	commit: number;
	rosterLength: number;
	readonly receipts: Map<string, Receipt>;
	readonly sockets: Set<WorkspaceSocket>;
	readonly rooms: Map<string, LiveRoom>;
}

export interface RoomHub {
	/** The workspace, held in memory until `leave`. */
	enter(name: string): Promise<LiveWorkspace>;
	leave(name: string): void;
	/** The workspace if it is in memory. */
	find(name: string): LiveWorkspace | null;
	room(workspace: LiveWorkspace, name: string): LiveRoom;
	sweep(): void;
	/** Resolves when all that was checked so far is durable or has failed. */
	settled(): Promise<void>;
	close(): Promise<void>;
}

export interface HubOptions {
	readonly storage: RelayStorage;
	readonly tuning: Tuning;
	readonly log: Log;
	/** Test hook, see RoomWorkerData. */
	readonly spinOn: string | null;
	readonly onStoreHealth: (healthy: boolean) => void;
}

interface Held {
	holds: number;
	readonly loaded: Promise<LiveWorkspace>;
	live: LiveWorkspace | null;
}

/** FNV-1a: spreads workspaces over lanes; nothing hangs on it but balance. */
function laneOf(name: string, lanes: number): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
	return (hash >>> 0) % lanes;
}

export function announce(
	workspace: LiveWorkspace,
	message: RelayControl,
	except: WorkspaceSocket | null = null
): void {
	const encoded = encodeControl(message);
	for (const socket of workspace.sockets) if (socket !== except) socket.announce(encoded);
}

export function createRoomHub({
	storage,
	tuning,
	log,
	spinOn,
	onStoreHealth
}: HubOptions): RoomHub {
	const held = new Map<string, Held>();
	const lanes = Array.from({ length: tuning.workers }, () =>
		createDocLane({ log, heapMb: tuning.workerHeapMb, spinOn })
	);
	const commits = createCommitQueue(storage, {
		onCommitted,
		onStored: () => onStoreHealth(true),
		onFailed(error) {
			log('error', 'storing-failed', { error: errorName(error) });
			onStoreHealth(false);
		}
	});

	function onCommitted({ workspace, commit, rooms }: CommittedChange): void {
		const live = held.get(workspace)?.live;
		if (!live) return;
		live.commit = commit;
		announce(live, { type: 'changed', commit, rooms: [...rooms] });
	}

	async function load(name: string, entry: () => Held): Promise<LiveWorkspace> {
		const [stored, roster] = await Promise.all([
			storage.loadWorkspace(name),
			storage.loadRoster(name, Number.MAX_SAFE_INTEGER)
		]);
		const live: LiveWorkspace = {
			name,
			size: { bytes: stored.bytes },
			commit: stored.commit,
			rosterLength: roster.length,
			receipts: new Map(stored.receipts.map((receipt) => [receipt.device, receipt])),
			sockets: new Set(),
			rooms: new Map()
		};
		entry().live = live;
		return live;
	}

	function hold(name: string): Held {
		const known = held.get(name);
		if (known) return known;
		const entry: Held = { holds: 0, live: null, loaded: load(name, () => entry) };
		held.set(name, entry);
		return entry;
	}

	function newRoom(workspace: LiveWorkspace, name: string): LiveRoom {
		const session = createDocSession({
			workspace: workspace.name,
			room: name,
			size: workspace.size,
			lane: lanes[laneOf(workspace.name, lanes.length)]!,
			storage,
			commits,
			tuning,
			onCompactionFailed(error) {
				log('error', 'compaction-failed', { error: errorName(error) });
			}
		});
		return createLiveRoom(session, tuning);
	}

	function sweepWorkspace(name: string, { holds, live }: Held): void {
		for (const [room, state] of live?.rooms ?? []) if (state.sweep()) live?.rooms.delete(room);
		if (holds === 0 && (live?.rooms.size ?? 0) === 0) held.delete(name);
	}

	/** After each compaction; nothing to do otherwise. */
	function scrub(): void {
		storage.scrub().catch((error: unknown) => {
			log('error', 'scrubbing-failed', { error: errorName(error) });
		});
	}

	return {
		async enter(name) {
			const entry = hold(name);
			entry.holds += 1;
			try {
				return await entry.loaded;
			} catch (error) {
				if (held.get(name) === entry) held.delete(name);
				throw error;
			}
		},
		leave(name) {
			const entry = held.get(name);
			if (entry) entry.holds -= 1;
		},
		find: (name) => held.get(name)?.live ?? null,
		room(workspace, name) {
			const room = workspace.rooms.get(name) ?? newRoom(workspace, name);
			workspace.rooms.set(name, room);
			return room;
		},
		sweep() {
			for (const [name, entry] of held) sweepWorkspace(name, entry);
			scrub();
		},
		settled: () => commits.settled(),
		async close() {
			await commits.settled();
			await Promise.all(lanes.map((lane) => lane.close()));
		}
	};
}
