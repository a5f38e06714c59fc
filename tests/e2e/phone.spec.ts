import { readFileSync } from 'node:fs';
import { badge, expect, openProblems, phone, synced, test } from './desk.ts';

const raw = readFileSync(
	new URL('../fixtures/notice/taskAssignment.raw.txt', import.meta.url),
	'utf8'
);

test('on a phone, with a thumb: join, import, fill a problem, offline', async ({ desk }) => {
	const a = await desk.found();
	const b = await desk.join(a, '梁晓芸', phone);
	const { page } = b;
	const noSideways = async () =>
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			390
		);

	await page.getByRole('link', { name: '粘贴文件' }).tap();
	await page.getByLabel('把通知全文粘贴到这里').fill(raw);
	await page.getByRole('button', { name: '整理', exact: true }).tap();
	await expect(page.getByText(/项任务 · /)).toBeVisible();
	await noSideways();
	await page.getByRole('button', { name: /^生成计划/ }).tap();
	await page.waitForURL(/\/plans\/[^/]{22}$/);
	await noSideways();

	await page.getByRole('navigation').getByRole('link', { name: '台账' }).tap();
	await page.getByRole('button', { name: '新增问题' }).first().tap();
	await page.getByLabel('具体表现').fill('家长会以通报成绩为主');
	await page.getByLabel('产生原因').fill('联系不经常');
	await noSideways();
	await page.getByRole('button', { name: '完成' }).tap();
	await expect(page.getByText('家长会以通报成绩为主')).toBeVisible();
	await openProblems(a.page);
	await expect(a.page.getByRole('grid')).toContainText('家长会以通报成绩为主');
	await synced(page, 2, 2);

	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await b.context.setOffline(true);
	await page.getByText('家长会以通报成绩为主').tap();
	await page.getByLabel('具体表现').press('End');
	await page.getByLabel('具体表现').pressSequentially('，后进学生家长反映少');
	await expect(badge(page)).toContainText('已存本机');
	await b.context.setOffline(false);
	await expect(a.page.getByRole('grid')).toContainText('，后进学生家长反映少', { timeout: 15_000 });
});

test('every control a thumb needs is big enough', async ({ desk }) => {
	const a = await desk.found(phone);
	for (const path of ['/plans', '/ledgers/problems', '/members', '/settings']) {
		await a.page.goto(path);
		await expect(a.page.getByRole('heading', { level: 1 })).toBeVisible();
		const small = await a.page.evaluate(() =>
			[...document.querySelectorAll('button, a[href], select, input:not([type=radio])')]
				.filter(
					(element) =>
						element.checkVisibility() &&
						!element.closest('.visually-hidden, .skip') &&
						!element.matches('.skip, .visually-hidden')
				)
				.map((element) => {
					const { width, height } = element.getBoundingClientRect();
					return {
						name: element.textContent?.trim() || element.getAttribute('aria-label'),
						width,
						height
					};
				})
				.filter(({ width, height }) => width > 1 && (height < 40 || width < 40))
				.map(({ name, width, height }) => `${name} ${Math.round(width)}×${Math.round(height)}`)
		);
		expect(small, path).toEqual([]);
	}
});
