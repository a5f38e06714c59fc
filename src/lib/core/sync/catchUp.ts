/**
 * Brings everything that changed to this device in the background, not only what is open, and
 * sends what was changed here. One cursor a device: cost follows what changed, not what exists.
 */
import type { RoomId } from '$lib/base/ids.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import type { Hello } from './relayLink.ts';
import type { SyncedLog, SyncedLogs } from './syncedLogs.ts';

export interface CatchUp {
	onHello(hello: Hello, askSince: (commit: number) => void): Promise<void>;
	onChanged(commit: number, rooms: readonly RoomId[]): void;
	onDisconnected(): void;
	/** Rooms still to be fetched or sent. */
	remaining(): number;
	close(): void;
}

const CONCURRENT = 4;
const JOB_TIMEOUT_MS = 60_000;

/** Resolves when the room is in step; false when it was refused, took too long or was given up. */
function whenInStep(
	{ stored, sync }: SyncedLog,
	push: boolean,
	aborted: AbortSignal
): Promise<boolean> {
	return new Promise((resolve) => {
		const check = () => {
			const { synced, delivered, refused } = sync.state.current();
			if (refused !== null || aborted.aborted) return finish(false);
			if (synced && (!push || delivered) && stored.writes.current().pending === 0) finish(true);
		};
		const stops = [sync.state.subscribe(check), stored.writes.subscribe(check)];
		const timer = setTimeout(() => finish(false), JOB_TIMEOUT_MS);
		aborted.addEventListener('abort', check);
		function finish(done: boolean) {
			clearTimeout(timer);
			aborted.removeEventListener('abort', check);
			stops.forEach((stop) => stop());
			resolve(done);
		}
		check();
	});
}

export function createCatchUp(
	logs: RoomLogs,
	synced: SyncedLogs,
	/** Everything up to this commit is stored on this device. */
	onCaughtUp: (relayId: string, commit: number) => void
): CatchUp {
	const queue = new Map<RoomId, { push: boolean }>();
	let running = 0;
	let target: { relayId: string; commit: number } | null = null;
	let run = new AbortController();
	let known = false;

	function add(rooms: readonly RoomId[], push: boolean) {
		for (const room of rooms) queue.set(room, { push: push || (queue.get(room)?.push ?? false) });
		pump();
	}

	async function work(room: RoomId, push: boolean, signal: AbortSignal) {
		const log = await synced.acquire(room);
		const done = await whenInStep(log, push, signal);
		if (done && push) await logs.markUnsent(room, false);
		log.release();
		// A room that failed keeps the cursor where it is: it is asked for again at the next hello.
		if (!done && !signal.aborted) known = false;
	}

	function pump() {
		const signal = run.signal;
		while (running < CONCURRENT && queue.size > 0 && !signal.aborted) {
			const [room, { push }] = queue.entries().next().value!;
			queue.delete(room);
			running += 1;
			void work(room, push, signal).finally(() => {
				running -= 1;
				pump();
			});
		}
		if (running === 0 && queue.size === 0 && target && known && !signal.aborted)
			onCaughtUp(target.relayId, target.commit);
	}

	return {
		async onHello(hello, askSince) {
			run = new AbortController();
			const cursor = await logs.readCursor();
			const same = cursor?.relayId === hello.relayId && cursor.commit <= hello.commit;
			if (!same && cursor) {
				// Another numbering of commits: the relay lost its store and is to be filled again.
				await logs.markAllUnsent();
			}
			target = { relayId: hello.relayId, commit: same ? cursor.commit : 0 };
			add(await logs.unsent(), true);
			askSince(target.commit);
		},
		onChanged(commit, rooms) {
			if (!target) return;
			target = { ...target, commit: Math.max(commit, target.commit) };
			known = true;
			add(rooms, false);
		},
		onDisconnected() {
			run.abort();
			queue.clear();
			known = false;
		},
		remaining: () => queue.size + running,
		close() {
			run.abort();
			queue.clear();
		}
	};
}
