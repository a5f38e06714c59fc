import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { identityFromSeed, recipientOf, unwrap, wrapFor } from './age.ts';

const newIdentity = () => identityFromSeed(new Redacted(cryptoRandom(32)));
const plain = utf8ToBytes('三十二字节的密钥');

describe('keys wrapped in age files', () => {
	it('opens for every recipient and for nobody else', async () => {
		const [a, b, stranger] = [await newIdentity(), await newIdentity(), await newIdentity()];
		const file = await wrapFor([await recipientOf(a), await recipientOf(b)], plain);
		expect(await unwrap(a, file)).toEqual(plain);
		expect(await unwrap(b, file)).toEqual(plain);
		expect(await unwrap(stranger, file)).toBeNull();
	});

	it('is the same identity for the same seed, as the stock program has it', async () => {
		const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
		const identity = await identityFromSeed(new Redacted(seed));
		expect(identity.reveal()).toBe(
			'AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SWRYDWG'
		);
		// What `age-keygen -y` of age 1.1.1 answers to that line.
		expect(await recipientOf(identity)).toBe(
			'age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh'
		);
	});

	it('answers null to changed bytes and to what is no age file', async () => {
		const identity = await newIdentity();
		const file = await wrapFor([await recipientOf(identity)], plain);
		expect(await unwrap(identity, file.with(-1, file.at(-1)! ^ 1))).toBeNull();
		expect(await unwrap(identity, file.subarray(0, file.length - 1))).toBeNull();
		expect(await unwrap(identity, plain)).toBeNull();
		expect(await unwrap(identity, new Uint8Array())).toBeNull();
	});

	it('leaves out who has no proper recipient, so that nobody can keep a key from the others', async () => {
		const identity = await newIdentity();
		const { bech32 } = await import('@scure/base');
		const lowOrder = bech32.encodeFromBytes('age', new Uint8Array(32));
		const file = await wrapFor(['age1junk', lowOrder, '', await recipientOf(identity)], plain);
		expect(await unwrap(identity, file)).toEqual(plain);
		await expect(wrapFor(['age1junk'], plain)).rejects.toThrow('for nobody');
		await expect(wrapFor([], plain)).rejects.toThrow('for nobody');
	});
});
