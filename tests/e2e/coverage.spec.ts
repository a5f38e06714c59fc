/** 三必谈: who must talk with whom, who has, who is left; on two devices at once. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectEnglish, openPerson, phone, test } from './desk.ts';
import {
	members,
	everybody,
	pasteRegister,
	setDay,
	startCampaign,
	cell,
	total,
	figure
} from './branch.ts';

async function noteHeld(page: Page, row: string, column: string, day: string, signed = true) {
	await cell(page, row, column).click();
	const panel = page.getByRole('dialog', { name: `${column} 与 ${row}` });
	await panel.getByLabel(/^(谈话人|与谁谈的)$/).selectOption({ label: column });
	await panel.getByLabel('谈话日期').fill(day);
	if (!signed) await panel.getByLabel('双方已在纸上签字').uncheck();
	await panel.getByRole('button', { name: '登记', exact: true }).click();
	await expect(panel).toBeHidden();
	await expect(cell(page, row, column)).toHaveAccessibleName(
		new RegExp(signed ? '：已谈，已签字$' : '：已谈，待签字$')
	);
}

const team = ['周敬宁', '何书平', '梁晓芸', '潘国栋', '许明'];

test('S6 75 %, who is left by group, a waiver that lowers the base, overdue, a form without content', async ({
	desk
}) => {
	test.setTimeout(300_000);
	const a = await desk.found();
	const b = await desk.join(a, '梁晓芸');
	await a.page.goto('/talks/coverage');
	await expect(a.page.getByText('先标出班子成员')).toBeVisible();
	await expectAccessible(a.page, 'coverage without a team');
	await pasteRegister(a);
	for (const { context } of [a, b]) await setDay(context, '2023-03-27');
	await startCampaign(a.page);
	await b.page.goto('/talks/coverage');
	await expect(figure(b.page, 'total')).toHaveText('0/28', { timeout: 15_000 });

	for (const name of team.slice(1)) await noteHeld(a.page, name, '周敬宁', '3.15');
	await noteHeld(a.page, '梁晓芸', '何书平', '3.20');
	await noteHeld(a.page, '潘国栋', '何书平', '3.20');
	await noteHeld(a.page, '许明', '何书平', '3.21');
	await noteHeld(a.page, '潘国栋', '梁晓芸', '3.22');
	await noteHeld(a.page, '许明', '潘国栋', '3.22', false);
	for (const [at, name] of members.slice(0, 12).entries())
		await noteHeld(a.page, name, team[at % 5]!, '3.27');

	for (const { page } of [a, b]) {
		await expect(figure(page, 'total')).toHaveText('21/28', { timeout: 15_000 });
		await expect(total(page)).toContainText('75%');
		await expect(figure(page, 'P1')).toHaveText('4/4');
		await expect(figure(page, 'P2')).toHaveText('5/6');
		await expect(figure(page, 'P3')).toHaveText('12/18');
		await expect(total(page)).toContainText('应谈 28，已谈 21，其中 1 待签字，还差 7，免谈 0');
	}
	await expect(cell(b.page, '许明', '潘国栋')).toHaveAccessibleName('潘国栋 与 许明：已谈，待签字');
	await expect(cell(b.page, '许明', '梁晓芸')).toHaveAccessibleName('梁晓芸 与 许明：还没谈');
	await expectAccessible(b.page, 'coverage');

	await a.page.getByRole('button', { name: '按党小组分配…' }).click();
	const assign = a.page.getByRole('dialog', { name: '按党小组分配' });
	await expectAccessible(a.page, 'assigning by group');
	await assign.getByLabel('第一党小组（2 位没谈）').selectOption({ label: '何书平' });
	await assign.getByLabel('第二党小组（2 位没谈）').selectOption({ label: '梁晓芸' });
	await assign.getByLabel('第三党小组（2 位没谈）').selectOption({ label: '潘国栋' });
	await assign.getByRole('button', { name: '分配', exact: true }).click();
	const card = (page: Page, name: string) =>
		page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
	for (const { page } of [a, b]) {
		await expect(card(page, '何书平')).toContainText('张千', { timeout: 15_000 });
		await expect(card(page, '何书平')).toContainText('赵京');
		await expect(card(page, '潘国栋')).toContainText('林兆');
		await expect(page.getByRole('button', { name: /张千/ })).not.toContainText('建议');
	}

	await card(b.page, '何书平').getByRole('button', { name: '提醒文字' }).click();
	await expect(b.page.getByLabel('文字', { exact: true })).toHaveValue(
		'何书平同志：截至3月27日，您还有2位同志没有谈：张千、赵京。请在3月31日前谈完，谈后及时登记。'
	);
	await b.page.getByRole('button', { name: '复制' }).click();
	expect(await b.page.evaluate(() => navigator.clipboard.readText())).toContain('张千、赵京');

	for (const { context, page } of [a, b]) {
		await setDay(context, '2023-03-31');
		await page.reload();
	}
	await noteHeld(b.page, '许明', '梁晓芸', '3.28');
	await noteHeld(b.page, '张千', '何书平', '3.30');
	await noteHeld(b.page, '陈亿', '梁晓芸', '3.30');
	await noteHeld(b.page, '林兆', '潘国栋', '3.31');
	await noteHeld(b.page, '赵京', '何书平', '3.31');
	await expect(figure(a.page, 'total')).toHaveText('26/28', { timeout: 15_000 });
	await expect(a.page.getByText('今天截止')).toBeVisible();

	await cell(a.page, '郭垓', '周敬宁').click();
	const panel = a.page.getByRole('dialog', { name: '周敬宁 与 郭垓' });
	await expectAccessible(a.page, 'a talk');
	await panel.getByRole('radio', { name: '长期病假' }).check();
	await panel.getByRole('button', { name: '免谈' }).click();
	for (const { page } of [a, b]) {
		await expect(figure(page, 'total')).toHaveText('26/27', { timeout: 15_000 });
		await expect(cell(page, '郭垓', '许明')).toHaveAccessibleName('许明 与 郭垓：免谈（长期病假）');
	}

	await setDay(a.context, '2023-04-01');
	await a.page.reload();
	await expect(a.page.getByText('已逾期 1 天')).toBeVisible();
	await expect(total(a.page)).toContainText('还差 1');

	await a.page.getByRole('button', { name: '统计表…' }).click();
	const exporting = a.page.getByRole('dialog', { name: '导出谈心谈话统计表' });
	await exporting.getByRole('radio', { name: 'CSV' }).check();
	const download = a.page.waitForEvent('download');
	await exporting.getByRole('button', { name: /26/ }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('城东实验小学党支部谈心谈话统计表.csv');
	const text = await readFile(await file.path(), 'utf8');
	expect(text.trim().split('\n').length).toBe(27);
	expect(text).toContain('序号,谈话人,谈话对象,类型（三必谈）,时间,是否签字');
	expect(text).not.toMatch(/病假|免谈|郭垓/);
	await b.page.getByRole('main').getByRole('button', { name: '更多' }).click();
	await b.page.getByRole('menuitem', { name: '导出记录' }).click();
	await expect(b.page.getByText(/“3月三必谈”统计表，.*26 行/)).toBeVisible({ timeout: 15_000 });
});

test('the table is walked through with the keyboard, and what is done there can be undone', async ({
	desk
}) => {
	const a = await desk.found();
	await pasteRegister(a);
	const { page } = a;
	await setDay(a.context, '2023-03-15');
	await startCampaign(page);
	await cell(page, '何书平', '周敬宁').focus();
	await page.keyboard.press('ArrowDown');
	await expect(cell(page, '梁晓芸', '周敬宁')).toBeFocused();
	await page.keyboard.press('ArrowRight');
	await expect(cell(page, '梁晓芸', '何书平')).toBeFocused();
	await page.keyboard.press('ArrowRight');
	await expect(cell(page, '梁晓芸', '何书平')).toBeFocused();
	await page.keyboard.press('Control+End');
	await expect(cell(page, '蒋秭', '许明')).toBeFocused();
	await page.keyboard.press('Enter');
	const panel = page.getByRole('dialog', { name: '许明 与 蒋秭' });
	await expect(panel).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(panel).toBeHidden();
	await expect(cell(page, '蒋秭', '许明')).toBeFocused();

	await page.keyboard.press('Enter');
	await panel.getByLabel('谈话日期').fill('明天');
	await panel.getByRole('button', { name: '登记', exact: true }).click();
	await expect(panel.getByText('不能登记以后的日期')).toBeVisible();
	await expect(figure(page, 'P3')).toHaveText('0/18');
	await panel.getByLabel('谈话日期').fill('今天');
	await panel.getByRole('button', { name: '登记', exact: true }).click();
	await expect(figure(page, 'P3')).toHaveText('1/18');
	await page.getByRole('button', { name: '撤销' }).click();
	await expect(figure(page, 'P3')).toHaveText('0/18');

	await page.getByRole('button', { name: '按建议全部分配' }).click();
	await expect(page.getByText('建议', { exact: true })).toHaveCount(0);
	await page.getByRole('button', { name: '撤销' }).last().click();
	await expect(page.getByText('建议', { exact: true })).toHaveCount(28);

	await cell(page, '马双', '周敬宁').click();
	await page
		.getByRole('dialog', { name: '周敬宁 与 马双' })
		.getByRole('link', { name: '开始谈话' })
		.click();
	const people = page.getByRole('dialog', { name: '和谁谈' }).getByRole('listitem');
	await expect(people).toHaveText(/马双/);
	// Asked once: whoever comes back to this address is not asked again.
	await expect(page).toHaveURL(/\/talks$/);
	await page.keyboard.press('Escape');

	const left = await openPerson(page, '蒋秭');
	await left.getByRole('button', { name: '记为已离开支部' }).click();
	await page.goto('/talks/coverage');
	await expect(figure(page, 'total')).toHaveText('0/27');
});

test('a branch’s own rules, and an ended campaign that keeps its people', async ({ desk }) => {
	const a = await desk.found();
	await pasteRegister(a);
	const { page } = a;
	await setDay(a.context, '2023-03-15');
	await startCampaign(page);
	await page.getByRole('main').getByRole('button', { name: '更多' }).click();
	await page.getByRole('menuitem', { name: '修改活动' }).click();
	const dialog = page.getByRole('dialog', { name: '修改谈话活动' });
	await dialog.getByText('自定义').click();
	await dialog.getByRole('button', { name: '删去第 1 条' }).click();
	await expect(dialog.getByText('应谈 24')).toBeVisible();
	await dialog.getByRole('button', { name: '加一条要求' }).click();
	await expect(dialog.getByText('应谈 47')).toBeVisible();
	await expectAccessible(page, 'own rules');
	await dialog.getByRole('button', { name: '保存' }).click();
	await expect(figure(page, 'total')).toHaveText('0/47');
	await page.getByRole('main').getByRole('button', { name: '更多' }).click();
	await page.getByRole('menuitem', { name: '结束活动' }).click();
	await expect(page.getByText('已结束', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: '按党小组分配…' })).toHaveCount(0);
	await page.reload();
	await expect(page.getByText(/应谈人员按当天的名单算/)).toBeVisible();
});

test('on a phone it is a list by talker, and an observer sees and changes nothing', async ({
	desk
}) => {
	const a = await desk.found();
	await pasteRegister(a);
	await setDay(a.context, '2023-03-15');
	await startCampaign(a.page);
	await noteHeld(a.page, '丁一', '潘国栋', '3.14');
	const link = await desk.invitation(a, { role: 'observer' });
	const { page } = await desk.person('观察员', phone);
	await page.goto(link);
	await page.getByLabel('你的姓名').fill('钱来');
	await page.getByRole('button', { name: '加入', exact: true }).click();
	await page.waitForURL('**/today');
	await page.goto('/talks/coverage');
	await expect(figure(page, 'total')).toHaveText('1/28', { timeout: 15_000 });
	await expect(page.getByText('观察员可以查看，不能登记和修改。')).toBeVisible();
	await expect(page.getByRole('grid')).toHaveCount(0);
	await page.getByText(/^潘国栋：已谈 1/).click();
	await page.getByRole('button', { name: /^丁一/ }).click();
	const sheet = page.getByRole('dialog', { name: '丁一' });
	await expect(sheet).toContainText('潘国栋—丁一');
	await expect(sheet.getByRole('button', { name: /登记|免谈|撤销/ })).toHaveCount(0);
	await expectAccessible(page, 'coverage on a phone');
	await page.keyboard.press('Escape');
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(overflow).toBe(0);
	await page.evaluate(() => localStorage.setItem('PARAGLIDE_LOCALE', 'en'));
	await page.reload();
	await expect(page.getByText('By talker')).toBeVisible();
	await expectEnglish(page, 'coverage', [
		...everybody,
		...['3月三必谈', '第一党小组', '第二党小组', '第三党小组', '钱来']
	]);
});
