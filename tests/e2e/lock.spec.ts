/** The app lock in a real browser: what a finder of the device sees, and what is left for him. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import type { Page } from '@playwright/test';
import {
	addProblem,
	appIsKept,
	badge,
	cell,
	expect,
	expectAccessible,
	keepsApp,
	openProblems,
	test
} from './desk.ts';

const PIN = '271828';
const WORDS = '家长会以通报成绩为主';

const secret = (page: Page, label: string) =>
	page.locator('input[type=password]').and(page.getByLabel(label, { exact: true }));
const isLocked = (page: Page) =>
	expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();

async function setPin(page: Page, pin = PIN) {
	await page.goto('/settings');
	await page.getByRole('link', { name: '应用锁' }).click();
	await page.getByRole('button', { name: '启用应用锁' }).click();
	await secret(page, '数字密码').fill(pin);
	await secret(page, '再输一遍').fill(pin);
	await page.getByLabel('我知道了，会记牢').check();
	await page.getByRole('button', { name: '启用应用锁' }).click();
	await expect(page.getByText('已上锁：数字密码')).toBeVisible();
}

async function unlock(page: Page, pin = PIN) {
	await secret(page, '数字密码').fill(pin);
	await page.getByRole('button', { name: '解锁', exact: true }).click();
}

interface OpenRow {
	workspace: string;
	device: string;
	member: string;
	master: number[];
	box: number[];
}

/** What a script in the page can get at while no lock is on: every secret of the device. */
async function readSecrets(page: Page): Promise<Map<string, Uint8Array>> {
	const row = await page.evaluate(async (): Promise<OpenRow> => {
		const database = await new Promise<IDBDatabase>((resolve) => {
			const request = indexedDB.open('tongxin');
			request.onsuccess = () => resolve(request.result);
		});
		const [found] = await new Promise<
			{
				workspace: string;
				device: string;
				member: string;
				box: Uint8Array;
				seal: { wrapping: CryptoKey; iv: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer };
			}[]
		>((resolve) => {
			const request = database.transaction('keys').objectStore('keys').getAll();
			request.onsuccess = () => resolve(request.result);
		});
		database.close();
		if (!found) throw new Error('no keys');
		const { wrapping, iv, sealed } = found.seal;
		const master = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, wrapping, sealed);
		const { workspace, device, member } = found;
		return {
			workspace,
			device,
			member,
			master: [...new Uint8Array(master)],
			box: [...found.box]
		};
	});
	const master = Uint8Array.from(row.master);
	const box = Uint8Array.from(row.box);
	const aad = Buffer.from(`tongxin.vault.2\n${row.workspace}\n${row.device}\n${row.member}`);
	const plain = xchacha20poly1305(master, box.subarray(0, 24), aad).decrypt(box.subarray(24));
	const secrets = JSON.parse(Buffer.from(plain).toString()) as {
		ageIdentity: string;
		seed: string;
		ringKey: string;
		commons: [number, string][];
	};
	const bytes = (text: string) => Buffer.from(text, 'base64url');
	return new Map([
		['master key', master],
		['seed', bytes(secrets.seed)],
		['age identity', Buffer.from(secrets.ageIdentity)],
		['ring key', bytes(secrets.ringKey)],
		...secrets.commons.map(([epoch, key]): [string, Uint8Array] => [
			`commons key ${epoch}`,
			bytes(key)
		])
	]);
}

/** Everything that this origin keeps in the browser, as one heap of bytes; keys are named. */
async function readStorage(page: Page): Promise<{ heap: Buffer; cryptoKeys: number }> {
	const found = await page.evaluate(async () => {
		const parts: string[] = [];
		let cryptoKeys = 0;
		const take = (value: unknown): void => {
			if (value instanceof CryptoKey) cryptoKeys++;
			else if (value instanceof ArrayBuffer) take(new Uint8Array(value));
			else if (ArrayBuffer.isView(value)) {
				const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
				parts.push([...bytes].map((byte) => String.fromCharCode(byte)).join(''));
			} else if (typeof value === 'string')
				parts.push(String.fromCharCode(...new TextEncoder().encode(value)));
			else if (value && typeof value === 'object')
				for (const [key, inner] of Object.entries(value)) [key, inner].forEach(take);
		};
		for (const { name } of await indexedDB.databases()) {
			const database = await new Promise<IDBDatabase>((resolve) => {
				const request = indexedDB.open(name!);
				request.onsuccess = () => resolve(request.result);
			});
			for (const store of database.objectStoreNames) {
				const rows = await new Promise<unknown[]>((resolve) => {
					const request = database.transaction(store).objectStore(store).getAll();
					request.onsuccess = () => resolve(request.result as unknown[]);
				});
				rows.forEach(take);
			}
			database.close();
		}
		for (const storage of [localStorage, sessionStorage]) take({ ...storage });
		return { parts, cryptoKeys };
	});
	return { heap: Buffer.from(found.parts.join('\n'), 'latin1'), cryptoKeys: found.cryptoKeys };
}

