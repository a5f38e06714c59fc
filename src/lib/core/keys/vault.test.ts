import 'fake-indexeddb/auto';
import { Decrypter } from 'age-encryption';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, newMemberId, type DeviceId, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { KEY_BYTES } from '../crypto/aead.ts';
import { createRosterCrypto, createSigner, createSigningKey } from '../crypto/signer.ts';
import { createLockCipher, faultOfSecret, type LockCipher, type LockSecret } from './appLock.ts';
import { newRingKey, type DeviceKeys } from './deviceKeys.ts';
import type { FormerKeyRow, KeyRow, LockedSeal } from './keyRow.ts';
import { createVault, type Vault } from './vault.ts';

const random = () => new Redacted(cryptoRandom(KEY_BYTES));
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Ciphers of tests are weak on purpose: what is tested is what surrounds them. */
const weak = createLockCipher(4);

let name = '';
let now = 0;
const clock = { now: () => now };
beforeEach(() => {
	name = `vault-${bytesToBase64Url(cryptoRandom(9))}`;
	now = 1_700_000_000_000;
});

/** Another tab, or the same one after a reload: it shares the storage and nothing else. */
const tab = (cipher: LockCipher = weak): Vault => createVault(name, { clock, cipher });

const pin = (text: string) => ({ method: 'pin', text: new Redacted(text) }) as const;
const PIN = '271828';

async function newKeys(more: Partial<DeviceKeys> = {}): Promise<DeviceKeys> {
	return {
		workspace: bytesToBase64Url(cryptoRandom(32)) as WorkspaceId,
		device: bytesToBase64Url(cryptoRandom(16)) as DeviceId,
		member: newMemberId(),
		signing: await createSigningKey(),
		ageIdentity: new Redacted(`AGE-SECRET-KEY-1${'Q'.repeat(58)}`),
		commons: new Map([
			[1, random()],
			[2, random()]
		]),
		ringKey: newRingKey(),
		kit: { state: 'unsaved', identity: new Redacted('AGE-SECRET-KEY-1KIT'), madeAtMs: 7 },
		...more
	};
}

/** As plain values, secrets and all, to compare. */
const revealed = (keys: DeviceKeys) => ({
	...keys,
	signing: keys.signing.kind === 'portable' ? keys.signing.seed.reveal() : keys.signing,
	ageIdentity: keys.ageIdentity.reveal(),
	commons: [...keys.commons].map(([epoch, key]) => [epoch, key.reveal()]),
	ringKey: keys.ringKey.reveal(),
	kit:
		keys.kit.state === 'unsaved' ? { ...keys.kit, identity: keys.kit.identity.reveal() } : keys.kit
});

async function saved(more: Partial<DeviceKeys> = {}): Promise<DeviceKeys> {
	const keys = await newKeys(more);
	await tab().save(keys, now);
	return keys;
}

async function locked(text = PIN): Promise<DeviceKeys> {
	const keys = await saved();
	const vault = tab();
	await vault.load(keys.workspace);
	expect((await vault.setLock(keys.workspace, pin(text), null)).ok).toBe(true);
	return keys;
}

async function loadOpen(vault: Vault, workspace: WorkspaceId): Promise<DeviceKeys> {
	const content = await vault.load(workspace);
	if (content.kind !== 'open') throw new Error(`the vault is ${content.kind}`);
	return content.keys;
}

async function inTable<T>(work: (table: ReturnType<Dexie['table']>) => PromiseLike<T>): Promise<T> {
	const database = await new Dexie(name).open();
	try {
		return await work(database.table('keys'));
	} finally {
		database.close();
	}
}
const readRow = (workspace: WorkspaceId) =>
	inTable((table) => table.get(workspace) as PromiseLike<KeyRow>);
const triesOf = async (workspace: WorkspaceId) =>
	((await readRow(workspace)).seal as LockedSeal).tries;

/** Every byte of a row that is stored as bytes or text. */
function bytesOf(value: unknown): Uint8Array[] {
	if (value instanceof Uint8Array) return [value];
	if (value instanceof ArrayBuffer) return [new Uint8Array(value)];
	if (typeof value === 'string') return [utf8ToBytes(value)];
	if (value && typeof value === 'object' && !(value instanceof CryptoKey))
		return Object.values(value).flatMap(bytesOf);
	return [];
}

const secretsOf = (keys: DeviceKeys): Uint8Array[] => [
	...[...keys.commons.values(), keys.ringKey].map((key) => key.reveal()),
	...(keys.signing.kind === 'portable' ? [keys.signing.seed.reveal()] : []),
	utf8ToBytes(keys.ageIdentity.reveal()),
	utf8ToBytes('AGE-SECRET-KEY-1KIT')
];

