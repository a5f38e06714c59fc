/** How far one open room's words have travelled. */
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { SyncedLog } from '../sync/syncedLogs.ts';
import type { SaveState } from './openDocument.ts';
import type { Room } from './room.ts';

export interface SaveOptions {
	readonly heldBy: (commit: number) => { by: number; of: number };
	readonly heldVersion: Observable<number>;
	/** A room has something to seal, or has sealed it: the workspace's sum of save states follows. */
	readonly onSealing: () => void;
}

interface Saving {
	readonly room: Room;
	readonly log: SyncedLog;
}

function saveStateOf({ room, log }: Saving, heldBy: SaveOptions['heldBy']): SaveState {
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

export function watchSave(
	saving: Saving,
	{ heldBy, heldVersion, onSealing }: SaveOptions
): { readonly save: Observable<SaveState>; stop(): void } {
	const { room, log } = saving;
	const save = createSource(saveStateOf(saving, heldBy));
	const refresh = () => {
		const next = saveStateOf(saving, heldBy);
		if (!sameSaveState(next, save.current())) save.set(next);
	};
	const sources = [room.sealing, log.stored.writes, log.sync.state, heldVersion];
	const stops = sources.map((source) => source.subscribe(refresh));
	stops.push(room.sealing.subscribe(onSealing));
	return { save, stop: () => stops.forEach((stop) => stop()) };
}
