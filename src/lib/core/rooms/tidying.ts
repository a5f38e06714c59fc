/**
 * Keeps an open room's log short, and writes its words again where the log has lost them: when a
 * checkpoint may be written, and what goes to the history before.
 */
import type { Clock } from '$lib/base/clock.ts';
import type { Observable } from '$lib/base/observable.ts';
import type { SyncedLog, SyncedLogs } from '../sync/syncedLogs.ts';
import type { Connection } from '../workspaceSession.ts';
import { whenTrue } from '../whenTrue.ts';
import { planCheckpoint, writeCheckpoint, type LogEntry } from './checkpoint.ts';
import { readSchema, type DocumentKind } from './documentKind.ts';
import type { ReaderContext } from './entryReader.ts';
import { historyRoomOf, keepInHistory } from './history.ts';
import type { Room, Sealing } from './room.ts';

/** Long enough for a slow relay to answer, short enough for a person to wait. */
export const FIRST_SYNC_WAIT_MS = 8_000;

export interface TidyingOptions {
	readonly synced: SyncedLogs;
	readonly clock: Clock;
	/** The relay's time: a clock years ahead must not thin everybody's history. */
	readonly relayNow: () => number;
	readonly connection: Observable<Connection>;
	/** Only one tab of a device tidies up. */
	readonly isLeader: () => boolean;
	/** Idle time before a long tail is replaced; random, so that devices do not all do it at once. */
	readonly checkpointWaitMs: () => number;
}

/** A room with all that is needed to tidy it up. */
export interface Tidied {
	readonly room: Room;
	readonly log: SyncedLog;
	readonly kind: DocumentKind;
	readonly sealing: Sealing | null;
	readonly context: () => ReaderContext;
	readonly mayWrite: () => boolean;
}

export interface Tidying {
	/**
	 * Nothing under way: only then may entries be replaced. What waits for a key or for the roster
	 * does not count: it stays in the log, and nobody may hold up the room by it.
	 */
	isAtRest(tidied: Tidied): boolean;
	tidy(tidied: Tidied, force: boolean): Promise<void>;
	/** `restore` writes the words again after the next wait, however short the tail. */
	schedule(tidied: Tidied): { restore(): void; stop(): void };
}

export function createTidying(options: TidyingOptions): Tidying {
	const { synced, clock, connection } = options;

	function isAtRest({ room, log }: Tidied): boolean {
		const { synced: inStep, delivered } = log.sync.state.current();
		const isStored = log.stored.writes.current().pending === 0 && !room.sealing.current();
		return inStep && delivered && isStored && connection.current() === 'online';
	}

	/** The history has them before the log lets them go. It is sealed with the keys of its room. */
	async function archive(
		{ room, context }: Tidied,
		retired: readonly LogEntry[],
		own: Sealing
	): Promise<void> {
		const scope = { ...room.scope, room: await historyRoomOf(room.scope.room, context().crypto) };
		const { stored, sync, willChange, release } = await synced.acquire(scope.room);
		await whenTrue([sync.state], () => sync.state.current().synced, FIRST_SYNC_WAIT_MS);
		await willChange();
		const history = { scope, log: stored.log };
		await keepInHistory(room.scope, retired, history, own, context(), options.relayNow());
		const isStored = () => stored.writes.current().pending === 0;
		await whenTrue([stored.writes], isStored, FIRST_SYNC_WAIT_MS);
		release();
	}

	async function tidy(tidied: Tidied, force: boolean) {
		const { room, kind, sealing } = tidied;
		if (!sealing || !options.isLeader() || !tidied.mayWrite()) return;
		if (readSchema(room.doc) > kind.schema || !isAtRest(tidied)) return;
		const retired = planCheckpoint(room.entries(), force)?.retired ?? [];
		if (retired.length > 0) await archive(tidied, retired, sealing);
		if (isAtRest(tidied)) await writeCheckpoint(room, sealing, clock, force);
	}

	function schedule(tidied: Tidied) {
		let timer: ReturnType<typeof setTimeout> | null = null;
		let erased = false;
		const run = async () => {
			await tidy(tidied, erased);
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
		tidied.room.log.on('update', later);
		later();
		const stop = () => {
			if (timer) clearTimeout(timer);
			tidied.room.log.off('update', later);
		};
		return { restore, stop };
	}

	return { isAtRest, tidy, schedule };
}