const formsOf = (bytes: Uint8Array) =>
	[
		Buffer.from(bytes),
		Buffer.from(Buffer.from(bytes).toString('base64').replaceAll('=', '')),
		Buffer.from(Buffer.from(bytes).toString('base64url')),
		Buffer.from(Buffer.from(bytes).toString('hex'))
	] as const;

test('whoever finds a locked device reads nothing, and its owner has everything back', async ({
	desk
}) => {
	const { page, context } = await desk.found(keepsApp);
	await openProblems(page);
	await addProblem(page, WORDS);
	await expect(badge(page)).toHaveText('已送达');
	const secrets = await readSecrets(page);
	expect([...secrets.keys()]).toContain('commons key 1');
	expect((await readStorage(page)).cryptoKeys).toBe(1);
	await setPin(page);
	await expectAccessible(page, 'app lock, on');

	await page.goto('/ledgers/problems');
	await isLocked(page);
	await expectAccessible(page, 'locked');
	const { heap, cryptoKeys } = await readStorage(page);
	expect(heap.length).toBeGreaterThan(2_000);
	expect(cryptoKeys).toBe(0);
	for (const [name, bytes] of secrets)
		for (const form of formsOf(bytes)) expect(heap.includes(form), name).toBe(false);
	for (const word of [WORDS, '城东实验小学', '周敬宁', PIN]) {
		expect(heap.includes(Buffer.from(word)), word).toBe(false);
		expect(await page.content()).not.toContain(word);
	}

	// What it takes to unlock must be on the device: there may be no network.
	await appIsKept(page);
	await context.setOffline(true);
	await page.reload();
	await unlock(page, '271829');
	await expect(page.getByText('不对，还可以马上再试 4 次。')).toBeVisible();
	await unlock(page);
	await context.setOffline(false);
	await expect(cell(page, 1, 'manifestation')).toContainText(WORDS);
	await addProblem(page, '解锁后写的');
	await expect(badge(page)).toHaveText('已送达');
});

test('guessing slows down, and neither a reload nor a clock set back helps', async ({ desk }) => {
	const { page } = await desk.found();
	await page.clock.install();
	await page.reload();
	await setPin(page);
	await page.reload();
	for (const left of [4, 3, 2, 1]) {
		await unlock(page, '999990');
		await expect(page.getByText(`不对，还可以马上再试 ${left} 次。`)).toBeVisible();
	}
	await unlock(page, '999990');
	const wait = page.getByRole('timer');
	await expect(wait).toContainText(/请等 0:(30|2\d) 后再试/);
	await expect(page.getByRole('button', { name: '解锁', exact: true })).toBeDisabled();
	await page.reload();
	await expect(wait).toContainText(/请等 0:[23]\d 后再试/);
	await page.clock.setSystemTime(Date.now() - 86_400_000);
	await page.reload();
	await expect(wait).toContainText(/请等 0:[123]\d 后再试/);
	await page.clock.fastForward(31_000);
	await unlock(page);
	await expect(page.getByText('已上锁：数字密码')).toBeVisible();
});

test('it locks by itself in every tab, and input in one tab keeps the other open', async ({
	desk
}) => {
	const { page, context } = await desk.found();
	await page.clock.install();
	await setPin(page);
	await page.getByRole('radio', { name: '5 分钟', exact: true }).check();
	const other = await context.newPage();
	await other.goto('/plans');
	await isLocked(other);
	await unlock(other);
	await page.goto('/ledgers/problems');
	await isLocked(page);
	await unlock(page);
	await expect(page.getByRole('button', { name: '新增问题' }).first()).toBeVisible();
	await addProblem(page, '锁定前最后一句');

	await context.clock.fastForward(4 * 60_000);
	await page.mouse.move(300, 300);
	await page.mouse.move(310, 300);
	await context.clock.fastForward(4 * 60_000);
	await expect(other.getByRole('link', { name: '计划' }).first()).toBeVisible();
	await context.clock.fastForward(2 * 60_000);
	await isLocked(page);
	await isLocked(other);
	await unlock(page);
	await expect(cell(page, 1, 'manifestation')).toContainText('锁定前最后一句');
	await isLocked(other);
});

