/**
 * When a room's tail has grown long, one entry that holds the whole document takes its place. It
 * deletes exactly the entries it has read, never one it could not read, and keeps the checkpoint
 * before it, so that a wrong one can be undone.
 */
import * as Y from 'yjs';
import type { Clock } from '$lib/base/clock.ts';
import { sealEntry } from '../crypto/entry.ts';
import type { AppliedEntry, EntryState, Room, Sealing } from './room.ts';

export const CHECKPOINT_ENTRIES = 256;
export const CHECKPOINT_BYTES = 256 * 1024;

export interface LogEntry {
	readonly bytes: Uint8Array;
	readonly state: EntryState;
}

export interface CheckpointPlan {
	readonly remove: ReadonlySet<Uint8Array>;
	/** Checkpoints among them: candidates for the room's history. */
	readonly retired: readonly LogEntry[];
}

const isCheckpoint = ({ state }: LogEntry) =>
	state.kind === 'applied' && state.entry === 'checkpoint';
const isUpdates = ({ state }: LogEntry) => state.kind === 'applied' && state.entry === 'updates';

/** What a checkpoint must at least know: it comes after a retirement or a rotation. */
export interface SealMark {
	readonly epoch: number;
	readonly rosterLength: number;
}

/**
 * There is nothing to seal, or somebody's checkpoint has done it. A log in which nothing could be
 * read is not empty: what stands in it may be read by others.
 */
export function isSealed(
	entries: readonly LogEntry[],
	mark: SealMark,
	isGood: (entry: AppliedEntry) => boolean
): boolean {
	const applied = entries.flatMap(({ state }) => (state.kind === 'applied' ? [state] : []));
	const seals = (entry: AppliedEntry) =>
		entry.entry === 'checkpoint' &&
		entry.epoch >= mark.epoch &&
		entry.rosterLength >= mark.rosterLength &&
		isGood(entry);
	return entries.every(({ state }) => state.kind === 'keys') || applied.some(seals);
}

/** Null while the tail is short. `force` plans one all the same, for a key rotation. */
export function planCheckpoint(entries: readonly LogEntry[], force = false): CheckpointPlan | null {
	const tail = entries.filter(isUpdates);
	const tailBytes = tail.reduce((sum, { bytes }) => sum + bytes.length, 0);
	if (!force && tail.length <= CHECKPOINT_ENTRIES && tailBytes <= CHECKPOINT_BYTES) return null;
	const retired = entries.filter(isCheckpoint).slice(0, -1);
	return { remove: new Set([...tail, ...retired].map(({ bytes }) => bytes)), retired };
}

/**
 * Writes a checkpoint if the tail calls for one. Returns the plan it carried out, or null. The
 * caller sees to it that the room is complete: loaded, synced, nothing waiting to be sealed.
 */
export async function writeCheckpoint(
	room: Room,
	sealing: Sealing,
	clock: Clock,
	force = false
): Promise<CheckpointPlan | null> {
	await room.idle();
	// The last thing that is waited for: a rotation may have come meanwhile.
	await sealing.keysSettled();
	const plan = planCheckpoint(room.entries(), force);
	if (!plan) return null;
	// Plan and state are taken in one turn: what arrives while sealing is in neither.
	const state = Y.encodeStateAsUpdateV2(room.doc);
	const { epoch, key, rosterLength } = sealing.current();
	const author = sealing.device;
	const header = { kind: 'checkpoint', epoch, rosterLength, author } as const;
	const at = clock.now();
	const bytes = await sealEntry(room.scope, header, { at, updates: [state] }, key, sealing.signer);
	const written = { at, author, epoch, rosterLength } as const;
	room.replace(bytes, { kind: 'applied', entry: 'checkpoint', ...written }, plan.remove);
	return plan;
}
