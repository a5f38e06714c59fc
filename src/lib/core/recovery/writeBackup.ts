/**
 * Writes a backup as it is encrypted, room by room: what is held at once is one room and the parts
 * of the finished file, which the browser may keep on disk.
 */
import { Zip, ZipDeflate } from 'fflate';
import type { Recipient } from 'age-encryption';
import { assert } from '$lib/base/assert.ts';
import { utf8ToBytes } from '$lib/base/bytes.ts';
import type { BlobId, WorkspaceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import type { RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import {
	BACKUP_FORMAT,
	backupFiles,
	keysToJson,
	MAX_BACKUP_ROOMS,
	type BackupKeys,
	type BackupManifest,
	type BackupRoom
} from './backupFormat.ts';
import { documentFileName } from './documentFileName.ts';
import { createPace, piecesOf, streamOf, type LongWork, type Pace } from './pace.ts';

export interface RoomToSave extends BackupRoom {
	/** The sealed log's Y.Doc as one v1 update. */
	readonly log: Uint8Array;
	/** Of readableDocument(); null where there is nothing to read, as in a history. */
	readonly readable: unknown;
}

export interface BlobToSave {
	readonly id: BlobId;
	/** Sealed, as on the device. */
	readonly bytes: Uint8Array;
}

export interface BackupInput extends BackupKeys {
	readonly workspace: WorkspaceId;
	readonly branch: string;
	/** ISO instant. */
	readonly madeAt: string;
	readonly appVersion: string;
	readonly records: readonly RosterRecord[];
	/** An array, or a generator that opens one room after the other. */
	readonly rooms: Iterable<RoomToSave> | AsyncIterable<RoomToSave>;
	/** How many there are, for the progress shown. */
	readonly roomCount: number;
	readonly blobs?: AsyncIterable<BlobToSave>;
	readonly blobCount?: number;
}

interface FileToPack {
	readonly name: string;
	readonly bytes: Uint8Array;
	/** A log is ciphertext: nothing to be gained. */
	readonly level: 0 | 6;
}

const json = (name: string, value: unknown): FileToPack => ({
	name,
	bytes: utf8ToBytes(JSON.stringify(value, null, '\t')),
	level: 6
});

async function* filesOf(
	{ rooms, roomCount, blobs, blobCount = 0, records, commons, ring, ...about }: BackupInput,
	{ progress }: LongWork
): AsyncGenerator<FileToPack> {
	const saved: BackupRoom[] = [];
	for await (const { log, readable, ...one } of rooms) {
		yield { name: backupFiles.logOf(one.room), bytes: log, level: 0 };
		saved.push(one);
		assert(saved.length <= MAX_BACKUP_ROOMS, 'a backup lists all its rooms');
		if (readable !== null)
			yield json(documentFileName(saved.length, one.title, one.kind), readable);
		progress?.(Math.min(1, saved.length / (roomCount + blobCount)));
	}
	const attached: BlobId[] = [];
	for await (const { id, bytes } of blobs ?? []) {
		yield { name: backupFiles.blobOf(id), bytes, level: 0 };
		attached.push(id);
		progress?.(Math.min(1, (saved.length + attached.length) / (roomCount + blobCount)));
	}
	yield json(backupFiles.roster, { records });
	yield json(backupFiles.keys, keysToJson({ commons, ring }));
	const manifest: BackupManifest = {
		...{ format: BACKUP_FORMAT, ...about, rooms: saved },
		...(attached.length > 0 ? { blobs: attached } : {})
	};
	yield json(backupFiles.manifest, manifest);
}

/** A ZIP's clock knows the years 1980 to 2099 only. */
function zipTime(madeAt: string): Date {
	const time = new Date(madeAt);
	const year = time.getFullYear();
	return year > 1980 && year < 2099 ? time : new Date(2000, 0, 1);
}

async function* zipped(
	files: AsyncIterable<FileToPack>,
	mtime: Date,
	pace: Pace
): AsyncGenerator<Uint8Array> {
	const ready: Uint8Array[] = [];
	const take = () => ready.splice(0);
	const zip = new Zip((fault, chunk) => {
		if (fault) throw fault;
		ready.push(chunk);
	});
	for await (const { name, bytes, level } of files) {
		// Not the worker variant: the page's content policy lets no worker be made from a string.
		const file = new ZipDeflate(name, { level });
		file.mtime = mtime;
		zip.add(file);
		for (const piece of piecesOf(bytes)) {
			file.push(piece);
			yield* take();
			await pace(piece.length);
		}
		file.push(new Uint8Array(), true);
		yield* take();
	}
	zip.end();
	yield* take();
}

/** `recipients`: `age1…` of kits, or one recipient made from a passphrase. */
export async function writeBackup(
	input: BackupInput,
	recipients: readonly (string | Recipient)[],
	work: LongWork = {}
): Promise<Result<Blob, 'aborted'>> {
	const { Encrypter } = await import('age-encryption');
	const encrypter = new Encrypter();
	for (const recipient of recipients) encrypter.addRecipient(recipient);
	const pieces = zipped(filesOf(input, work), zipTime(input.madeAt), createPace(work));
	try {
		return ok(await new Response(await encrypter.encrypt(streamOf(pieces))).blob());
	} catch (fault) {
		if (work.signal?.aborted) return err('aborted');
		throw fault;
	}
}