test('锁定 locks all tabs, and turning the lock off asks for the PIN', async ({ desk }) => {
	const { page, context } = await desk.found();
	const other = await context.newPage();
	await other.goto('/plans');
	await setPin(page);
	await page.goto('/settings');
	await unlock(page);
	await page.getByRole('main').getByRole('button', { name: '现在锁定' }).click();
	await isLocked(page);
	await isLocked(other);

	await unlock(page);
	await page.getByRole('link', { name: '应用锁' }).click();
	await page.getByRole('button', { name: '更改' }).click();
	await secret(page, '现在的数字密码').fill('111222');
	await page.getByRole('radio', { name: '口令' }).check();
	await secret(page, '新的口令').fill('春风化雨润物细无声');
	await secret(page, '再输一遍').fill('春风化雨润物细无声啊');
	await page.getByLabel('我知道了，会记牢').check();
	await page.getByRole('button', { name: '更改' }).click();
	await expect(page.getByText('至少要 10 个字')).toBeVisible();
	await secret(page, '新的口令').fill('春风化雨润物细无声啊');
	await page.getByRole('button', { name: '更改' }).click();
	await expect(page.getByText('不对，还可以马上再试 4 次。')).toBeVisible();
	await secret(page, '现在的数字密码').fill(PIN);
	await page.getByRole('button', { name: '更改' }).click();
	await expect(page.getByText('已上锁：口令')).toBeVisible();

	await page.reload();
	await secret(page, '口令').fill('春风化雨润物细无声啊');
	await page.getByRole('button', { name: '解锁', exact: true }).click();
	await page.getByRole('button', { name: '关闭应用锁' }).click();
	await secret(page, '现在的口令').fill('春风化雨润物细无声啊');
	await page.getByRole('button', { name: '关闭应用锁' }).click();
	await expect(page.getByRole('button', { name: '启用应用锁' })).toBeVisible();
	await page.reload();
	await expect(page.getByRole('button', { name: '启用应用锁' })).toBeVisible();
});

test('a tab that is just opening is locked with the others', async ({ desk }) => {
	const { page, context } = await desk.found();
	await setPin(page);
	const other = await context.newPage();
	await other.goto('/plans');
	await isLocked(other);
	// The PIN is right, and the chain takes long to check.
	await other.evaluate(() => {
		crypto.subtle.digest = () => {
			document.title = 'checking';
			return new Promise(() => {});
		};
	});
	await unlock(other);
	await expect(other).toHaveTitle('checking');
	const reloaded = other.waitForEvent('load');
	await page.goto('/settings');
	await unlock(page);
	await page.getByRole('main').getByRole('button', { name: '现在锁定' }).click();
	await reloaded;
	await isLocked(other);
	await expect(other.getByRole('button', { name: '解锁', exact: true })).toBeEnabled();
	await unlock(other);
	await expect(other.getByRole('link', { name: '计划' }).first()).toBeVisible();
});

test('a passkey locks and unlocks; a cancelled one opens nothing', async ({ desk }) => {
	const { page, context } = await desk.person('周敬宁', {
		baseURL: desk.origin.replace('127.0.0.1', 'localhost')
	});
	const cdp = await context.newCDPSession(page);
	await cdp.send('WebAuthn.enable');
	await cdp.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			hasPrf: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
	await page.goto('/found');
	await page.getByLabel('支部名称').fill('城东实验小学党支部');
	await page.getByLabel('你的姓名').fill('周敬宁');
	await page.getByRole('button', { name: '建好，进入工作台' }).click();
	await page.getByRole('link', { name: '先去工作台' }).click();
	await page.waitForURL('**/today');
	await page.goto('/settings/lock');
	await page.getByRole('button', { name: '启用应用锁' }).click();
	await page.getByRole('radio', { name: '通行密钥' }).check();
	await page.getByLabel('我知道了，会记牢').check();
	await page.getByRole('button', { name: '启用应用锁' }).click();
	await expect(page.getByText('已上锁：通行密钥')).toBeVisible();
	expect((await readStorage(page)).cryptoKeys).toBe(0);

	await page.reload();
	await isLocked(page);
	// As if the question were dismissed.
	await page.evaluate(() => {
		const { credentials } = navigator;
		const get = credentials.get.bind(credentials);
		credentials.get = async () => {
			credentials.get = get;
			throw new DOMException('dismissed', 'NotAllowedError');
		};
	});
	await page.getByRole('button', { name: '用通行密钥解锁' }).click();
	await expect(page.getByRole('alert')).toContainText('没有用成通行密钥');
	expect((await readStorage(page)).cryptoKeys).toBe(0);
	await page.getByRole('button', { name: '用通行密钥解锁' }).click();
	await expect(page.getByText('已上锁：通行密钥')).toBeVisible();
});

test('who has forgotten the PIN clears the device and starts again', async ({ desk }) => {
	const { page, context } = await desk.found();
	await setPin(page);
	await page.reload();
	await page.getByText('忘记了？').click();
	await page.getByRole('button', { name: '清除本机资料' }).click();
	await page.getByRole('button', { name: '先不清除' }).click();
	await isLocked(page);
	const other = await context.newPage();
	await other.goto('/plans');
	await isLocked(other);
	await page.getByRole('button', { name: '清除本机资料' }).click();
	await page.getByRole('button', { name: '确认清除' }).click();
	await expect(page.getByRole('link', { name: '新建支部工作台' })).toBeVisible();
	await expect(other.getByRole('link', { name: '新建支部工作台' })).toBeVisible();
	expect(
		await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
	).toEqual(['tongxin']);
});
