/**
 * Brings everything that changed to this device in the background, not only what is open, and
 * sends what was changed here. One cursor a device: cost follows what changed, not what exists.
 */
import type { RoomId } from '$lib/base/ids.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import { isSameStore, newestSeen } from './numbering.ts';
import type { Hello } from './relayLink.ts';
import type { SyncedLog, SyncedLogs } from './syncedLogs.ts';

export interface CatchUp {
	onHello(hello: Hello, askSince: (commit: number) => void): Promise<void>;
	/** `isAnswer`: to the question of onHello, not news. */
	onChanged(commit: number, rooms: readonly RoomId[], isAnswer: boolean): void;
	onDisconnected(): void;
	close(): void;
}

const CONCURRENT = 4;
const JOB_TIMEOUT_MS = 60_000;
const RETRY_MS = 30_000;
/** With CONCURRENT rooms at a time about fifty a second: below what the relay calls a flood. */
const PACE_MS = 80;

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
	onCaughtUp: (relayId: string, commit: number) => void,
	/** A room is in step; awaited before it is let go. What it throws has the room tried again. */
	onArrived: (room: RoomId, log: SyncedLog) => Promise<void> = async () => {}
): CatchUp {
	const queue = new Map<RoomId, { push: boolean }>();
	/** Rooms that could not be brought in step; while there are any, nothing is confirmed. */
	const failed = new Map<RoomId, ReturnType<typeof setTimeout>>();
	let running = 0;
	/** The relay, and the newest commit it has named. */
	let target: { relayId: string; commit: number } | null = null;
	/** Everything up to this commit of the target is stored here. */
	let reached = 0;
	let run = new AbortController();
	/** The answer to `since` has come: until then the queue does not hold all there is. */
	let known = false;

	function add(rooms: readonly RoomId[], push: boolean) {
		for (const room of rooms) queue.set(room, { push: push || (queue.get(room)?.push ?? false) });
		pump();
	}

	function tryAgainLater(room: RoomId, push: boolean, signal: AbortSignal) {
		if (signal.aborted) return;
		clearTimeout(failed.get(room));
		failed.set(
			room,
			setTimeout(() => add([room], push), RETRY_MS)
		);
	}

	function settle(room: RoomId) {
		clearTimeout(failed.get(room));
		failed.delete(room);
	}

	async function work(room: RoomId, push: boolean, signal: AbortSignal) {
		try {
			const log = await synced.acquire(room);
			const done = await whenInStep(log, push, signal)
				.then(async (inStep) => {
					if (inStep) await onArrived(room, log);
					return inStep;
				})
				.finally(log.release);
			if (done) settle(room);
			else tryAgainLater(room, push, signal);
		} catch {
			tryAgainLater(room, push, signal); // the store refused, a full disk for one
		}
		await new Promise((resolve) => setTimeout(resolve, PACE_MS));
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
		const complete = running === 0 && queue.size === 0 && failed.size === 0 && known;
		if (!complete || !target || signal.aborted) return;
		reached = target.commit;
		onCaughtUp(target.relayId, reached);
	}

	/**
	 * From its first word on, and not only once all is here: rooms are exchanged meanwhile, and may
	 * have to go to another relay again, or to this one when it is set back.
	 */
	function rememberRelay({ relayId, commit: seen }: NonNullable<typeof target>) {
		// On a full disk the marks of what is sent fail too; the next connection tries again.
		logs.writeCursor({ relayId, commit: reached, seen }).catch(() => undefined);
	}

	function stop() {
		run.abort();
		queue.clear();
		for (const room of [...failed.keys()]) settle(room);
		known = false;
		target = null;
	}

	return {
		async onHello(hello, askSince) {
			stop();
			run = new AbortController();
			const { signal } = run;
			const cursor = await logs.readCursor();
			if (signal.aborted) return;
			const last = cursor && isSameStore(cursor, hello) ? cursor : null;
			// Another numbering of commits: the relay lost its store and is to be filled again. Before
			// it is remembered, so that a device that dies in between does it once more.
			if (!last) await synced.markRest();
			const unsent = await logs.unsent();
			if (signal.aborted) return;
			target = { relayId: hello.relayId, commit: hello.commit };
			reached = last?.commit ?? 0;
			if (!last || newestSeen(last) < hello.commit) rememberRelay(target);
			add(unsent, true);
			askSince(reached);
		},
		onChanged(commit, rooms, isAnswer) {
			if (!target) return;
			if (commit > target.commit) {
				target = { ...target, commit };
				rememberRelay(target);
			}
			known ||= isAnswer;
			add(rooms, false);
		},
		onDisconnected: stop,
		close: stop
	};
}
