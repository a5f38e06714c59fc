import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, newRoomId, type DeviceId, type WorkspaceId } from '$lib/base/ids.ts';
import { limits } from '$lib/protocol/limits.ts';
import { Redacted } from '$lib/base/redacted.ts';
import type { RosterDevice } from '$lib/protocol/roster/roster.ts';
import { readEntry, type ReaderContext } from '../rooms/entryReader.ts';
import {
	isErasure,
	isKeysEntry,
	openEntry,
	parseEntry,
	sealEntry,
	sealErasure,
	sealKeys,
	type EntryScope
} from './entry.ts';
import { createRosterCrypto, createSigner, createSigningKey, type Signer } from './signer.ts';

const crypto = createRosterCrypto();
const workspace = bytesToBase64Url(cryptoRandom(32)) as WorkspaceId;
const scope: EntryScope = { workspace, room: newRoomId() };
const key = new Redacted(cryptoRandom(32));
const author = bytesToBase64Url(cryptoRandom(16)) as DeviceId;
const header = { kind: 'updates', epoch: 1, rosterLength: 2, author } as const;
const words = '对岗位调整有顾虑';
const content = { at: 1_678_842_000_000, updates: [utf8ToBytes(words)] };

let signer: Signer;
let sealed: Uint8Array;

beforeAll(async () => {
	signer = await createSigner(await createSigningKey());
	sealed = await sealEntry(scope, header, content, key, signer);
});

const context = (
	change: Partial<ReaderContext> = {},
	writes: RosterDevice['writes'] = [{ from: 1, to: null }]
): ReaderContext => ({
	rosterLength: 2,
	keysOf: (epoch) => (epoch === 1 ? [key] : []),
	minEpochAt: () => 1,
	maxEpoch: () => 2,
	standingOf: () => 'in',
	deviceOf: (id) =>
		id === author
			? {
					id,
					member: '' as never,
					role: 'officer',
					signKey: signer.publicKey,
					ageRecipient: '',
					profile: '',
					commons: null,
					since: 0,
					at: 0,
					invitedBy: null,
					pending: false,
					retired: null,
					writes
				}
			: null,
	crypto,
	...change
});