/** A row as the first version wrote it. */
async function writeFormerRow(signing: 'native' | 'portable') {
	const keys = await newKeys();
	const wrapping = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
		'encrypt',
		'decrypt'
	]);
	const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
	const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
	const { workspace, device, member, ageIdentity, commons } = keys;
	const secrets = {
		ageIdentity: ageIdentity.reveal(),
		commons: [...commons].map(([epoch, key]) => [epoch, bytesToBase64Url(key.reveal())]),
		seed:
			signing === 'portable' && keys.signing.kind === 'portable'
				? bytesToBase64Url(keys.signing.seed.reveal())
				: null
	};
	const iv = cryptoRandom(12);
	const row: FormerKeyRow = {
		workspace,
		device,
		member,
		openedAt: 5,
		wrapping,
		signing: signing === 'native' ? pair.privateKey : null,
		publicKey: signing === 'native' ? publicKey : null,
		iv,
		sealed: await crypto.subtle.encrypt(
			{ name: 'AES-GCM', iv },
			wrapping,
			utf8ToBytes(JSON.stringify(secrets))
		)
	};
	await tab().workspaces(); // makes the table
	await inTable((table) => table.put(row));
	return { keys, publicKey };
}

describe('rows', () => {
	it('V1 loads what was saved, in another tab too', async () => {
		const keys = await saved();
		expect(revealed(await loadOpen(tab(), keys.workspace))).toEqual(revealed(keys));
		const waiting = await saved({ commons: new Map(), kit: { state: 'declined', atMs: 3 } });
		expect(revealed(await loadOpen(tab(), waiting.workspace))).toEqual(revealed(waiting));
		expect(await tab().load('unknown' as WorkspaceId)).toEqual({ kind: 'none' });
	});

	it('V2 keeps no secret in a row as it is, with a lock or without', async () => {
		for (const keys of [await saved(), await locked()]) {
			const stored = bytesOf(await readRow(keys.workspace)).map((bytes) => Buffer.from(bytes));
			expect(stored.length).toBeGreaterThan(4);
			for (const secret of secretsOf(keys))
				for (const form of [
					secret,
					utf8ToBytes(bytesToBase64Url(secret)),
					Buffer.from(Buffer.from(secret).toString('base64'))
				])
					expect(stored.some((bytes) => bytes.includes(Buffer.from(form)))).toBe(false);
		}
	});

	it('V3 loads a row of the first version with the keys it had', async () => {
		const { keys: portable } = await writeFormerRow('portable');
		const loaded = await loadOpen(tab(), portable.workspace);
		expect({ ...revealed(loaded), ringKey: null, kit: null }).toEqual({
			...revealed(portable),
			ringKey: null,
			kit: null
		});
		expect(loaded.kit).toEqual({ state: 'none' });

		const { keys, publicKey } = await writeFormerRow('native');
		for (const vault of [tab(), tab()]) {
			const signer = await createSigner((await loadOpen(vault, keys.workspace)).signing);
			const bytes = utf8ToBytes('整改台账');
			const signature = await signer.sign(bytes);
			expect(await createRosterCrypto().verify(publicKey, bytes, signature)).toBe(true);
		}
	});

	it('V4 gives a former row one ring key, whichever tab comes first', async () => {
		const { keys } = await writeFormerRow('native');
		const both = await Promise.all([
			loadOpen(tab(), keys.workspace),
			loadOpen(tab(), keys.workspace)
		]);
		const later = await loadOpen(tab(), keys.workspace);
		for (const { ringKey } of both) expect(ringKey.reveal()).toEqual(later.ringKey.reveal());
		expect((await readRow(keys.workspace)).v).toBe(2);
		expect((await readRow(keys.workspace)).openedAt).toBe(5);
	});

	it('V5 does not open a box put into the row of another', async () => {
		const keys = await saved();
		const row = await readRow(keys.workspace);
		await inTable((table) => table.put({ ...row, member: newMemberId() }));
		await expect(tab().load(keys.workspace)).rejects.toThrow('does not open');
	});

	it('V6 keeps the lock when something is saved, and saves nothing while locked', async () => {
		const keys = await locked();
		const vault = tab();
		await expect(vault.save(keys, now)).rejects.toThrow('locked');
		await expect(vault.change(keys.workspace, (same) => same)).rejects.toThrow('locked');
		await vault.unlock(keys.workspace, pin(PIN));
		await vault.save({ ...keys, kit: { state: 'kept', atMs: 9 } }, now);
		await vault.change(keys.workspace, (same) => ({ ...same, commons: new Map() }));
		expect((await tab().load(keys.workspace)).kind).toBe('locked');
		const again = await tab().unlock(keys.workspace, pin(PIN));
		expect(again.ok && [again.value.kit, again.value.commons.size]).toEqual([
			{ state: 'kept', atMs: 9 },
			0
		]);
	});

	it('V7 loses neither of two changes made at once', async () => {
		const keys = await saved();
		const tabs = [tab(), tab()];
		await Promise.all(
			tabs.map((vault, index) =>
				vault.change(keys.workspace, (present) => ({
					...present,
					commons: new Map([...present.commons, [index + 3, random()]])
				}))
			)
		);
		const { commons } = await loadOpen(tab(), keys.workspace);
		expect([...commons.keys()].toSorted()).toEqual([1, 2, 3, 4]);
	});

	it('V8 leaves the former or the new row when the tab is killed in the middle', async () => {
		const keys = await saved();
		const killed: LockCipher = { ...weak, wrap: () => new Promise(() => undefined) };
		void tab(killed).setLock(keys.workspace, pin(PIN), null);
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(revealed(await loadOpen(tab(), keys.workspace))).toEqual(revealed(keys));

		expect((await tab().setLock(keys.workspace, pin(PIN), null)).ok).toBe(true);
		const changing: LockCipher = { ...weak, wrap: () => new Promise(() => undefined) };
		const vault = tab(changing);
		await vault.unlock(keys.workspace, pin(PIN));
		void vault.setLock(keys.workspace, pin('314159'), pin(PIN));
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect((await tab().unlock(keys.workspace, pin(PIN))).ok).toBe(true);
	});
});

