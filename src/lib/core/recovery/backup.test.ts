import fc from 'fast-check';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { findStockAge } from '../../../../tests/support/stockAge.ts';
import { bytesToUtf8, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, newRoomId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { sealBlob } from '../blobs/sealBlob.ts';
import { unwrap, wrapFor } from '../crypto/age.ts';
import { createScryptIdentity, createScryptRecipient } from '../keys/scryptStanza.ts';
import { createSavedBranch, words, type SavedBranch } from './fixtures/savedBranch.ts';
import { createKit } from './kit.ts';
import { readBackup } from './readBackup.ts';
import { writeBackup, type BackupInput, type RoomToSave } from './writeBackup.ts';

let branch: SavedBranch;
let file: Blob;
let bytes: Uint8Array<ArrayBuffer>;

async function written(input: BackupInput, to = [branch.kit.recipient]): Promise<Blob> {
	const result = await writeBackup(input, to);
	if (!result.ok) throw new Error('nobody called it off');
	return result.value;
}

const opened = async (blob: Blob) => {
	const read = await readBackup(branch.kit.identity, blob);
	if (!read.ok) throw new Error(read.error);
	return read.value;
};

const problemOf = async (blob: Blob) => {
	const read = await readBackup(branch.kit.identity, blob);
	return read.ok ? null : read.error;
};

const contents = async () => unzipSync((await unwrap(branch.kit.identity, bytes))!);
const asBackup = async (files: Zippable) =>
	new Blob([await wrapFor([branch.kit.recipient], zipSync(files, { level: 0 }))]);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const json = (value: unknown) => utf8ToBytes(JSON.stringify(value));

beforeAll(async () => {
	branch = await createSavedBranch();
	file = await written(branch.input);
	bytes = new Uint8Array(await file.arrayBuffer());
});

describe('a backup', () => {
	it('B6 gives back rooms, keys and records as they went in', async () => {
		const { rooms, roomCount: _, ...rest } = branch.input;
		const { logs, rooms: listed, commons, ring, blobs, ...read } = await opened(file);
		expect(blobs.size).toBe(0);
		expect([...logs]).toEqual(rooms.map(({ room, log }) => [room, log]));
		expect(listed).toEqual(rooms.map(({ log: _log, readable: _readable, ...one }) => one));
		expect([...commons].map(([epoch, key]) => [epoch, key.reveal()])).toEqual(
			[...rest.commons].map(([epoch, key]) => [epoch, key.reveal()])
		);
		expect(ring.map(({ keys }) => keys.map(([epoch, key]) => [epoch, key.reveal()]))).toEqual(
			rest.ring.map(({ keys }) => keys.map(([epoch, key]) => [epoch, key.reveal()]))
		);
		expect(ring[0]?.about).toEqual(rest.ring[0]?.about);
		const { commons: _commons, ring: _ring, ...plain } = rest;
		expect(read).toEqual({ format: 1, ...plain });
	});

	it('B6 gives back any logs and titles', async () => {
		const room = fc.record({
			title: fc.string({ unit: 'binary', maxLength: 100 }),
			log: fc.uint8Array({ maxLength: 3_000 }),
			readable: fc.oneof(fc.constant(null), fc.jsonValue())
		});
		await fc.assert(
			fc.asyncProperty(fc.array(room, { maxLength: 12 }), async (some) => {
				const rooms: RoomToSave[] = some.map((one) => ({
					...one,
					title: one.title.toWellFormed(),
					room: newRoomId(),
					kind: 'plan',
					circle: 'restricted',
					historyOf: null
				}));
				const input = { ...branch.input, rooms, roomCount: rooms.length };
				const read = await opened(await written(input));
				expect([...read.logs]).toEqual(rooms.map(({ room: id, log }) => [id, new Uint8Array(log)]));
				expect(read.rooms.map(({ title }) => title)).toEqual(rooms.map(({ title }) => title));
			}),
			{ numRuns: 20 }
		);
	});

	it('B6 opens to several kits, and rooms may be handed over one by one', async () => {
		const other = await createKit();
		async function* oneByOne() {
			yield* branch.input.rooms;
		}
		const blob = await written({ ...branch.input, rooms: oneByOne() }, [
			branch.kit.recipient,
			other.recipient
		]);
		for (const { identity } of [branch.kit, other])
			expect((await readBackup(identity, blob)).ok).toBe(true);
	});

	it('B6 opens with the passphrase it was made with, and with no other', async () => {
		const passphrase = new Redacted('春风化雨 十二字 口令');
		const made = await writeBackup(branch.input, [createScryptRecipient(passphrase, 10)]);
		if (!made.ok) throw new Error('nobody called it off');
		const read = await readBackup(createScryptIdentity(passphrase), made.value);
		expect(read.ok && read.value.logs.size).toBe(4);
		const wrong = createScryptIdentity(new Redacted('春风化雨'));
		expect(await readBackup(wrong, made.value)).toEqual({ ok: false, error: 'wrong-key' });
		expect(await problemOf(made.value)).toBe('wrong-key');
	});

	it('B16 B6 carries sealed attachments, which the key in their document opens', async () => {
		const sealed = await sealBlob(new Blob([words]));
		async function* blobs() {
			yield sealed;
		}
		const blob = await written({ ...branch.input, blobs: blobs(), blobCount: 1 });
		expect([...(await opened(blob)).blobs]).toEqual([[sealed.id, sealed.bytes]]);
		const files = unzipSync((await unwrap(branch.kit.identity, await bytesOf(blob)))!);
		const file = files[`blobs/${sealed.id}.age`]!;
		expect(bytesToUtf8((await unwrap(sealed.key, file))!)).toBe(words);
		const manifest = JSON.parse(bytesToUtf8(files['manifest.json']!)) as object;
		const { [`blobs/${sealed.id}.age`]: _, ...lacking } = files;
		expect(await problemOf(await asBackup(lacking))).toBe('damaged');
		for (const odd of [[sealed.id, sealed.id], ['../../evil'], 7]) {
			const changed = json({ ...manifest, blobs: odd });
			expect(await problemOf(await asBackup({ ...files, 'manifest.json': changed }))).toBe(
				'damaged'
			);
		}
	});

	it('B7 shows nothing to whoever lacks the kit', async () => {
		const text = Buffer.from(bytes);
		for (const secret of [words, '第一党支部', 'manifest.json', branch.input.workspace])
			expect(text.includes(secret)).toBe(false);
		const stranger = await createKit();
		expect(await readBackup(stranger.identity, file)).toEqual({ ok: false, error: 'wrong-key' });
	});

	it('B8 carries each document for people to read, under a name every system takes', async () => {
		const names = Object.keys(await contents()).filter((name) => name.startsWith('documents/'));
		expect(names).toEqual([
			'documents/0001-第一党支部.json',
			'documents/0002-一季度计划 上 下.json',
			'documents/0003-谈心谈话.json'
		]);
		const plan = (await contents())[names[1]!]!;
		expect(JSON.parse(bytesToUtf8(plan))).toEqual({ note: words, plan: { title: '一季度计划' } });
	});

	it('B9 is called off in the middle, both ways, and says how far it is', async () => {
		const shares: number[] = [];
		const work = new AbortController();
		const stopAtSecond = (share: number) => {
			shares.push(share);
			if (shares.length === 2) work.abort();
		};
		const { signal } = work;
		const made = await writeBackup(branch.input, [branch.kit.recipient], {
			signal,
			progress: stopAtSecond
		});
		expect(made).toEqual({ ok: false, error: 'aborted' });
		expect(shares).toEqual([0.25, 0.5]);
		expect(await readBackup(branch.kit.identity, file, { signal })).toEqual({
			ok: false,
			error: 'aborted'
		});
		const read: number[] = [];
		await readBackup(branch.kit.identity, file, { progress: (share) => read.push(share) });
		expect(read.at(-1)).toBe(1);
	});

	it('B9 lets the page breathe while it works on much', async () => {
		const log = cryptoRandom(60_000);
		const rooms = Array.from({ length: 100 }, () => ({
			...branch.input.rooms[1]!,
			room: newRoomId(),
			log
		}));
		let turns = 0;
		const timer = setInterval(() => (turns += 1), 1);
		const blob = await written({ ...branch.input, rooms, roomCount: rooms.length });
		const afterWriting = turns;
		expect((await opened(blob)).logs.size).toBe(100);
		clearInterval(timer);
		expect(afterWriting).toBeGreaterThan(10);
		expect(turns - afterWriting).toBeGreaterThan(10);
	});
});

describe('a file that is none, or no longer one', () => {
	it('B10 notices every flipped bit', async () => {
		const headBytes = Buffer.from(bytes).indexOf('\n---') + 50;
		const places = [
			...Array.from({ length: headBytes }, (_, i) => i),
			...Array.from({ length: 150 }, (_, i) => Math.floor((i * bytes.length) / 150))
		];
		for (const at of places)
			expect(await problemOf(new Blob([bytes.with(at, bytes[at]! ^ 4)]))).not.toBeNull();
		const last = bytes.length - 1;
		expect(await problemOf(new Blob([bytes.with(last, bytes[last]! ^ 1)]))).toBe('damaged');
	});

	it('B10 notices that the end is missing, or that there is more', async () => {
		for (const length of [0, 1, 10])
			expect(await problemOf(new Blob([bytes.slice(0, length)]))).toBe('not-a-backup');
		for (const length of [21, 22, 100, 200, 250, bytes.length - 100, bytes.length - 1])
			expect(await problemOf(new Blob([bytes.slice(0, length)]))).toBe('damaged');
		expect(await problemOf(new Blob([bytes, new Uint8Array(1)]))).toBe('damaged');
	});

	it('B10 takes no other file for a backup', async () => {
		const wrap = async (plain: Uint8Array) =>
			new Blob([await wrapFor([branch.kit.recipient], plain)]);
		expect(await problemOf(new Blob(['一份 Word 文件']))).toBe('not-a-backup');
		expect(await problemOf(await wrap(utf8ToBytes('a letter')))).toBe('not-a-backup');
		expect(await problemOf(await wrap(new Uint8Array()))).toBe('not-a-backup');
		expect(await problemOf(await asBackup({ 'holiday.txt': json(1) }))).toBe('not-a-backup');
	});

	it('B11 says of a later format that it is one', async () => {
		const files = await contents();
		const manifest = JSON.parse(bytesToUtf8(files['manifest.json']!)) as object;
		const later = json({ ...manifest, format: 2, rooms: 'in another shape' });
		expect(await problemOf(await asBackup({ ...files, 'manifest.json': later }))).toBe(
			'newer-format'
		);
		const laterAge = utf8ToBytes('age-encryption.org/v2\n');
		expect(await problemOf(new Blob([laterAge, bytes.slice(22)]))).toBe('newer-format');
	});

	it('B11 ignores files it does not know', async () => {
		const more = { ...(await contents()), 'later/thing.bin': json(1), '../../evil': json(1) };
		expect((await opened(await asBackup(more))).logs.size).toBe(4);
	});

	it('B12 refuses parts that are missing, twice or in another shape', async () => {
		const files = await contents();
		const manifest = JSON.parse(bytesToUtf8(files['manifest.json']!)) as { rooms: object[] };
		const without = (name: string) =>
			Object.fromEntries(Object.entries(files).filter(([other]) => other !== name));
		const log = `logs/${branch.plan}.bin`;
		const changed: Zippable[] = [
			without('roster.json'),
			without('keys.json'),
			without(log),
			{ ...files, 'manifest.json': json({ ...manifest, workspace: '../..' }) },
			{ ...files, 'manifest.json': json({ ...manifest, rooms: [{ room: '../../evil' }] }) },
			{
				...files,
				'manifest.json': json({ ...manifest, rooms: [...manifest.rooms, manifest.rooms[0]!] })
			},
			{ ...files, 'manifest.json': utf8ToBytes('{') },
			{ ...files, 'roster.json': json({ records: [] }) },
			{ ...files, 'roster.json': json({ records: [{ body: 1 }] }) },
			{ ...files, 'keys.json': json({ commons: [[1, 'short']], ring: [] }) },
			{ ...files, 'keys.json': json({ commons: [[-1, 'A'.repeat(43)]], ring: [] }) }
		];
		for (const one of changed) expect(await problemOf(await asBackup(one))).toBe('damaged');
	});

	it('B12 unpacks nothing that grows, and takes no name twice', async () => {
		const files = await contents();
		const bomb: Zippable = {
			...files,
			[`logs/${branch.plan}.bin`]: [new Uint8Array(5_000_000), { level: 9 }]
		};
		expect(await problemOf(await asBackup(bomb))).toBe('damaged');
		const big: Zippable = {
			...files,
			'manifest.json': [new Uint8Array(65 * 1024 * 1024).fill(32), { level: 1 }]
		};
		expect(await problemOf(await asBackup(big))).toBe('damaged');
		const zip = zipSync({ ...files, 'roster.jsoX': json({ records: [] }) }, { level: 0 });
		const twice = Buffer.from(
			Buffer.from(zip).toString('latin1').replaceAll('.jsoX', '.json'),
			'latin1'
		);
		const blob = new Blob([await wrapFor([branch.kit.recipient], twice)]);
		expect(await problemOf(blob)).toBe('damaged');
	});

	it('B12 survives any ZIP somebody makes for a known recipient', async () => {
		const zip = zipSync(await contents(), { level: 0 });
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
				fc.boolean(),
				async (changes, nearEnd) => {
					const mutated = new Uint8Array(zip);
					for (const [at, byte] of changes)
						mutated[nearEnd ? zip.length - 1 - (at % 400) : at] = byte;
					const blob = new Blob([await wrapFor([branch.kit.recipient], mutated)]);
					const read = await readBackup(branch.kit.identity, blob);
					if (!read.ok) expect(['damaged', 'not-a-backup', 'newer-format']).toContain(read.error);
					else expect(read.value.logs.size).toBe(read.value.rooms.length);
				}
			),
			{ numRuns: 120 }
		);
	});
});

const age = findStockAge();

describe.skipIf(!age)('the stock age program', () => {
	it('B13 opens our backup with the line on the paper', async () => {
		const zip = age!.decrypt(branch.kit.identity.reveal(), bytes);
		const files = unzipSync(zip);
		expect(bytesToUtf8(files['documents/0003-谈心谈话.json']!)).toContain(words);
		expect(Object.keys(files)).toContain('manifest.json');
	});

	it('B13 makes a file for our kit that we open', async () => {
		// Unpacked, looked at, packed again with ordinary tools.
		const zip = zipSync(await contents(), { level: 9 });
		const blob = new Blob([new Uint8Array(age!.encrypt(branch.kit.recipient, zip))]);
		expect((await opened(blob)).logs).toEqual((await opened(file)).logs);
	});
});
