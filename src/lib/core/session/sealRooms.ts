/**
 * After somebody has lost the right to write or to read, every room of the commons gets a
 * checkpoint that knows of it: from then on nothing that person dates back is taken.
 */
import type { Observable } from '$lib/base/observable.ts';
import type { Roster } from '$lib/protocol/roster/roster.ts';
import type { SealMark } from '../rooms/checkpoint.ts';
import type { Documents, SealTask } from '../rooms/documents.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import type { Connection } from '../workspaceSession.ts';

export interface SealRoomsOptions {
	readonly roster: Observable<Roster>;
	readonly connection: Observable<Connection>;
	readonly documents: Documents;
	readonly seals: Pick<RoomLogs, 'readSeal'>;
	/** Of the commons, the branch document among them. */
	readonly rooms: () => readonly Pick<SealTask, 'room' | 'kind'>[];
	/** Rooms of circles whose key was renewed; each sees to its own. */
	readonly circleTasks: () => readonly SealTask[];
	readonly circlesChanged: Observable<unknown>;
	/** One device does it, so that a retirement is not ten checkpoints a room. */
	readonly isOurs: () => boolean;
	/** Random, so that two secretaries' devices seldom do it both. */
	readonly waitMs: () => number;
}

const PACE_MS = 80;
const AGAIN_MS = 60_000;

/** Null while nobody has lost anything. */
export function sealMarkOf({ devices, epoch }: Roster): SealMark | null {
	const ends = [...devices.values()].flatMap(({ writes }) =>
		writes.flatMap(({ to }) => (to === null ? [] : [to]))
	);
	if (ends.length === 0 && epoch === 1) return null;
	return { epoch, rosterLength: Math.max(0, ...ends) + 1 };
}

export function createSealRooms(options: SealRoomsOptions): { stop(): void } {
	const { roster, connection, documents, seals } = options;
	let timer: ReturnType<typeof setTimeout> | null = null;
	let again: ReturnType<typeof setTimeout> | null = null;
	let stopped = false;

	async function sealCommons(): Promise<number> {
		const mark = sealMarkOf(roster.current());
		if (!mark || !options.isOurs()) return 0;
		const tasks: SealTask[] = [];
		// Every one is looked at: somebody offline may have made a room that knows nothing of it.
		for (const room of options.rooms()) {
			const known = await seals.readSeal(room.room);
			const isDone = known && known.epoch >= mark.epoch && known.rosterLength >= mark.rosterLength;
			if (!isDone) tasks.push({ ...room, mark });
		}
		return documents.sealAll(tasks, PACE_MS);
	}

	async function run() {
		if (stopped || connection.current() !== 'online') return;
		const undone =
			(await sealCommons()) + (await documents.sealAll(options.circleTasks(), PACE_MS));
		if (undone > 0 && !stopped) again = setTimeout(later, AGAIN_MS);
	}

	function later() {
		if (timer) clearTimeout(timer);
		if (again) clearTimeout(again);
		timer = setTimeout(() => void run().catch(() => undefined), options.waitMs());
	}

	const stops = [roster, connection, options.circlesChanged].map((source) =>
		source.subscribe(later)
	);
	later();
	return {
		stop() {
			stopped = true;
			if (timer) clearTimeout(timer);
			if (again) clearTimeout(again);
			stops.forEach((stop) => stop());
		}
	};
}
