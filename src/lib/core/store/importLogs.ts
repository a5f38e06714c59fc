/**
 * Takes sealed logs from a backup into this device's store. What is there already stays: a log is a
 * CRDT, so the same one may come twice, and a try that was broken off is simply made again.
 */
import * as Y from 'yjs';
import type { RoomId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { createPace, type LongWork } from '../recovery/pace.ts';
import { whenTrue } from '../whenTrue.ts';
import type { RoomLogs, WriteState } from './roomLogs.ts';

export interface ImportedLogs {
	readonly rooms: number;
	/** Logs that do not decode; nothing of them was stored. */
	readonly damaged: readonly RoomId[];
}

export type ImportFault = NonNullable<WriteState['fault']> | 'aborted';

/** Decoded apart from the store: an update that breaks in the middle must leave nothing behind. */
function decodeLog(update: Uint8Array): Uint8Array | null {
	const log = new Y.Doc();
	try {
		Y.applyUpdate(log, update);
		return Y.encodeStateAsUpdate(log);
	} catch {
		return null;
	} finally {
		log.destroy();
	}
}

async function importLog(
	logs: RoomLogs,
	room: RoomId,
	update: Uint8Array
): Promise<WriteState['fault']> {
	const stored = await logs.open(room);
	try {
		Y.applyUpdate(stored.log, update);
		const { writes } = stored;
		const isOver = () => writes.current().pending === 0 || writes.current().fault !== null;
		await whenTrue([writes], isOver);
		if (writes.current().pending > 0) return writes.current().fault;
		await logs.markUnsent(room, true);
		return null;
	} finally {
		stored.release();
	}
}

/** `updates`: each room's log as one v1 update. All of them count as unsent afterwards. */
export async function importLogs(
	logs: RoomLogs,
	updates: ReadonlyMap<RoomId, Uint8Array>,
	work: LongWork = {}
): Promise<Result<ImportedLogs, ImportFault>> {
	const pace = createPace(work);
	const damaged: RoomId[] = [];
	let done = 0;
	for (const [room, update] of updates) {
		if (work.signal?.aborted) return err('aborted');
		done += 1;
		const decoded = decodeLog(update);
		const fault = decoded && (await importLog(logs, room, decoded));
		if (fault) return err(fault);
		if (!decoded) damaged.push(room);
		work.progress?.(done / updates.size);
		await pace(update.length).catch(() => undefined); // called off: the loop says so
	}
	return ok({ rooms: done - damaged.length, damaged });
}
