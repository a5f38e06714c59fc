import {
	badge,
	expect,
	expectEnglish,
	openPerson,
	openProblems,
	settingsPages,
	test,
	visit
} from './desk.ts';

test('in English, switched without a reload, and kept', async ({ desk }) => {
	const { page } = await desk.found();
	await page.goto('/settings');
	await page.evaluate(() => ((window as unknown as { mark: boolean }).mark = true));
	await page.getByRole('radio', { name: 'English' }).check();
	await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
	expect(await page.evaluate(() => (window as unknown as { mark?: boolean }).mark)).toBe(true);
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await page.reload();
	await expect(
		page.getByRole('navigation').getByRole('link', { name: 'Plans' }).first()
	).toBeVisible();
	const pages = [
		'/today',
		'/plans',
		'/plans/import',
		'/ledgers/problems',
		'/ledgers/personal',
		'/members',
		'/members/handover'
	];
	for (const path of [...pages, ...settingsPages]) {
		await visit(page, path);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expectEnglish(page, path);
	}
	await page.goto('/members');
	await page.getByRole('button', { name: 'Invite a member' }).first().click();
	await page.getByRole('dialog').getByRole('button').last().click();
	await expect(page.getByRole('dialog').locator('input[readonly]')).toBeVisible();
	await expectEnglish(page, 'invitation');
	await openPerson(page, '周敬宁');
	await expectEnglish(page, 'person drawer');
	await page.goto('/nowhere');
	await expectEnglish(page, 'no such page');
});

test('light, dark, and as the system', async ({ desk }) => {
	const { page } = await desk.found();
	await page.goto('/settings');
	const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await paper();
	await page.getByRole('radio', { name: '深色' }).check();
	await expect.poll(paper).not.toBe(light);
	const dark = await paper();
	await page.reload();
	await expect.poll(paper).toBe(dark);
});

test('an invitation works once, and a broken or used one is explained', async ({ desk }) => {
	const a = await desk.found();
	const link = await desk.invitation(a);
	const join = async (name: string) => {
		const { page } = await desk.person(name);
		await page.goto(link);
		return page;
	};
	const [first, second] = [await join('甲'), await join('乙')];
	await expect(first.getByText('周敬宁邀请你加入“城东实验小学党支部”')).toBeVisible();
	for (const page of [first, second]) await page.getByLabel('你的姓名').fill('同志');
	await first.getByRole('button', { name: '加入', exact: true }).click();
	await first.waitForURL('**/today');
	await second.getByRole('button', { name: '加入', exact: true }).click();
	await expect(second.getByRole('alert')).toContainText('被用过');
	const third = await join('丙');
	await expect(third.getByRole('alert')).toContainText('请让对方再发一份');
	await third.goto(`${link.slice(0, -4)}`);
	await third.reload();
	await expect(third.getByRole('alert')).toContainText('不是完整的邀请链接');
});

test("in WeChat's browser no keys are made, and an invitation stays whole for the next", async ({
	desk
}) => {
	const link = await desk.invitation(await desk.found());
	const { page } = await desk.person('微信', {
		userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile MicroMessenger/8.0.50'
	});
	for (const address of ['/', link]) {
		await page.goto(address);
		await expect(page.getByRole('heading', { name: '请在系统浏览器里打开' })).toBeVisible();
	}
	expect(page.url()).toBe(link);
	expect(
		await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
	).toEqual([]);
});

test('it can be installed', async ({ desk, request }) => {
	const manifest = (await (await request.get(`${desk.origin}/manifest.webmanifest`)).json()) as {
		icons: { src: string; sizes: string }[];
		display: string;
	};
	expect(manifest.display).toBe('standalone');
	for (const { src } of manifest.icons)
		expect((await request.get(desk.origin + src)).ok()).toBe(true);
	expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(
		expect.arrayContaining(['192x192', '512x512'])
	);
});

test('a full disk: the words stay on the screen, the badge says so, and they are stored when there is room', async ({
	desk
}) => {
	const { page } = await desk.found();
	await openProblems(page);
	await expect(badge(page)).toContainText('已送达');
	await page.evaluate(() => {
		const add = IDBObjectStore.prototype.add;
		(window as unknown as { makeRoom: () => void }).makeRoom = () =>
			(IDBObjectStore.prototype.add = add);
		IDBObjectStore.prototype.add = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
	});
	await page.getByRole('button', { name: '新增问题' }).first().click();
	await page.keyboard.type('磁盘满了');
	await page.keyboard.press('Escape');
	await expect(badge(page)).toContainText('本机空间已满');
	await expect(page.getByRole('grid')).toContainText('磁盘满了');
	await page.evaluate(() => (window as unknown as { makeRoom: () => void }).makeRoom());
	await expect(badge(page)).toContainText('已送达', { timeout: 20_000 });
	await page.reload();
	await expect(page.getByRole('grid')).toContainText('磁盘满了');
});

test('a part of the page that the network cuts off is said so, and comes at the next try', async ({
	desk
}) => {
	const { page } = await desk.found();
	await openProblems(page);
	const scripts = '**/_app/immutable/**/*.js';
	await page.route(scripts, (route) => route.abort());
	await page.getByRole('button', { name: '回收站' }).click();
	await expect(page.getByText('这一部分没有取到')).toBeVisible();
	await page.unroute(scripts);
	await page.getByRole('button', { name: '再试一次' }).click();
	await expect(page.getByRole('dialog', { name: '回收站' })).toBeVisible();
});

test('an address that does not exist leads back', async ({ desk }) => {
	const { page } = await desk.found();
	await page.goto('/nowhere');
	await page.getByRole('link', { name: '回到首页' }).click();
	await page.waitForURL('**/today');
});