describe('sealed entries', () => {
	it('E1 E13 an erasure stands in the clear under its author, and is no word of the document', async () => {
		const body = utf8ToBytes('{"v":1,"creator":"c","nonce":"n"}');
		const bytes = await sealErasure(scope, { rosterLength: 2, author }, body, signer);
		expect([isErasure(bytes), isKeysEntry(bytes)]).toEqual([true, false]);
		const parsed = parseEntry(bytes);
		if (!parsed.ok) throw new Error(parsed.error);
		expect(parsed.value.header).toEqual({ kind: 'erasure', epoch: 0, rosterLength: 2, author });
		expect(parsed.value.ciphertext).toEqual(body);
		expect(await readEntry(scope, bytes, context())).toEqual({ kind: 'keys' });
		// A kind that a version does not know.
		expect(parseEntry(bytes.with(2, 5))).toEqual({ ok: false, error: 'unknown-format' });
	});

	it('E1 E3 reads back what was sealed, and nothing of it stands in the bytes', async () => {
		const verdict = await readEntry(scope, sealed, context());
		expect(verdict).toEqual({ kind: 'readable', header, content, ended: null });
		expect(Buffer.from(sealed).includes(Buffer.from(words))).toBe(false);
	});

	it('E3 packs what is long and reads it back', async () => {
		const long = { at: 1, updates: [utf8ToBytes(words.repeat(5_000))] };
		const bytes = await sealEntry(scope, { ...header, kind: 'checkpoint' }, long, key, signer);
		expect(bytes.length).toBeLessThan(long.updates[0]!.length / 10);
		const parsed = parseEntry(bytes);
		expect(parsed.ok && (await openEntry(scope, parsed.value, key))).toEqual({
			ok: true,
			value: long
		});
	});

	it('E4 hides how much was typed', async () => {
		const lengths = await Promise.all(
			[1, 5, 12].map(
				async (n) =>
					(await sealEntry(scope, header, { at: 1, updates: [new Uint8Array(n)] }, key, signer))
						.length
			)
		);
		expect(new Set(lengths).size).toBe(1);
	});

	it('E2 refuses an entry moved to another room or workspace', async () => {
		const elsewhere = { ...scope, room: newRoomId() };
		expect(await readEntry(elsewhere, sealed, context())).toEqual({
			kind: 'refused',
			reason: 'bad-signature'
		});
		const otherBranch = { ...scope, workspace: bytesToBase64Url(cryptoRandom(32)) as WorkspaceId };
		expect(await readEntry(otherBranch, sealed, context())).toEqual({
			kind: 'refused',
			reason: 'bad-signature'
		});
	});

	it('E2 refuses another header under a good signature of the same author', async () => {
		const parsed = parseEntry(sealed);
		if (!parsed.ok) throw new Error('own entry does not parse');
		const other = { ...parsed.value, headerBytes: parsed.value.headerBytes.with(3, 2) };
		expect(await openEntry(scope, other, key)).toEqual({ ok: false, error: 'bad-ciphertext' });
	});

	it('E5 refuses a stranger, an observer, a forged signature and a wrong key, each by name', async () => {
		expect(await readEntry(scope, sealed, context({ deviceOf: () => null }))).toEqual({
			kind: 'refused',
			reason: 'unknown-author'
		});
		expect(await readEntry(scope, sealed, context({}, []))).toEqual({
			kind: 'refused',
			reason: 'not-a-writer'
		});
		const forged = await sealEntry(
			scope,
			header,
			content,
			key,
			await createSigner(await createSigningKey())
		);
		expect(await readEntry(scope, forged, context())).toEqual({
			kind: 'refused',
			reason: 'bad-signature'
		});
		const foreignKey = await sealEntry(
			scope,
			header,
			content,
			new Redacted(cryptoRandom(32)),
			signer
		);
		expect(await readEntry(scope, foreignKey, context())).toEqual({
			kind: 'refused',
			reason: 'bad-ciphertext'
		});
	});

	it('E6 waits for a key and for the roster instead of refusing', async () => {
		expect(await readEntry(scope, sealed, context({ keysOf: () => [] }))).toEqual({
			kind: 'waiting',
			for: 'key'
		});
		expect(
			await readEntry(scope, sealed, context({ deviceOf: () => null, rosterLength: 1 }))
		).toEqual({ kind: 'waiting', for: 'roster' });
	});

	it('E6 waits for the roster before it judges somebody it knows', async () => {
		expect(await readEntry(scope, sealed, context({ rosterLength: 1 }))).toEqual({
			kind: 'waiting',
			for: 'roster'
		});
	});

	it('E8 carries keys as they are, under the signature of their author and for one room', async () => {
		const file = utf8ToBytes('age-encryption.org/v1');
		const { kind: _, ...rest } = header;
		const bytes = await sealKeys(scope, rest, file, signer);
		const parsed = parseEntry(bytes);
		expect(parsed).toMatchObject({ ok: true, value: { header: { ...rest, kind: 'keys' } } });
		expect(parsed.ok && new Uint8Array(parsed.value.ciphertext)).toEqual(file);
		expect(await readEntry(scope, bytes, context())).toEqual({ kind: 'keys' });
	});

	it('E9 refuses what is written after the author was retired, and says where the right ended', async () => {
		const until = (to: number) => [{ from: 1, to }];
		expect(await readEntry(scope, sealed, context({}, until(1)))).toEqual({
			kind: 'refused',
			reason: 'retired-author'
		});
		expect(await readEntry(scope, sealed, context({}, until(2)))).toMatchObject({
			kind: 'readable',
			ended: { by: 'roster', rosterLength: 2 }
		});
		const later = context({ rosterLength: 9 }, [
			{ from: 1, to: 1 },
			{ from: 2, to: null }
		]);
		expect(await readEntry(scope, sealed, later)).toMatchObject({ kind: 'readable', ended: null });
	});

	it('E10 refuses an epoch that its author knew to be over', async () => {
		const minEpochAt = (rosterLength: number) => (rosterLength >= 2 ? 2 : 1);
		expect(await readEntry(scope, sealed, context({ minEpochAt }))).toEqual({
			kind: 'refused',
			reason: 'stale-epoch'
		});
		const before = await sealEntry(scope, { ...header, rosterLength: 1 }, content, key, signer);
		expect(await readEntry(scope, before, context({ minEpochAt }))).toMatchObject({
			kind: 'readable'
		});
	});

	it('E12 lets nothing wait that will never be readable', async () => {
		const seal = (change: { readonly rosterLength?: number; readonly epoch?: number }) =>
			sealEntry(scope, { ...header, ...change }, content, key, signer);
		const ahead = await seal({ rosterLength: 3 });
		const asked: unknown[] = [];
		const onAhead = (...about: unknown[]) => asked.push(about);
		expect(await readEntry(scope, ahead, context({ onAhead }))).toMatchObject({ kind: 'waiting' });
		expect(asked).toEqual([[3, author]]);
		const known = context().deviceOf(author)!;
		const gone = { ...known, retired: 1, writes: [{ from: 1, to: 1 }] };
		const verdict = await readEntry(scope, ahead, context({ onAhead, deviceOf: () => gone }));
		expect(verdict).toEqual({ kind: 'refused', reason: 'retired-author' });
		const endless = await seal({ rosterLength: limits.maxRosterRecords + 1 });
		expect(await readEntry(scope, endless, context({ onAhead }))).toEqual({
			kind: 'refused',
			reason: 'malformed'
		});
		expect(asked).toHaveLength(1);
		const unheard = await seal({ epoch: 1_000_000_000 });
		expect(await readEntry(scope, unheard, context())).toEqual({
			kind: 'refused',
			reason: 'unknown-epoch'
		});
		const circle = context({ maxEpoch: () => Infinity });
		expect(await readEntry(scope, unheard, circle)).toMatchObject({ kind: 'waiting' });
	});

	it('E11 refuses who is not in the circle, and tries every key of an epoch', async () => {
		expect(await readEntry(scope, sealed, context({ standingOf: () => 'out' }))).toEqual({
			kind: 'refused',
			reason: 'not-in-circle'
		});
		const rival = new Redacted(cryptoRandom(32));
		const both = context({ keysOf: () => [rival, key], standingOf: () => 'former' });
		expect(await readEntry(scope, sealed, both)).toMatchObject({
			kind: 'readable',
			ended: { by: 'circle', epoch: 1 }
		});
	});

	it('E7 refuses a content that unfolds without end', async () => {
		const bomb = { at: 1, updates: [new Uint8Array(130 * 1024 * 1024)] };
		const bytes = await sealEntry(scope, header, bomb, key, signer);
		expect(bytes.length).toBeLessThan(1024 * 1024);
		expect(await readEntry(scope, bytes, context())).toEqual({
			kind: 'refused',
			reason: 'bad-content'
		});
	});

	it('E5 refuses every single flipped bit and every cut', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (at, bit) => {
				const flipped = sealed.with(at, sealed[at]! ^ (1 << bit));
				expect((await readEntry(scope, flipped, context())).kind).not.toBe('readable');
				expect((await readEntry(scope, sealed.subarray(0, at), context())).kind).toBe('refused');
			}),
			{ numRuns: 300 }
		);
	});

	it('E5 never throws on bytes that are not an entry', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
				expect((await readEntry(scope, bytes, context())).kind).toBe('refused');
			})
		);
	});
});
