/** 今日: what presses, live and offline, and one tap from the thing itself. */
import type { Page } from '@playwright/test';
import {
	addProblem,
	addTask,
	cell,
	expect,
	expectAccessible,
	expectEnglish,
	leader,
	openProblems,
	phone,
	synced,
	test,
	appIsKept,
	keepsApp
} from './desk.ts';

const section = (page: Page, key: string) => page.locator(`[data-section=${key}]`);
const lines = (page: Page, key: string) => section(page, key).getByRole('listitem');

/** As it is typed into a date, so many days from now. */
const day = (page: Page, ahead: number) =>
	page.evaluate((days) => {
		const at = new Date();
		at.setDate(at.getDate() + days);
		return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`;
	}, ahead);

async function setDue(page: Page, ahead: number) {
	const input = page.locator('[data-field=due] input[type=text]');
	await input.fill(await day(page, ahead));
	await input.blur();
}

/** Into a cell of the first row of the problem list. */
async function typeInto(page: Page, column: string, words: string) {
	await cell(page, 1, column).click();
	await page.keyboard.type(words);
	await page.keyboard.press('Enter');
}

/** By its address: whatever dialog is open stays behind. */
async function openToday(page: Page) {
	await page.goto('/today');
	await expect(page.getByRole('heading', { name: /^(今日|Today)$/ })).toBeVisible();
}

test('what a colleague gives me arrives live, is there offline, and leads to the thing itself', async ({
	desk
}) => {
	test.setTimeout(180_000);
	const a = await desk.found();
	const b = await desk.join(a, '梁晓芸', keepsApp);
	await expect(b.page.getByText('眼下没有要办的事')).toBeVisible();
	await expect(b.page.getByRole('link', { name: '粘贴文件' })).toBeVisible();

	await openProblems(a.page);
	await addProblem(a.page, '作业批改不及时');
	await typeInto(a.page, 'responsibleId', '梁晓芸');
	await expect(lines(b.page, 'other')).toContainText('作业批改不及时');
	await expect(lines(b.page, 'other')).toContainText('草稿');
	await typeInto(a.page, 'due', await day(a.page, -3));
	await expect(lines(b.page, 'overdue')).toContainText('作业批改不及时');
	await expect(lines(b.page, 'overdue')).toContainText('逾期 3 天');
	await expect(section(b.page, 'other')).toHaveCount(0);

	await addTask(a.page, '春季学期', '报送学习计划');
	await setDue(a.page, 5);
	await leader(a.page).selectOption({ label: '梁晓芸' });
	await expect(lines(b.page, 'soon')).toContainText('报送学习计划');
	await expect(lines(b.page, 'soon')).toContainText('还有 5 天');
	await a.page.getByRole('button', { name: '提交审核' }).click();
	await expect(lines(b.page, 'acceptance')).toContainText('报送学习计划');
	await expect(lines(b.page, 'acceptance')).toContainText('梁晓芸');
	await expectAccessible(b.page, 'today');

	// Whose it is not sees it under the whole branch only.
	await openToday(a.page);
	await expect(a.page.getByText('全支部还有 2 项')).toBeVisible();
	await a.page.getByRole('button', { name: '看全支部' }).click();
	await expect(lines(a.page, 'overdue')).toContainText('梁晓芸');
	await expect(lines(a.page, 'acceptance')).toContainText('报送学习计划');
	await expectAccessible(a.page, 'today of the branch');
	await a.page.reload();
	await expect(a.page.getByRole('radio', { name: '全支部' })).toBeChecked();
	await expect(lines(a.page, 'overdue')).toContainText('作业批改不及时');

	await synced(b.page, 2, 2);
	await appIsKept(b.page);
	await b.context.setOffline(true);
	await b.page.reload();
	await expect(lines(b.page, 'overdue')).toContainText('作业批改不及时');
	await expect(lines(b.page, 'acceptance')).toContainText('报送学习计划');
	await lines(b.page, 'overdue').getByRole('link').click();
	await b.page.waitForURL(/\/ledgers\/problems\?room=.+&row=/);
	await expect(
		b.page.getByRole('dialog').locator('[data-field=manifestation] textarea')
	).toHaveValue('作业批改不及时');
	await b.page.goBack();
	await lines(b.page, 'acceptance').getByRole('link').click();
	await b.page.waitForURL(/\/plans\/[^/]{22}\?task=/);
	await expect(b.page.getByRole('button', { name: '审核通过' })).toBeVisible();
	await b.page.getByRole('button', { name: '审核通过' }).click();
	await b.page.goBack();
	await expect(lines(b.page, 'overdue')).toHaveCount(1);
	await expect(section(b.page, 'acceptance')).toHaveCount(0);
});

test('what colleagues changed since is told, also after a change made offline, until it is put away', async ({
	desk
}) => {
	test.setTimeout(180_000);
	const a = await desk.found();
	const b = await desk.join(a, '梁晓芸', keepsApp);
	await openProblems(a.page);
	await addProblem(a.page, '值班记录有空缺');
	await openToday(a.page);
	await openProblems(b.page);
	await expect(b.page.getByRole('grid')).toContainText('值班记录有空缺');
	await openToday(b.page);
	await expect(section(b.page, 'news')).toContainText('周敬宁');
	await expect(section(b.page, 'news').getByRole('link')).toHaveText('值班记录有空缺');
	await expectAccessible(b.page, 'news');
	await section(b.page, 'news').getByRole('button', { name: '看过了' }).click();
	await expect(section(b.page, 'news')).toHaveCount(0);
	await expect(section(a.page, 'news')).toHaveCount(0);

	await openProblems(b.page);
	await b.context.setOffline(true);
	await typeInto(b.page, 'remark', '已核对');
	await addProblem(b.page, '家长会只通报成绩');
	await section(a.page, 'news').waitFor({ state: 'detached' });
	await b.context.setOffline(false);
	await expect(section(a.page, 'news')).toContainText(
		/梁晓芸在\d{4}年台账的问题清单里新增 1 行、改了 1 行/,
		{ timeout: 20_000 }
	);
	await a.page.reload();
	await expect(section(a.page, 'news').getByRole('link')).toHaveCount(2);
	await section(a.page, 'news').getByRole('link', { name: '家长会只通报成绩' }).click();
	await a.page.waitForURL(/\/ledgers\/problems\?room=.+&row=/);
	await openToday(a.page);
	await section(a.page, 'news').getByRole('button', { name: '看过了' }).click();
	await a.page.reload();
	await expect(a.page.getByText('眼下没有要办的事')).toBeVisible();
	await expect(section(a.page, 'news')).toHaveCount(0);
});

for (const [name, options] of [
	['on a PC', {}],
	['on a phone', phone]
] as const)
	test(`it reads well ${name}, in both languages`, async ({ desk }, info) => {
		test.setTimeout(180_000);
		const here = await desk.found();
		const b = await desk.join(here, '梁晓芸', options);
		const look = async (what: string) => {
			const picture = await b.page.screenshot({ fullPage: true });
			await info.attach(what, { body: picture, contentType: 'image/png' });
			const widest = await b.page.evaluate(() => document.documentElement.scrollWidth);
			expect(widest).toBeLessThanOrEqual(b.page.viewportSize()!.width);
		};
		await expect(b.page.getByText('眼下没有要办的事')).toBeVisible();
		await expect(b.page.getByRole('navigation').getByRole('link').first()).toHaveText('今日');
		await look('empty');
		const { page } = here;
		await addTask(page, '2023年春季学期党建工作安排', '组织全体党员开展一次专题学习并报送小结');
		await setDue(page, 5);
		await leader(page).selectOption({ label: '梁晓芸' });
		await addTask(page, '主题教育', '报送学习计划');
		await setDue(page, -12);
		await leader(page).selectOption({ label: '梁晓芸' });
		await page.getByRole('button', { name: '提交审核' }).click();
		await openProblems(page);
		await addProblem(page, '少数教师作业批改不及时，个别班级连续两周没有面批记录');
		await typeInto(page, 'responsibleId', '梁晓芸');
		await typeInto(page, 'due', await day(page, -3));
		await addProblem(page, '值班记录填写不完整，有数日空缺');
		await expect(lines(b.page, 'overdue')).toHaveCount(1);
		await expect(lines(b.page, 'soon')).toHaveCount(1);
		await expect(lines(b.page, 'acceptance')).toHaveCount(1);
		await expect(section(b.page, 'news').getByRole('link')).toHaveCount(2);
		await look('mine');
		await b.page.getByRole('radio', { name: '全支部' }).check();
		await look('branch');
		await b.page.evaluate(() => localStorage.setItem('PARAGLIDE_LOCALE', 'en'));
		await b.page.reload();
		await expect(lines(b.page, 'overdue')).toContainText('3 days overdue');
		const words = [
			'组织全体党员开展一次专题学习并报送小结',
			'2023年春季学期党建工作安排',
			'报送学习计划',
			'主题教育',
			'少数教师作业批改不及时，个别班级连续两周没有面批记录',
			'值班记录填写不完整，有数日空缺',
			'梁晓芸'
		];
		await expectEnglish(b.page, 'today', words);
		await look('branch, in English');
		await openToday(b.page);
		await expect(lines(b.page, 'acceptance')).toHaveCount(1);
		await look('mine, in English');
		await expectAccessible(b.page, 'today, in English');
	});
