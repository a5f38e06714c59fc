/**
 * Opens a backup. Whoever knows a kit's recipient can make a file for it, so everything in it is
 * untrusted: sizes are bounded before they are unpacked, JSON is parsed, and names in the ZIP only
 * find what the manifest lists. Whether records and entries hold is for their own readers to say.
 */
import { unzipSync, type UnzipFileInfo } from 'fflate';
import type { Identity } from 'age-encryption';
import { parseJson } from '$lib/base/json.ts';
import type { BlobId, RoomId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import type { RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import type { AgeIdentity } from '../crypto/age.ts';
import {
	backupFiles,
	MAX_BACKUP_BYTES,
	MAX_BACKUP_FILES,
	MAX_JSON_BYTES,
	parseBackupKeys,
	parseBackupRoster,
	parseManifest,
	type BackupKeys,
	type BackupManifest,
	type BackupProblem
} from './backupFormat.ts';
import { createPace, piecesOfFile, streamOf, type LongWork, type Pace } from './pace.ts';

/** A kit's identity, or what is made from a passphrase. */
export type BackupOpener = AgeIdentity | Identity;

export interface Backup extends Omit<BackupManifest, 'blobs'>, BackupKeys {
	readonly records: readonly RosterRecord[];
	/** One for each room of the manifest. */
	readonly logs: ReadonlyMap<RoomId, Uint8Array>;
	/** Sealed attachments, one for each the manifest lists; whether they are what their ids say is open. */
	readonly blobs: ReadonlyMap<BlobId, Uint8Array<ArrayBuffer>>;
}

const AGE = 'age-encryption.org/';
const AGE_V1 = `${AGE}v1\n`;

async function decryptStream(
	opener: BackupOpener,
	file: Blob
): Promise<Result<{ stream: ReadableStream<Uint8Array>; bytes: number }, BackupProblem>> {
	const { Decrypter } = await import('age-encryption');
	const decrypter = new Decrypter();
	decrypter.addIdentity(opener instanceof Redacted ? opener.reveal() : opener);
	// Asked only when the opener has answered that nothing in the file is for it.
	const nobody = { wasAsked: false };
	decrypter.addIdentity({
		unwrapFileKey() {
			nobody.wasAsked = true;
			return null;
		}
	});
	try {
		const stream = await decrypter.decrypt(streamOf(piecesOfFile(file)));
		return ok({ stream, bytes: stream.size(file.size) });
	} catch {
		return err(nobody.wasAsked ? 'wrong-key' : 'damaged');
	}
}

async function decrypt(
	opener: BackupOpener,
	file: Blob,
	pace: Pace,
	{ progress }: LongWork
): Promise<Result<Uint8Array, BackupProblem>> {
	const head = await file.slice(0, AGE_V1.length).text();
	if (!head.startsWith(AGE) || file.size > MAX_BACKUP_BYTES) return err('not-a-backup');
	if (head !== AGE_V1) return err(/v[1-9]\d*\s/.test(head) ? 'newer-format' : 'damaged');
	const opened = await decryptStream(opener, file);
	if (!opened.ok) return opened;
	const plain = new Uint8Array(opened.value.bytes);
	const reader = opened.value.stream.getReader();
	let at = 0;
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			plain.set(part.value, at);
			at += part.value.length;
			progress?.(at / plain.length);
			await pace(part.value.length);
		}
	} finally {
		void reader.cancel().catch(() => undefined);
	}
	return ok(plain);
}

type Files = ReadonlyMap<string, UnzipFileInfo>;

/** The count of entries is the file's own claim: it is bounded here. */
function listFiles(zip: Uint8Array): Result<Files, BackupProblem> {
	const files = new Map<string, UnzipFileInfo>();
	let isOdd = false;
	try {
		unzipSync(zip, {
			filter(info) {
				isOdd = files.has(info.name) || files.size === MAX_BACKUP_FILES;
				if (isOdd) throw new RangeError('a name twice, or too many');
				files.set(info.name, info);
				return false;
			}
		});
	} catch {
		return err(isOdd ? 'damaged' : 'not-a-backup');
	}
	return files.has(backupFiles.manifest) ? ok(files) : err('not-a-backup');
}

