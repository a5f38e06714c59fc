/**
 * Writes a backup of every room this device can read, sealed for the person's own recovery kit, and
 * reads it again before it is called one.
 */
import * as Y from 'yjs';
import type { Clock } from '$lib/base/clock.ts';
import type { BlobId, RoomId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import type { Observable } from '$lib/base/observable.ts';
import { Redacted } from '$lib/base/redacted.ts';
import type { RosterCrypto } from '$lib/protocol/roster/roster.ts';
import { blobIdOf } from '../blobs/sealBlob.ts';
import type { Circles } from '../circles/circles.ts';
import type { SecretKey } from '../crypto/aead.ts';
import { recipientOf } from '../crypto/age.ts';
import type { OwnKeys } from '../keys/ownKeys.ts';
import {
	MAX_BACKUP_BLOB_BYTES,
	MAX_BACKUP_BLOBS,
	type BackupRingRow
} from '../recovery/backupFormat.ts';
import type { LongWork } from '../recovery/pace.ts';
import { readableDocument } from '../recovery/readableDocument.ts';
import { isSound, verifyBackup } from '../recovery/verifyBackup.ts';
import { writeBackup, type BlobToSave, type RoomToSave } from '../recovery/writeBackup.ts';
import type { DocumentKind } from '../rooms/documentKind.ts';
import type { Documents } from '../rooms/documents.ts';
import { historyRoomOf } from '../rooms/history.ts';
import type { OpenDocument } from '../rooms/openDocument.ts';
import type { RosterKeeper } from '../roster/rosterKeeper.ts';
import type { BlobRow, BlobStore } from '../store/blobStore.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import type { BackupFault, WorkspaceDocument, WrittenBackup } from '../workspaceSession.ts';

export interface BackupSources {
	readonly own: OwnKeys;
	readonly keeper: RosterKeeper;
	readonly logs: RoomLogs;
	readonly blobs: BlobStore;
	readonly all: Observable<readonly WorkspaceDocument[]>;
	readonly documents: Documents;
	readonly circles: Circles;
	readonly root: OpenDocument;
	readonly rootKind: DocumentKind;
	readonly kindOfRoom: (room: RoomId) => DocumentKind;
	readonly crypto: RosterCrypto;
	readonly clock: Clock;
	readonly branch: string;
	readonly appVersion: string;
}

interface RoomToRead extends Pick<WorkspaceDocument, 'room' | 'title' | 'circle'> {
	readonly kind: DocumentKind;
}

/** All that the ring has of a room: every epoch from the first to the one in use. */
function ringRowOf(circles: Circles, room: RoomId): BackupRingRow[] {
	const keys = circles.keysOf(room);
	if (!keys) return [];
	const epochs = Array.from({ length: keys.current().epoch }, (_, i) => i + 1);
	const all = epochs.flatMap((epoch) =>
		keys.keysOf(epoch).map((key): [number, SecretKey] => [epoch, key])
	);
	return [{ room, keys: all, about: null }];
}

async function* roomsToSave(
	{ documents, logs, crypto }: BackupSources,
	rooms: readonly RoomToRead[]
): AsyncGenerator<RoomToSave> {
	const stored = new Set(await logs.rooms());
	for (const { room, kind, title, circle } of rooms) {
		const document = await documents.open(room, kind);
		const bridge = documents.openRooms().find(({ scope }) => scope.room === room);
		const about = { kind: kind.kind, title, circle };
		if (bridge) {
			const log = Y.encodeStateAsUpdate(bridge.log);
			yield { ...about, room, historyOf: null, log, readable: readableDocument(document.doc) };
		}
		document.close();
		const history = await historyRoomOf(room, crypto);
		if (!stored.has(history)) continue;
		const opened = await logs.open(history);
		const log = Y.encodeStateAsUpdate(opened.log);
		opened.release();
		yield { ...about, room: history, historyOf: room, log, readable: null };
	}
}

/** What is nowhere else first, then the smallest: as much as a backup may hold. */
async function blobsThatFit(store: BlobStore): Promise<{ ids: BlobId[]; leftOut: number }> {
	const isOnlyHere = ({ sentTo }: BlobRow) => (sentTo === null ? 0 : 1);
	const rows = await store.list();
	const sorted = rows.toSorted((a, b) => isOnlyHere(a) - isOnlyHere(b) || a.size - b.size);
	let bytes = 0;
	const fitting = sorted.slice(0, MAX_BACKUP_BLOBS).filter(({ size }) => {
		if (bytes + size > MAX_BACKUP_BLOB_BYTES) return false;
		bytes += size;
		return true;
	});
	return { ids: fitting.map(({ id }) => id), leftOut: rows.length - fitting.length };
}

/** One that the disk has damaged is of no use to anybody. */
async function* blobsToSave(
	store: BlobStore,
	ids: readonly BlobId[],
	onLeftOut: () => void
): AsyncGenerator<BlobToSave> {
	for (const id of ids) {
		const bytes = await store.get(id);
		if (bytes && (await blobIdOf(bytes)) === id) yield { id, bytes };
		else onLeftOut();
	}
}

export async function createBackup(
	sources: BackupSources,
	{ progress, signal }: Required<LongWork>
): Promise<Result<WrittenBackup, BackupFault>> {
	const { own, keeper, circles, root, clock, branch, appVersion } = sources;
	const { workspace, member, commons } = own.keys.current();
	const kit = keeper.roster.current().kits.get(member);
	if (!kit) return err('no-kit');
	// What the card does not open yet is wrapped for it first, as far as this device may.
	await circles.reconcile();
	const documents = sources.all.current();
	const rooms: RoomToRead[] = [
		{ room: root.room, kind: sources.rootKind, title: branch, circle: 'commons' },
		...documents.map(({ room, title, circle }) => {
			return { room, kind: sources.kindOfRoom(room), title, circle };
		})
	];
	const blobs = await blobsThatFit(sources.blobs);
	let attachmentsLeftOut = blobs.leftOut;
	const madeAt = new Date(clock.now()).toISOString();
	const input = {
		...{ workspace, branch, madeAt, appVersion, commons },
		ring: documents.flatMap(({ room }) => ringRowOf(circles, room)),
		records: keeper.records(0),
		rooms: roomsToSave(sources, rooms),
		roomCount: rooms.length,
		blobs: blobsToSave(sources.blobs, blobs.ids, () => (attachmentsLeftOut += 1)),
		blobCount: blobs.ids.length
	};
	// The kit's secret is on paper: a key made for this once reads the file again, then is forgotten.
	const { generateX25519Identity } = await import('age-encryption');
	const once = new Redacted(await generateX25519Identity());
	const half = (from: number) => (share: number) => progress(from + share / 2);
	const recipients = [kit.recipient, await recipientOf(once)];
	const written = await writeBackup(input, recipients, { signal, progress: half(0) });
	if (!written.ok) return written;
	const report = await verifyBackup(once, written.value, { signal, progress: half(0.5) });
	if (!report.ok) return err(report.error === 'aborted' ? 'aborted' : 'failed');
	if (!isSound({ ...report.value, unreadable: 0 })) return err('failed');
	const name = `tongxin-${madeAt.slice(0, 10)}.age`;
	return ok({ file: written.value, name, report: report.value, attachmentsLeftOut });
}