describe('the lock', () => {
	it('V9 gives no keys to a tab without the secret', async () => {
		const keys = await locked();
		const vault = tab();
		expect(await vault.load(keys.workspace)).toEqual({
			kind: 'locked',
			lock: { method: 'pin', failed: 0, waitMs: 0 }
		});
		await vault.touch(keys.workspace, now + 1);
		expect(await vault.workspaces()).toEqual([keys.workspace]);
		await vault.forget(keys.workspace);
		expect(await vault.load(keys.workspace)).toEqual({ kind: 'none' });
	});

	it('V10 leaves no CryptoKey in the row', async () => {
		const { workspace } = await locked();
		const hasKey = (value: unknown): boolean =>
			value instanceof CryptoKey ||
			(typeof value === 'object' && value !== null && Object.values(value).some(hasKey));
		expect(hasKey(await readRow(workspace))).toBe(false);
		expect(await tab().removeLock(workspace, pin(PIN))).toEqual({ ok: true, value: undefined });
		expect(hasKey(await readRow(workspace))).toBe(true);
	});

	it('V11 opens by the right secret and by no other', async () => {
		const keys = await locked();
		for (const wrong of ['271829', '', '2718281', 'abcdef'])
			expect((await tab().unlock(keys.workspace, pin(wrong))).ok).toBe(false);
		const opened = await tab().unlock(keys.workspace, pin('２７１８２８'));
		expect(opened.ok && revealed(opened.value)).toEqual(revealed(keys));
	});

	it('V12 asks for the present secret to change or remove the lock', async () => {
		const { workspace } = await locked();
		const vault = tab();
		await vault.unlock(workspace, pin(PIN));
		const next = { method: 'passphrase', text: new Redacted('春风化雨润无声，桃李满园') } as const;
		await expect(vault.setLock(workspace, next, null)).rejects.toThrow('without its secret');
		expect((await vault.setLock(workspace, next, pin('000001'))).ok).toBe(false);
		expect((await vault.setLock(workspace, next, pin(PIN))).ok).toBe(true);
		expect((await tab().unlock(workspace, pin(PIN))).ok).toBe(false);
		expect((await vault.removeLock(workspace, pin(PIN))).ok).toBe(false);
		expect((await vault.removeLock(workspace, next)).ok).toBe(true);
		expect((await tab().load(workspace)).kind).toBe('open');
		expect(await tab().lockState(workspace)).toEqual({ kind: 'off' });
	});

	it('V13 wraps the master key in an age file that stock age opens', async () => {
		const { workspace } = await locked();
		const { seal } = await readRow(workspace);
		const age = new Decrypter();
		age.addPassphrase(PIN);
		expect(await age.decrypt((seal as LockedSeal).file)).toHaveLength(KEY_BYTES);
	});

	it('V14 cannot lock a device with a signing key of the first version', async () => {
		const { keys } = await writeFormerRow('native');
		const vault = tab();
		expect(await vault.lockState(keys.workspace)).toEqual({ kind: 'impossible' });
		await expect(vault.setLock(keys.workspace, pin(PIN), null)).rejects.toThrow('cannot be locked');
	});

	it('V15 refuses secrets that are guessed first', () => {
		expect(faultOfSecret('pin', '12345')).toBe('short');
		expect(faultOfSecret('pin', '12345a')).toBe('not-digits');
		for (const easy of ['123456', '654321', '111111', '121212', '123123', '4567890'])
			expect(faultOfSecret('pin', easy), easy).toBe('easy');
		expect(faultOfSecret('pin', PIN)).toBeNull();
		expect(faultOfSecret('passphrase', '春风化雨')).toBe('short');
		expect(faultOfSecret('passphrase', 'aaaaaaaaaaaa')).toBe('easy');
		expect(faultOfSecret('passphrase', '春风化雨润物细无声啊')).toBeNull();
	});
});

