import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, type RoomId, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { sealBlob } from '../blobs/sealBlob.ts';
import { LOG_NAME } from '../rooms/room.ts';
import { createSavedBranch, type SavedBranch } from './fixtures/savedBranch.ts';
import { createKit, kitFromSecret } from './kit.ts';
import { isSound, verifyBackup } from './verifyBackup.ts';
import { writeBackup, type BackupInput } from './writeBackup.ts';

let branch: SavedBranch;

async function reportOf(change: Partial<BackupInput> = {}) {
	const made = await writeBackup({ ...branch.input, ...change }, [branch.kit.recipient]);
	if (!made.ok) throw new Error('nobody called it off');
	const report = await verifyBackup(branch.kit.identity, made.value);
	if (!report.ok) throw new Error(report.error);
	return report.value;
}

const withLog = (room: RoomId, change: (log: Y.Array<Uint8Array>) => void) => ({
	rooms: branch.input.rooms.map((one) => {
		if (one.room !== room) return one;
		const doc = new Y.Doc();
		Y.applyUpdate(doc, one.log);
		change(doc.getArray(LOG_NAME));
		return { ...one, log: Y.encodeStateAsUpdate(doc) };
	})
});

beforeAll(async () => {
	branch = await createSavedBranch();
});

describe('a backup that is looked through', () => {
	it('B14 opens every entry with the keys it carries, histories and circles too', async () => {
		const report = await reportOf();
		expect(report).toEqual({
			branch: '第一党支部',
			madeAt: '2023-03-15T01:00:00.000Z',
			documents: 3,
			entries: 5,
			unreadable: 0,
			incomplete: [],
			attachments: 0,
			damagedAttachments: 0,
			rosterHolds: true
		});
		expect(isSound(report)).toBe(true);
	});

	it('B14 B16 counts attachments that are what their ids say, and those that are not', async () => {
		const [good, bad] = [await sealBlob(new Blob(['a'])), await sealBlob(new Blob(['b']))];
		async function* blobs() {
			yield good;
			yield { ...bad, bytes: bad.bytes.with(9, 0) };
		}
		const report = await reportOf({ blobs: blobs(), blobCount: 2 });
		expect(report).toMatchObject({ attachments: 1, damagedAttachments: 1 });
		expect(isSound(report)).toBe(false);
	});

	it('B14 counts what a missing or wrong key leaves closed', async () => {
		const [[, first]] = [...branch.input.commons] as [[number, Redacted<Uint8Array<ArrayBuffer>>]];
		const lacking = await reportOf({ commons: new Map([[1, first]]) });
		expect(lacking).toMatchObject({ entries: 4, unreadable: 1 });
		expect(isSound(lacking)).toBe(false);
		expect(await reportOf({ ring: [] })).toMatchObject({ entries: 4, unreadable: 1 });
		// Two devices made a key for one epoch at once: either may be the one.
		const [row] = branch.input.ring;
		const wrong: [number, Redacted<Uint8Array<ArrayBuffer>>] = [1, new Redacted(cryptoRandom(32))];
		const both = [{ ...row!, keys: [wrong, ...row!.keys] }];
		expect(await reportOf({ ring: both })).toMatchObject({ entries: 5, unreadable: 0 });
	});

	it('B14 counts an entry that is none, was changed or comes from another room', async () => {
		const { plan, talk } = branch;
		const nonsense = withLog(plan, (log) => log.push([new Uint8Array(200)]));
		expect(await reportOf(nonsense)).toMatchObject({ entries: 5, unreadable: 1 });
		const changed = withLog(plan, (log) => {
			const entry = log.get(0);
			log.delete(0);
			log.push([entry.with(100, entry[100]! ^ 1)]);
		});
		expect(await reportOf(changed)).toMatchObject({ entries: 4, unreadable: 1 });
		let foreign: Uint8Array | null = null;
		withLog(talk, (log) => (foreign = log.get(0)));
		const moved = withLog(plan, (log) => log.push([foreign!]));
		expect(await reportOf(moved)).toMatchObject({ entries: 5, unreadable: 1 });
	});

	it('B14 names the rooms that are not whole', async () => {
		const broken = branch.input.rooms.map((one) =>
			one.room === branch.plan ? { ...one, log: one.log.slice(0, 20) } : one
		);
		const report = await reportOf({ rooms: broken });
		expect(report.incomplete).toEqual([branch.plan]);
		expect(isSound(report)).toBe(false);
		// An update that builds on one before it, which is not there.
		const doc = new Y.Doc();
		doc.getArray(LOG_NAME).push([new Uint8Array(1)]);
		const before = Y.encodeStateVector(doc);
		doc.getArray(LOG_NAME).push([new Uint8Array(2)]);
		const tail = Y.encodeStateAsUpdate(doc, before);
		const torn = branch.input.rooms.map((one) =>
			one.room === branch.plan ? { ...one, log: tail } : one
		);
		expect((await reportOf({ rooms: torn })).incomplete).toEqual([branch.plan]);
	});

	it('B14 notices records of another branch', async () => {
		const other = bytesToBase64Url(cryptoRandom(32)) as WorkspaceId;
		const report = await reportOf({ workspace: other });
		expect(report.rosterHolds).toBe(false);
		expect(isSound(report)).toBe(false);
	});

	it('B14 passes on why a file does not open, and is called off', async () => {
		const stranger = await createKit();
		const made = await writeBackup(branch.input, [branch.kit.recipient]);
		if (!made.ok) throw new Error('nobody called it off');
		expect(await verifyBackup(stranger.identity, made.value)).toEqual({
			ok: false,
			error: 'wrong-key'
		});
		const work = new AbortController();
		const shares: number[] = [];
		const progress = (share: number) => {
			shares.push(share);
			if (share > 0.5) work.abort();
		};
		const { signal } = work;
		expect(await verifyBackup(branch.kit.identity, made.value, { progress, signal })).toEqual({
			ok: false,
			error: 'aborted'
		});
		expect(shares).toEqual([0.5, 0.625]);
	});

	it('B15 opens the first format for ever', async () => {
		// Written by version 0.1.0 for the kit of the bytes 0 to 31.
		const golden = new Blob([readFileSync(new URL('./fixtures/backup-1.age', import.meta.url))]);
		const kit = await kitFromSecret(new Redacted(Uint8Array.from({ length: 32 }, (_, i) => i)));
		const report = await verifyBackup(kit.identity, golden);
		expect(report.ok && isSound(report.value)).toBe(true);
		expect(report.ok && report.value).toMatchObject({
			branch: '第一党支部',
			documents: 3,
			entries: 5
		});
	});
});
