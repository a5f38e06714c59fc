import { rmSync } from 'node:fs';
import {
	addProblem,
	appIsKept,
	badge,
	cell,
	expect,
	keepsApp,
	openProblems,
	synced,
	test
} from './desk.ts';

test('offline: reload works, edits go on, and back online everything merges', async ({ desk }) => {
	const a = await desk.found();
	const b = await desk.join(a, '梁晓芸', keepsApp);
	await openProblems(a.page);
	await openProblems(b.page);
	await addProblem(a.page, '网络好时写的');
	await expect(cell(b.page, 1, 'manifestation')).toContainText('网络好时写的');
	await synced(b.page, 2, 2);
	await appIsKept(b.page);

	await b.context.setOffline(true);
	await expect(badge(b.page)).toContainText('离线');
	await b.page.reload();
	await expect(cell(b.page, 1, 'manifestation')).toContainText('网络好时写的');
	await addProblem(b.page, '没有信号的会议室里写的');
	await expect(badge(b.page)).toHaveText('离线 · 已存本机');
	await addProblem(a.page, '同时在办公室写的');
	await b.page.reload();
	await expect(cell(b.page, 2, 'manifestation')).toContainText('没有信号的会议室里写的');

	await b.context.setOffline(false);
	const started = Date.now();
	await expect(a.page.getByRole('grid')).toContainText('没有信号的会议室里写的');
	await expect(b.page.getByRole('grid')).toContainText('同时在办公室写的');
	console.log(`merged ${Date.now() - started} ms after the network came back`);
	await synced(b.page, 2, 2);
	await synced(a.page, 2, 2);
});

test('a cold start with no network and no relay opens an address never visited', async ({
	desk
}) => {
	const a = await desk.found(keepsApp);
	await openProblems(a.page);
	await addProblem(a.page, '昨天写的');
	await expect(badge(a.page)).toHaveText('已送达');
	await appIsKept(a.page);
	await a.page.close();
	await desk.relay.kill9();
	const page = await a.context.newPage();
	await page.goto('/settings');
	await expect(page.getByRole('heading', { name: '设置' })).toBeVisible();
	await openProblems(page);
	await expect(cell(page, 1, 'manifestation')).toContainText('昨天写的');
});

test('a tab killed while typing keeps what was typed, ten times over', async ({ desk }) => {
	test.setTimeout(240_000);
	const a = await desk.found();
	await openProblems(a.page);
	await addProblem(a.page, '：');
	let written = '：';
	for (let round = 0; round < 10; round++) {
		await cell(a.page, 1, 'manifestation').click();
		await a.page.keyboard.press('Enter');
		await a.page.keyboard.press('Control+End');
		const words = `第${round}次家访`;
		for (const char of words) await a.page.keyboard.insertText(char);
		written += words;
		// The page process dies in the middle of the sentence; nothing of the page runs any more.
		const session = await a.context.newCDPSession(a.page);
		const crashed = a.page.waitForEvent('crash');
		// Never answered: who should answer is dead.
		session.send('Page.crash').catch(() => undefined);
		await crashed;
		await a.page.close();
		a.page = await a.context.newPage();
		await openProblems(a.page);
		await expect(cell(a.page, 1, 'manifestation')).toHaveText(written);
	}
});

test('kill -9 of the relay, then its data folder deleted: everything is synced again by itself', async ({
	desk
}) => {
	const a = await desk.found(keepsApp);
	const b = await desk.join(a, '梁晓芸', keepsApp);
	await openProblems(a.page);
	await openProblems(b.page);
	await addProblem(a.page, '第一条');
	await synced(a.page, 2, 2);

	await desk.relay.kill9();
	await addProblem(a.page, '服务器断电时写的');
	await expect(badge(a.page)).toHaveText('离线 · 已存本机');
	await desk.relay.restart();
	await expect(b.page.getByRole('grid')).toContainText('服务器断电时写的', { timeout: 20_000 });
	await synced(a.page, 2, 2);

	await desk.relay.kill9();
	rmSync(desk.relay.dataDir, { recursive: true, force: true });
	await addProblem(b.page, '资料夹没了以后写的');
	await desk.relay.restart();
	await expect(a.page.getByRole('grid')).toContainText('资料夹没了以后写的', { timeout: 20_000 });
	await synced(a.page, 2, 2);
	await synced(b.page, 2, 2);
	const c = await desk.join(a, '许国平');
	await openProblems(c.page);
	for (const text of ['第一条', '服务器断电时写的', '资料夹没了以后写的'])
		await expect(c.page.getByRole('grid')).toContainText(text);
});