const wrong = pin('999990');

async function fail(workspace: WorkspaceId, times: number) {
	for (let time = 0; time < times; time++)
		expect(await tab().unlock(workspace, wrong)).toMatchObject({ ok: false });
}

describe('wrong tries', () => {
	it('V16 slows down after five, and looks at nothing while it waits', async () => {
		const { workspace } = await locked();
		await fail(workspace, 4);
		expect(await tab().lockState(workspace)).toMatchObject({ failed: 4, waitMs: 0 });
		for (const waitMs of [0.5, 1, 5, 15, 60, 60].map((minutes) => minutes * MINUTE_MS)) {
			expect(await tab().unlock(workspace, wrong)).toMatchObject({
				error: { kind: 'wrong', lock: { waitMs } }
			});
			now += waitMs - 1;
			expect(await tab().unlock(workspace, pin(PIN))).toMatchObject({
				error: { kind: 'wait', lock: { waitMs: 1 } }
			});
			now += 1;
		}
		expect((await tab().unlock(workspace, pin(PIN))).ok).toBe(true);
	});

	it('V17 has counted a try before it looks at it', async () => {
		const { workspace } = await locked();
		let seen = -1;
		const killed: LockCipher = {
			...weak,
			async unwrap() {
				seen = (await triesOf(workspace)).failed;
				return new Promise(() => undefined);
			}
		};
		for (let time = 0; time < 5; time++) void tab(killed).unlock(workspace, pin(PIN));
		await expect.poll(() => seen).toBe(5);
		expect(await tab().unlock(workspace, pin(PIN))).toMatchObject({ error: { kind: 'wait' } });
	});

	it('V18 counts a clock set back as no time passed', async () => {
		const { workspace } = await locked();
		await fail(workspace, 7);
		// Two of the seven were refused while waiting: the fifth asked for half a minute.
		expect(await tab().lockState(workspace)).toMatchObject({ failed: 5, waitMs: 30 * SECOND_MS });
		now += 10 * SECOND_MS;
		expect(await tab().lockState(workspace)).toMatchObject({ waitMs: 20 * SECOND_MS });
		now -= 24 * 60 * MINUTE_MS;
		expect(await tab().lockState(workspace)).toMatchObject({ waitMs: 20 * SECOND_MS });
		now += 5 * SECOND_MS;
		expect(await tab().lockState(workspace)).toMatchObject({ waitMs: 15 * SECOND_MS });
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({ min: -600, max: 0 })), async (jumps) => {
				for (const jump of jumps) {
					now += jump * SECOND_MS;
					expect(await tab().lockState(workspace)).toMatchObject({ waitMs: 15 * SECOND_MS });
				}
			}),
			{ numRuns: 10 }
		);
	});

	it('V19 forgets wrong tries after the right one, and counts no passkey', async () => {
		const { workspace } = await locked();
		await fail(workspace, 4);
		expect((await tab().unlock(workspace, pin(PIN))).ok).toBe(true);
		expect(await tab().lockState(workspace)).toMatchObject({ failed: 0, waitMs: 0 });
		const cancelled: LockCipher = {
			...weak,
			unwrap: async () => ({ ok: false, error: 'unavailable' })
		};
		const passkey: LockSecret = { method: 'passkey' };
		expect(await tab(cancelled).unlock(workspace, passkey)).toEqual({
			ok: false,
			error: { kind: 'unavailable' }
		});
		expect(await triesOf(workspace)).toMatchObject({ failed: 0 });
	});
});
