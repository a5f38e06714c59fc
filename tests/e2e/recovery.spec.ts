import { bech32 } from '@scure/base';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, phone, test, type Person } from './desk.ts';
import { startRelayProcess } from '../support/relayProcess.ts';

const WECHAT =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49';

interface Card {
	readonly words: string;
	readonly code: string;
	readonly key: string;
}

async function showCard(page: Page): Promise<Card> {
	await page.goto('/settings/kit');
	await page.getByRole('button', { name: '显示恢复卡' }).click();
	const card = page.locator('main article');
	const words = (await card.locator('.words').innerText()).replace(/\P{Script=Han}/gu, '');
	const [code, key] = [card.locator('.code'), card.locator('.key')];
	return { words, code: await code.innerText(), key: await key.innerText() };
}

/** What stands in the QR code. */
async function linkOf(page: Page, { code, key }: Card): Promise<string> {
	const { workspaces } = (await (await page.request.get(`/api/workspaces/${code}`)).json()) as {
		workspaces: string[];
	};
	const secret = bech32.decodeToBytes(key.toLowerCase()).bytes;
	return `/restore#${workspaces[0]}.${Buffer.from(secret).toString('base64url')}`;
}

async function backup({ page }: Person, path: string): Promise<string> {
	await page.goto('/settings/backup');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: '开始备份' }).click();
	const file = await download;
	await expect(page.getByText(/已核对：\d+ 份计划和台账、\d+ 条记录都能打开/)).toBeVisible();
	await file.saveAs(path);
	return file.suggestedFilename();
}

async function restore(page: Page) {
	await expect(page.getByText('找到了“城东实验小学党支部”，持卡人：周敬宁。')).toBeVisible();
	await page.getByRole('button', { name: '恢复到这台设备' }).click();
	await expect(page.getByRole('heading', { name: '已恢复' })).toBeVisible();
}

async function expectBack(page: Page) {
	await page.getByRole('link', { name: '打开工作台' }).click();
	await page.waitForURL('**/today');
	await page.goto('/members');
	await expect(page.getByText('周敬宁').first()).toBeVisible();
	await page.reload();
	await expect(page.getByText('周敬宁').first()).toBeVisible();
}

test('all devices but the card are lost, and the branch comes back from the relay', async ({
	desk
}) => {
	const first = await desk.found();
	const card = await showCard(first.page);
	const link = await linkOf(first.page, card);
	await first.context.close();

	const typed = await desk.person('周敬宁', phone);
	await typed.page.goto('/');
	await typed.page.getByRole('link', { name: '我有恢复卡' }).click();
	const words = typed.page.getByLabel('恢复卡上的 24 个字');
	await words.fill(`${card.words.slice(0, 5)}囧${card.words.slice(6)}`);
	await typed.page.getByLabel('工作台代码').fill(card.code);
	await typed.page.getByRole('button', { name: '查找' }).click();
	await expect(typed.page.getByText('第 6 个字“囧”')).toBeVisible();
	await expectAccessible(typed.page, 'restoring');
	await words.fill(card.words);
	await typed.page.getByRole('button', { name: '查找' }).click();
	await restore(typed.page);
	await expectBack(typed.page);

	const scanned = await desk.person('周敬宁');
	await scanned.page.goto(link);
	await expect(scanned.page.getByText('已读到二维码里的恢复卡。')).toBeVisible();
	expect(scanned.page.url()).toBe(`${desk.origin}/restore`);
	await scanned.page.getByRole('button', { name: '查找' }).click();
	await restore(scanned.page);
	await expectBack(scanned.page);
});

test('a card and a backup file bring the branch back to a relay that never knew it', async ({
	desk
}, info) => {
	const first = await desk.found();
	const card = await showCard(first.page);
	const path = info.outputPath('backup.age');
	expect(await backup(first, path)).toMatch(/^tongxin-\d{4}-\d\d-\d\d\.age$/);
	await first.context.close();

	const relay = await startRelayProcess();
	const other = await desk.person('周敬宁', { baseURL: `http://${relay.host}` });
	const { page } = other;
	await page.goto('/restore');
	await page.getByLabel('恢复卡上的 24 个字').fill(card.key);
	await page.locator('input[type=file]').setInputFiles(path);
	await page.getByRole('button', { name: '查找' }).click();
	await expect(page.getByText('服务器上没有这个支部的资料')).toBeVisible();
	await restore(page);
	await expectBack(page);
	await page.goto('/settings/diagnosis');
	await expect(page.getByText('已连接', { exact: true })).toBeVisible();
	await other.context.close();
	await relay.dispose();
});

test('once it is printed, the secret of the card is nowhere in the page or its storage', async ({
	desk
}) => {
	const { page } = await desk.found();
	const card = await showCard(page);
	await expectAccessible(page, 'the card');
	await page.evaluate(() => (window.print = () => undefined));
	await page.getByRole('button', { name: '打印', exact: true }).click();
	await page.getByRole('button', { name: '打印好了，从设备里删掉' }).click();
	await expect(page.getByText('你已有恢复卡，只在纸上')).toBeVisible();
	const kept = await page.evaluate(() => document.documentElement.outerHTML + location.href);
	const stored = await page.evaluate(() => JSON.stringify(localStorage));
	for (const secret of [card.words.slice(0, 6), card.key.slice(16)])
		expect(kept + stored).not.toContain(secret);
	await page.reload();
	await expect(page.getByText('你已有恢复卡，只在纸上')).toBeVisible();
	await expect(page.getByRole('button', { name: '显示恢复卡' })).toBeHidden();
});

test('in WeChat no card is taken, and its link stays whole for the system browser', async ({
	desk
}) => {
	const first = await desk.found();
	const link = await linkOf(first.page, await showCard(first.page));
	const { page } = await desk.person('周敬宁', { userAgent: WECHAT });
	await page.goto(link);
	await expect(page.getByRole('heading', { name: '请在系统浏览器里打开' })).toBeVisible();
	await expect(page.getByLabel('恢复卡上的 24 个字')).toHaveCount(0);
	expect(page.url()).toBe(desk.origin + link);
});

test('the diagnosis can be copied and names nobody', async ({ desk }) => {
	const { page } = await desk.found();
	await page.goto('/settings/diagnosis');
	await expect(page.getByText('服务器最新编号').first()).toBeVisible();
	await expectAccessible(page, 'diagnosis');
	await page.getByRole('button', { name: '复制' }).click();
	const text = await page.evaluate(() => navigator.clipboard.readText());
	expect(text).toContain('[服务器]');
	expect(text).not.toMatch(/周敬宁|城东|AGE-SECRET/);
});
