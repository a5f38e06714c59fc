/**
 * What is in a backup: an age file around a ZIP of
 *
 *     manifest.json            format, workspace, branch, when, and which rooms
 *     roster.json              the chain of roster records
 *     keys.json                the commons keys by epoch, and the keys of circles
 *     logs/<room>.bin          a sealed log's Y.Doc as one v1 update
 *     blobs/<id>.age           a sealed attachment; its key stands in the document it hangs on
 *     documents/<n>-<title>.json   the same for people to read; never read back
 *
 * Here are the shapes and their parsers. Rules are numbered B… in SPEC.md.
 */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url } from '$lib/base/bytes.ts';
import {
	parseBlobId,
	parseRoomId,
	parseWorkspaceId,
	type BlobId,
	type RoomId,
	type WorkspaceId
} from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { limits } from '$lib/protocol/limits.ts';
import { parseRosterRecords, type RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import { circleNames } from '../circles/circle.ts';
import { KEY_BYTES, type SecretKey } from '../crypto/aead.ts';

export const BACKUP_FORMAT = 1;
export const backupFiles = {
	manifest: 'manifest.json',
	roster: 'roster.json',
	keys: 'keys.json',
	logOf: (room: RoomId) => `logs/${room}.bin`,
	blobOf: (id: BlobId) => `blobs/${id}.age`
} as const;

export const MAX_BACKUP_BYTES = limits.maxWorkspaceBytes;
export const MAX_JSON_BYTES = 64 * 1024 * 1024;
/** What a ZIP without 64-bit extensions can list. */
export const MAX_BACKUP_FILES = 0xffff;
/** Each with its log and its readable document, beside the three lists. */
export const MAX_BACKUP_ROOMS = (MAX_BACKUP_FILES - 3) / 2;
/** A backup is read again whole, in the memory of a phone if need be. */
export const MAX_BACKUP_BLOB_BYTES = 256 * 1024 * 1024;
/** Leaves the better part of the list to the rooms. */
export const MAX_BACKUP_BLOBS = 20_000;

const id = <T extends string>(parse: (text: string) => T | null) =>
	z.pipe(
		z.string().check(z.refine((text) => parse(text) !== null, 'expected an id')),
		z.transform((text) => text as T)
	);
const secretKey = z.pipe(
	z.string().check(z.refine((text) => base64UrlToBytes(text)?.length === KEY_BYTES)),
	z.transform((text): SecretKey => new Redacted(base64UrlToBytes(text)!))
);
const epochKeys = z.array(z.tuple([z.int().check(z.nonnegative()), secretKey]));

const room = z.object({
	room: id<RoomId>(parseRoomId),
	kind: z.string().check(z.maxLength(40)),
	title: z.string().check(z.maxLength(400)),
	circle: z.enum(['commons', ...circleNames]),
	/** The room whose earlier versions this one holds; it shares that one's keys. */
	historyOf: z.nullable(id<RoomId>(parseRoomId))
});
export type BackupRoom = z.infer<typeof room>;

const manifest = z.object({
	format: z.literal(BACKUP_FORMAT),
	workspace: id<WorkspaceId>(parseWorkspaceId),
	branch: z.string().check(z.maxLength(120)),
	/** ISO instant, by the clock of the device that made it. */
	madeAt: z.string().check(z.maxLength(40)),
	appVersion: z.string().check(z.maxLength(80)),
	rooms: z.array(room),
	/** Absent in backups made before there were attachments. */
	blobs: z.optional(z.array(id<BlobId>(parseBlobId)))
});
export type BackupManifest = z.infer<typeof manifest>;

const ringRow = z.object({
	room: id<RoomId>(parseRoomId),
	/** Two devices may have made a key for one epoch at once; both are kept. */
	keys: epochKeys,
	/** What the ring itself remembers of the circle; the ring parses it. */
	about: z.unknown()
});
export type BackupRingRow = z.infer<typeof ringRow>;

const keys = z.object({ commons: epochKeys, ring: z.array(ringRow) });

export interface BackupKeys {
	readonly commons: ReadonlyMap<number, SecretKey>;
	readonly ring: readonly BackupRingRow[];
}

export type BackupProblem =
	/** No age file, or one around something else. */
	| 'not-a-backup'
	/** Made for another kit or with another passphrase; or its first lines were changed. */
	| 'wrong-key'
	/** Made by a later version of the app. */
	| 'newer-format'
	| 'damaged'
	| 'aborted';

const newerFormat = z.object({ format: z.int().check(z.gt(BACKUP_FORMAT)) });

export function parseManifest(
	json: unknown
): BackupManifest | Extract<BackupProblem, 'newer-format' | 'damaged'> {
	if (newerFormat.safeParse(json).success) return 'newer-format';
	const parsed = manifest.safeParse(json);
	if (!parsed.success) return 'damaged';
	const { rooms, blobs = [] } = parsed.data;
	const isTwice = (ids: readonly string[]) => new Set(ids).size < ids.length;
	return isTwice(rooms.map((one) => one.room)) || isTwice(blobs) ? 'damaged' : parsed.data;
}

export function parseBackupRoster(json: unknown): RosterRecord[] | null {
	const parsed = z.object({ records: z.unknown() }).safeParse(json);
	const records = parsed.success ? parseRosterRecords(parsed.data.records) : null;
	return records && records.length > 0 && records.length <= limits.maxRosterRecords
		? records
		: null;
}

export function parseBackupKeys(json: unknown): BackupKeys | null {
	const parsed = keys.safeParse(json);
	return parsed.success ? { ...parsed.data, commons: new Map(parsed.data.commons) } : null;
}

/** The one place where a backup's keys are written out: inside the age file only. */
export const keysToJson = ({ commons, ring }: BackupKeys) => {
	const plain = (epochs: Iterable<readonly [number, SecretKey]>) =>
		[...epochs].map(([epoch, key]) => [epoch, bytesToBase64Url(key.reveal())]);
	return {
		commons: plain(commons),
		ring: ring.map((row) => ({ ...row, keys: plain(row.keys) }))
	};
};
