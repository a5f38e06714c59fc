import { describe, expect, it } from 'vitest';
import { findStockAge } from '../../../../tests/support/stockAge.ts';
import { cryptoRandom } from '$lib/base/ids.ts';
import { blobIdOf, openBlob, sealBlob } from './sealBlob.ts';

const words = '对岗位调整有顾虑';

describe('a sealed file', () => {
	it('A1 opens with its own key and no other', async () => {
		for (const size of [0, 1, 65_536, 300_001]) {
			const plain = cryptoRandom(Math.min(size, 65_536));
			const file = new Blob(Array.from({ length: Math.ceil(size / 65_536) || 1 }, () => plain));
			const [one, other] = [await sealBlob(file), await sealBlob(file)];
			expect(await openBlob(one.key, one.bytes)).toEqual(new Uint8Array(await file.arrayBuffer()));
			expect(await openBlob(other.key, one.bytes)).toBeNull();
			// The same file twice is two blobs: nobody sees that two people have the same.
			expect(one.id).not.toBe(other.id);
		}
	});

	it('A2 is named by the hash of its bytes, and says nothing of what is in it', async () => {
		const sealed = await sealBlob(new Blob([words]));
		expect(sealed.id).toBe(await blobIdOf(sealed.bytes));
		expect(Buffer.from(sealed.bytes).includes(words)).toBe(false);
		expect(`${String(sealed.key)} ${JSON.stringify(sealed)}`).not.toContain('AGE-SECRET-KEY');
	});

	it('A11 does not open when a bit of it was turned, or the end is missing', async () => {
		const { key, bytes } = await sealBlob(new Blob([cryptoRandom(3_000)]));
		for (let at = 0; at < bytes.length; at += 97)
			expect(await openBlob(key, bytes.with(at, bytes[at]! ^ 1))).toBeNull();
		expect(await openBlob(key, bytes.slice(0, -1))).toBeNull();
	});
});

const age = findStockAge();
it.skipIf(!age)('A1 is opened by the stock age program', async () => {
	const { key, bytes } = await sealBlob(new Blob([words]));
	expect(Buffer.from(age!.decrypt(key.reveal(), bytes)).toString()).toBe(words);
});
