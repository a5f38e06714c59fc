/**
 * One room between its worker and the store: loads the document when somebody asks for something,
 * keeps requests in order, and holds the invariant that nothing is answered from a document with
 * an update in it that could not be made durable. It knows no socket.
 */
import type { CloseName } from '../../src/lib/protocol/closeCodes.ts';
import type { Tuning } from '../relayOptions.ts';
import type { RelayStorage, StoredRoom } from '../storage/relayStorage.ts';
import type { CommitQueue } from './commitQueue.ts';
import type { DocLane, LaneReply } from './docLane.ts';
import type { DocReply, DocRequest } from './workerMessages.ts';

export type Outcome =
	| { readonly kind: 'committed'; readonly commit: number; readonly update: Uint8Array }
	| { readonly kind: 'unchanged'; readonly commit: number }
	| { readonly kind: 'bytes'; readonly bytes: Uint8Array }
	/** Nobody waits for it any more. */
	| { readonly kind: 'dropped' }
	| { readonly kind: 'refused'; readonly code: CloseName; readonly slow: boolean };

export type RoomRequest =
	| { readonly op: 'apply'; readonly update: Uint8Array }
	| { readonly op: 'vector' }
	| { readonly op: 'diff'; readonly stateVector: Uint8Array };

/** Counted bytes of the workspace, shared by its rooms. */
export interface SharedSize {
	bytes: number;
}

export interface SessionContext {
	readonly workspace: string;
	readonly room: string;
	readonly size: SharedSize;
	readonly lane: DocLane;
	readonly storage: RelayStorage;
	readonly commits: CommitQueue;
	readonly tuning: Tuning;
	readonly onCompactionFailed: (error: unknown) => void;
}

export interface DocSession {
	/** `isGone` says that nobody waits for the outcome any more and that it need not happen. */
	submit(request: RoomRequest, isGone: () => boolean, done: (outcome: Outcome) => void): void;
	/** Lets go of the document when nothing was asked of it for `idleMs`; true when it is gone. */
	release(idleMs: number): boolean;
}

interface Op {
	readonly order: number;
	readonly request: RoomRequest;
	readonly isGone: () => boolean;
	readonly done: (outcome: Outcome) => void;
	compactedFor: boolean;
}

const MIB = 1024 * 1024;
/** Writing a state out is so many times quicker than taking an update in. */
const READS_PER_MIB = 8;
const refused = (code: CloseName, slow = false): Outcome => ({ kind: 'refused', code, slow });
const sizeOf = (request: RoomRequest) => (request.op === 'apply' ? request.update.length : 0);

