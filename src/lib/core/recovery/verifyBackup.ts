/**
 * Reads a backup again and opens everything in it with nothing but what it holds: what a person is
 * told before the file is trusted.
 */
import * as Y from 'yjs';
import type { RoomId } from '$lib/base/ids.ts';
import { ok, type Result } from '$lib/base/result.ts';
import { blobIdOf } from '../blobs/sealBlob.ts';
import type { SecretKey } from '../crypto/aead.ts';
import { openEntry, parseEntry, type EntryContent, type EntryScope } from '../crypto/entry.ts';
import { createRosterCrypto } from '../crypto/signer.ts';
import { LOG_NAME } from '../rooms/room.ts';
import { verifyChain } from '../roster/rosterKeeper.ts';
import type { BackupProblem, BackupRoom } from './backupFormat.ts';
import { createPace, type LongWork, type Pace } from './pace.ts';
import { readBackup, type Backup, type BackupOpener } from './readBackup.ts';

export interface BackupReport {
	readonly branch: string;
	/** ISO instant. */
	readonly madeAt: string;
	/** Rooms that a person knows as a document; histories are not among them. */
	readonly documents: number;
	/** Entries that open, of histories too. */
	readonly entries: number;
	/** Entries that no key in the backup opens, or that hold nothing a document can take in. */
	readonly unreadable: number;
	/** Rooms whose log is damaged or builds on something that is not in the backup. */
	readonly incomplete: readonly RoomId[];
	/** Attachments that are what their ids say. */
	readonly attachments: number;
	/** Attachments that are not. */
	readonly damagedAttachments: number;
	/** The chain of roster records is whole and is this workspace's. */
	readonly rosterHolds: boolean;
}

export const isSound = (report: BackupReport): boolean =>
	report.unreadable === 0 &&
	report.incomplete.length === 0 &&
	report.damagedAttachments === 0 &&
	report.rosterHolds;

type KeysOf = (epoch: number) => readonly SecretKey[];

function keysFor({ commons, ring }: Backup, { room, historyOf, circle }: BackupRoom): KeysOf {
	if (circle === 'commons') return (epoch) => [commons.get(epoch) ?? []].flat();
	const row = ring.find((one) => one.room === (historyOf ?? room));
	return (epoch) => (row?.keys ?? []).flatMap(([of, key]) => (of === epoch ? [key] : []));
}

function applyContent(doc: Y.Doc, isCheckpoint: boolean, { updates }: EntryContent): boolean {
	try {
		for (const update of updates)
			if (isCheckpoint) Y.applyUpdateV2(doc, update);
			else Y.applyUpdate(doc, update);
		return true;
	} catch {
		return false;
	}
}

/** Null for an entry that carries keys, not words. */
async function opensInto(
	doc: Y.Doc | null,
	scope: EntryScope,
	bytes: unknown,
	keysOf: KeysOf
): Promise<boolean | null> {
	const parsed = bytes instanceof Uint8Array ? parseEntry(bytes) : null;
	if (!parsed?.ok) return false;
	const { kind, epoch } = parsed.value.header;
	if (kind !== 'updates' && kind !== 'checkpoint') return null;
	for (const key of keysOf(epoch)) {
		const content = await openEntry(scope, parsed.value, key);
		if (content.ok) return !doc || applyContent(doc, kind === 'checkpoint', content.value);
	}
	return false;
}

async function checkRoom(backup: Backup, room: BackupRoom) {
	const log = new Y.Doc();
	// Versions in a history are whole documents each; together they make none.
	const doc = room.historyOf ? null : new Y.Doc();
	try {
		Y.applyUpdate(log, backup.logs.get(room.room) ?? new Uint8Array());
	} catch {
		return { entries: 0, unreadable: 0, isWhole: false };
	}
	const scope = { workspace: backup.workspace, room: room.room };
	const keysOf = keysFor(backup, room);
	const count = { entries: 0, unreadable: 0 };
	for (const bytes of log.getArray(LOG_NAME).toArray()) {
		const opens = await opensInto(doc, scope, bytes, keysOf);
		if (opens !== null) count[opens ? 'entries' : 'unreadable'] += 1;
	}
	const isWhole = [log, doc].every((one) => !one?.store.pendingStructs && !one?.store.pendingDs);
	doc?.destroy();
	log.destroy();
	return { ...count, isWhole };
}

async function countGood(blobs: Backup['blobs'], pace: Pace): Promise<number> {
	let good = 0;
	for (const [id, bytes] of blobs) {
		if ((await blobIdOf(bytes)) === id) good += 1;
		await pace(bytes.length);
	}
	return good;
}

export async function checkBackup(backup: Backup, work: LongWork = {}): Promise<BackupReport> {
	const pace = createPace(work);
	const chain = await verifyChain(backup.workspace, backup.records, createRosterCrypto());
	const incomplete: RoomId[] = [];
	let [entries, unreadable] = [0, 0];
	for (const [i, room] of backup.rooms.entries()) {
		const found = await checkRoom(backup, room);
		entries += found.entries;
		unreadable += found.unreadable;
		if (!found.isWhole) incomplete.push(room.room);
		work.progress?.((i + 1) / backup.rooms.length);
		await pace(backup.logs.get(room.room)?.length ?? 0);
	}
	const attachments = await countGood(backup.blobs, pace);
	return {
		branch: backup.branch,
		madeAt: backup.madeAt,
		documents: backup.rooms.filter(({ historyOf }) => !historyOf).length,
		entries,
		unreadable,
		incomplete,
		attachments,
		damagedAttachments: backup.blobs.size - attachments,
		rosterHolds: chain.ok
	};
}

export async function verifyBackup(
	opener: BackupOpener,
	file: Blob,
	work: LongWork = {}
): Promise<Result<BackupReport, BackupProblem>> {
	// Reading counts for the first half of the progress, opening the rooms for the second.
	const half = (from: number): LongWork => ({
		...work,
		progress: (share) => work.progress?.(from + share / 2)
	});
	const backup = await readBackup(opener, file, half(0));
	if (!backup.ok) return backup;
	try {
		return ok(await checkBackup(backup.value, half(0.5)));
	} catch (fault) {
		if (work.signal?.aborted) return { ok: false, error: 'aborted' };
		throw fault;
	}
}
