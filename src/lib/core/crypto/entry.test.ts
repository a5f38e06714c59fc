import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, newRoomId, type DeviceId, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { readEntry, type ReaderContext } from '../rooms/entryReader.ts';
import { openEntry, parseEntry, sealEntry, type EntryHeader, type EntryScope } from './entry.ts';
import { createRosterCrypto, createSigner, createSigningKey, type Signer } from './signer.ts';

const crypto = createRosterCrypto();
const workspace = bytesToBase64Url(cryptoRandom(32)) as WorkspaceId;
const scope: EntryScope = { workspace, room: newRoomId() };
const key = new Redacted(cryptoRandom(32));
const author = bytesToBase64Url(cryptoRandom(16)) as DeviceId;
const header: EntryHeader = { kind: 'updates', epoch: 1, rosterLength: 2, author };
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
	role: 'officer' | 'observer' = 'officer'
): ReaderContext => ({
	rosterLength: 2,
	keyOf: (epoch) => (epoch === 1 ? key : null),
	deviceOf: (id) =>
		id === author
			? {
					id,
					member: '' as never,
					role,
					signKey: signer.publicKey,
					ageRecipient: '',
					profile: '',
					since: 0,
					invitedBy: null
				}
			: null,
	crypto,
	...change
});

describe('sealed entries', () => {
	it('E1 E3 reads back what was sealed, and nothing of it stands in the bytes', async () => {
		const verdict = await readEntry(scope, sealed, context());
		expect(verdict).toEqual({ kind: 'readable', header, content });
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
		expect(await readEntry(scope, sealed, context({}, 'observer'))).toEqual({
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
		expect(await readEntry(scope, sealed, context({ keyOf: () => null }))).toEqual({
			kind: 'waiting',
			for: 'key'
		});
		expect(
			await readEntry(scope, sealed, context({ deviceOf: () => null, rosterLength: 1 }))
		).toEqual({ kind: 'waiting', for: 'roster' });
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