export function createDocSession(context: SessionContext): DocSession {
	const { workspace, room, size, lane, storage, commits, tuning } = context;
	const key = `${workspace}/${room}`;
	let phase: 'cold' | 'loading' | 'live' | 'broken' = 'cold';
	let loadedIn = 0; // the lane's incarnation that holds the document
	let generation = 0; // counts the documents given up: answers from an older one are void
	let waiting: Op[] = [];
	let nextOrder = 0;
	let posted = 0;
	let uncommitted = 0;
	let unstoredBytes = 0;
	let compaction: 'none' | 'wanted' | 'running' = 'none';
	let stored = { commit: 0, bytes: 0, updates: 0, compactAt: 0 };
	let lastUsed = performance.now();
	/** The store has bytes of entries that were deleted since. */
	let holdsDeleted = false;

	let compactionFailed = false;

	const limitFor = (bytes: number, baseMs: number) => baseMs * Math.max(1, bytes / MIB);

	function pump(): void {
		if (phase === 'loading' || phase === 'broken') return;
		if (phase === 'cold' || lane.incarnation !== loadedIn) {
			if (posted === 0 && waiting.length > 0) void load();
			return;
		}
		while (compaction === 'none' && waiting.length > 0) dispatch(waiting.shift()!);
		if (compaction === 'wanted' && posted === 0 && uncommitted === 0) compact();
	}

	function failAll(): void {
		const failed = waiting;
		waiting = [];
		for (const { done } of failed) done(refused('storageFailed'));
	}

	async function load(): Promise<void> {
		phase = 'loading';
		try {
			await commits.settled();
			accept(await storage.loadRoom(workspace, room));
		} catch {
			phase = 'cold';
			failAll();
		}
	}

	function accept({ updates, commit, bytes }: StoredRoom): void {
		stored = { commit, bytes, updates: updates.length, compactAt: tuning.compactAfterUpdates };
		waiting.sort((a, b) => a.order - b.order);
		const own = updates.map((update) => new Uint8Array(update));
		posted += 1;
		lane.post({ op: 'load', room: key, updates: own }, limitFor(bytes, tuning.loadMs), (reply) => {
			posted -= 1;
			if (reply.result === 'done') holdsDeleted ||= reply.freed;
			if (reply.result === 'slow') phase = 'broken';
			if (phase === 'broken') failAll();
			pump();
		});
		loadedIn = lane.incarnation;
		phase = 'live';
		pump();
	}

	function wouldOutgrow(op: Op): CloseName | null {
		const more = unstoredBytes + sizeOf(op.request);
		if (sizeOf(op.request) === 0) return null;
		if (stored.bytes + more > tuning.maxRoomBytes) return 'roomTooLarge';
		return size.bytes + more > tuning.maxWorkspaceBytes ? 'workspaceTooLarge' : null;
	}

	function dispatch(op: Op): void {
		if (op.isGone()) return op.done({ kind: 'dropped' });
		const tooLarge = wouldOutgrow(op);
		if (tooLarge && stored.updates > 1 && !op.compactedFor) {
			op.compactedFor = true;
			waiting.unshift(op);
			compaction = 'wanted';
			return;
		}
		if (tooLarge) return op.done(refused(tooLarge));
		post(op);
	}

	function post(op: Op): void {
		const stamp = generation;
		const { request } = op;
		posted += 1;
		unstoredBytes += sizeOf(request);
		// The worker gets its own copy: a view would drag its whole frame along.
		const message: DocRequest =
			request.op === 'apply'
				? { op: 'apply', room: key, update: request.update.slice() }
				: { ...request, room: key };
		// What comes out of a large room takes its time too, without anybody's fault.
		const bytes = request.op === 'apply' ? sizeOf(request) : stored.bytes / READS_PER_MIB;
		lane.post(message, limitFor(bytes, tuning.decodeMs), (reply) => {
			posted -= 1;
			answer(op, reply, stamp);
			pump();
		});
	}

	function answer(op: Op, reply: LaneReply, stamp: number): void {
		if (reply.result === 'lost' || (stamp !== generation && reply.result !== 'slow')) {
			unstoredBytes -= sizeOf(op.request);
			waiting.push(op);
			return;
		}
		if (reply.result === 'changed' || reply.result === 'unchanged') return commit(op, reply);
		unstoredBytes -= sizeOf(op.request);
		if (reply.result === 'bytes') return op.done({ kind: 'bytes', bytes: reply.bytes });
		if (reply.result === 'torn') reset();
		const isState = op.request.op === 'diff';
		op.done(refused(isState ? 'malformedFrame' : 'malformedUpdate', reply.result === 'slow'));
	}

	function commit({ request, done }: Op, reply: DocReply): void {
		if (request.op !== 'apply') return;
		const changed = reply.result === 'changed';
		const update = changed ? (reply.update ?? request.update) : null;
		const freed = changed && reply.freed;
		uncommitted += 1;
		commits.enqueue({
			workspace,
			room,
			update,
			settle(newest) {
				uncommitted -= 1;
				unstoredBytes -= sizeOf(request);
				if (newest === null) reset();
				else if (update) grow(newest, update.length);
				if (newest !== null) holdsDeleted ||= freed;
				if (newest === null) done(refused('storageFailed'));
				else if (update) done({ kind: 'committed', commit: newest, update });
				else done({ kind: 'unchanged', commit: stored.commit });
				pump();
			}
		});
	}

	function grow(newest: number, bytes: number): void {
		stored.commit = newest;
		stored.bytes += bytes;
		stored.updates += 1;
		size.bytes += bytes;
		if (stored.updates >= stored.compactAt && compaction === 'none') compaction = 'wanted';
	}

	function reset(): void {
		if (phase !== 'live') return;
		generation += 1;
		phase = 'cold';
		if (compaction === 'wanted') compaction = 'none';
		lane.post({ op: 'drop', room: key }, Infinity, () => undefined);
	}

	/** Nothing is on its way here, so the document is what the store holds, up to `commit`. */
	function compact(): void {
		const { commit: upToCommit } = stored;
		const stamp = generation;
		compaction = 'running';
		posted += 1;
		const limitMs = limitFor(stored.bytes / READS_PER_MIB, tuning.decodeMs);
		lane.post({ op: 'snapshot', room: key }, limitMs, (reply) => {
			posted -= 1;
			const snapshot = reply.result === 'bytes' && stamp === generation ? reply.bytes : null;
			void replace(snapshot, upToCommit);
		});
	}

	async function replace(snapshot: Uint8Array | null, upToCommit: number): Promise<void> {
		// Rewriting a large room pays only after it grew by a good part of its size.
		let compactAt = stored.updates + tuning.compactAfterUpdates;
		compactionFailed = true;
		if (snapshot && upToCommit > 0)
			try {
				const sizes = await storage.replaceRoom(workspace, room, upToCommit, snapshot);
				stored = { ...stored, bytes: sizes.roomBytes, updates: 1 };
				size.bytes = sizes.workspaceBytes;
				compactionFailed = false;
				holdsDeleted = false;
				compactAt = tuning.compactAfterUpdates * Math.max(1, snapshot.length / (4 * MIB));
			} catch (error) {
				context.onCompactionFailed(error);
			}
		stored.compactAt = compactAt;
		compaction = 'none';
		pump();
	}

	const isBusy = () => posted > 0 || uncommitted > 0 || waiting.length > 0;

	return {
		submit(request, isGone, done) {
			lastUsed = performance.now();
			if (phase === 'broken') return done(refused('storageFailed'));
			nextOrder += 1;
			waiting.push({ order: nextOrder, request, isGone, done, compactedFor: false });
			pump();
		},
		release(idleMs) {
			if (phase === 'loading' || phase === 'broken' || isBusy()) return false;
			if (phase === 'cold' || lane.incarnation !== loadedIn) {
				phase = 'cold';
				compaction = 'none';
				return true;
			}
			if (compaction !== 'none' || performance.now() - lastUsed < idleMs) return false;
			// What somebody deleted is to be gone from the disk, however few the updates.
			const isDue = stored.updates > tuning.compactIdleAfterUpdates || holdsDeleted;
			if (isDue && !compactionFailed) {
				compaction = 'wanted';
				pump();
				return false;
			}
			reset();
			return true;
		}
	};
}
