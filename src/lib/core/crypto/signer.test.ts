import { afterEach, describe, expect, it, vi } from 'vitest';
import { utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { createRosterCrypto, createSeedSigner, createSigner, createSigningKey } from './signer.ts';

afterEach(() => vi.restoreAllMocks());

const bytes = utf8ToBytes('第一议题');

describe('signing', () => {
	it('makes a key of 32 bytes that the vault can seal', async () => {
		const key = await createSigningKey();
		const signer = await createSigner(key);
		expect(key.kind === 'portable' && key.seed.reveal()).toHaveLength(32);
		const signature = await signer.sign(bytes);
		expect(await createRosterCrypto().verify(signer.publicKey, bytes, signature)).toBe(true);
	});

	it('is the same device in a browser without Ed25519', async () => {
		const seed = new Redacted(cryptoRandom(32));
		const native = await createSeedSigner(seed);
		const importKey = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error('none'));
		const portable = await createSeedSigner(seed);
		expect(importKey).toHaveBeenCalled();
		importKey.mockRestore();
		expect(portable.publicKey).toEqual(native.publicKey);
		expect(await portable.sign(bytes)).toEqual(await native.sign(bytes));
	});

	it('keeps the imported key where it cannot be read out', async () => {
		const importKey = vi.spyOn(crypto.subtle, 'importKey');
		const sign = vi.spyOn(crypto.subtle, 'sign');
		await (await createSeedSigner(new Redacted(cryptoRandom(32)))).sign(bytes);
		expect(importKey).toHaveBeenCalledTimes(2);
		expect(sign.mock.calls[0]?.[1].extractable).toBe(false);
	});
});