function unpack(zip: Uint8Array, names: ReadonlySet<string>): Map<string, Uint8Array<ArrayBuffer>> {
	return new Map(Object.entries(unzipSync(zip, { filter: ({ name }) => names.has(name) })));
}

const BATCH_BYTES = 4 * 1024 * 1024;

/** Some at a time: one call for each would read the whole list of files again each time. */
function* batchesOf(names: readonly string[], files: Files): Generator<ReadonlySet<string>> {
	let batch = new Set<string>();
	let bytes = 0;
	for (const name of names) {
		batch.add(name);
		bytes += files.get(name)?.originalSize ?? 0;
		if (bytes < BATCH_BYTES) continue;
		yield batch;
		batch = new Set();
		bytes = 0;
	}
	if (batch.size > 0) yield batch;
}

function readJsonPart(zip: Uint8Array, files: Files, name: string): unknown {
	const info = files.get(name);
	if (!info || info.originalSize > MAX_JSON_BYTES) return undefined;
	const bytes = unpack(zip, new Set([name])).get(name);
	return bytes && parseJson(bytes);
}

/** Logs and attachments are ciphertext and hardly shrink: one that grows much on unpacking was made to fill memory. */
const maxUnpackedBytes = (packedBytes: number) => 2 * packedBytes + 1024;

/** By the ids they are listed under; null when one is missing, or grows. */
async function readParts<Id>(
	zip: Uint8Array,
	files: Files,
	names: ReadonlyMap<string, Id>,
	pace: Pace
): Promise<Map<Id, Uint8Array<ArrayBuffer>> | null> {
	for (const name of names.keys()) {
		const info = files.get(name);
		if (!info || info.originalSize > maxUnpackedBytes(info.size)) return null;
	}
	const parts = new Map<Id, Uint8Array<ArrayBuffer>>();
	for (const batch of batchesOf([...names.keys()], files))
		for (const [name, bytes] of unpack(zip, batch)) {
			parts.set(names.get(name)!, bytes);
			await pace(bytes.length);
		}
	return parts;
}

const logNames = ({ rooms }: BackupManifest) =>
	new Map(rooms.map(({ room }) => [backupFiles.logOf(room), room]));
const blobNames = ({ blobs = [] }: BackupManifest) =>
	new Map(blobs.map((id) => [backupFiles.blobOf(id), id]));

async function readZip(zip: Uint8Array, pace: Pace): Promise<Result<Backup, BackupProblem>> {
	const listed = listFiles(zip);
	if (!listed.ok) return listed;
	const files = listed.value;
	const manifest = parseManifest(readJsonPart(zip, files, backupFiles.manifest));
	if (typeof manifest === 'string') return err(manifest);
	const records = parseBackupRoster(readJsonPart(zip, files, backupFiles.roster));
	const keys = parseBackupKeys(readJsonPart(zip, files, backupFiles.keys));
	const logs = await readParts(zip, files, logNames(manifest), pace);
	const blobs = logs && (await readParts(zip, files, blobNames(manifest), pace));
	return records && keys && logs && blobs
		? ok({ ...manifest, ...keys, records, logs, blobs })
		: err('damaged');
}

export async function readBackup(
	opener: BackupOpener,
	file: Blob,
	work: LongWork = {}
): Promise<Result<Backup, BackupProblem>> {
	const pace = createPace(work);
	try {
		const plain = await decrypt(opener, file, pace, work);
		return plain.ok ? await readZip(plain.value, pace) : plain;
	} catch {
		// A chunk that does not decrypt, a file that ends early, a ZIP that does not unpack.
		return err(work.signal?.aborted ? 'aborted' : 'damaged');
	}
}
