/** The three ledgers as a committee runs them: scenarios S3 and S4 of the domain notes. */
import {
	cell,
	expect,
	expectAccessible,
	keepsApp,
	openProblems,
	test,
	type Person
} from './desk.ts';
import { relayWords, storedWords } from './kept.ts';

const sixProblems = [
	'课后服务以看管写作业为主，三至四年级无社团课',
	'食堂陪餐记录2月有3天未填，留样标签缺时间',
	'第二党小组会议记录未写请假人员和讨论要点',
	'家长会以通报成绩为主',
	'青年教师承担材料任务较多，备课时间被挤占',
	'学习以抄笔记为主，联系本职工作少'
];

async function pasteProblems({ page }: Person, rows: readonly string[]) {
	await openProblems(page);
	await page.evaluate(
		(text) => navigator.clipboard.writeText(text),
		['序号\t具体表现', ...rows.map((words, at) => `${at + 1}\t${words}`)].join('\n')
	);
	await page.keyboard.press('Control+v');
	await expect(page.getByText(`共 ${rows.length} 条`)).toBeVisible();
}

const rowsOf = ({ page }: Person) =>
	page
		.locator('[role=row] [id$="-manifestation"]')
		.evaluateAll((cells) => cells.map((one) => (one.textContent ?? '').trim()));

test('S4 the committee co-edits the problem list: typing, an input method, a row added offline', async ({
	desk
}) => {
	const a = await desk.found();
	const b = await desk.join(a, '梁晓芸');
	const [c, d] = await desk.joinAll(a, ['潘志远', '许国平'], keepsApp);
	await pasteProblems(a, sixProblems);
	for (const person of [b, c, d]) {
		await openProblems(person.page);
		await expect(person.page.getByText('共 6 条')).toBeVisible();
	}

	await d.context.setOffline(true);
	await d.page.getByRole('button', { name: '新增问题' }).first().click();
	await d.page.keyboard.type('操场器材检修记录不全');
	await d.page.keyboard.press('Escape');

	await cell(b.page, 1, 'manifestation').click();
	await b.page.keyboard.press('Enter');
	await b.page.keyboard.press('End');
	await cell(c.page, 1, 'rootCause').click();
	await c.page.keyboard.press('Enter');
	const ime = await c.context.newCDPSession(c.page);
	const compose = (text: string) =>
		ime.send('Input.imeSetComposition', {
			text,
			selectionStart: text.length,
			selectionEnd: text.length
		});
	const field = c.page.locator('textarea:focus');
	for (const step of ['t', 'to', 'tong', "tong'ch", "tong'chou"]) {
		await compose(step);
		await b.page.keyboard.type('，');
		await expect(field).toHaveValue(step);
	}
	await ime.send('Input.insertText', { text: '统筹不够' });
	await expect(c.page.getByRole('grid').getByText('梁晓芸').first()).toBeVisible();

	await d.context.setOffline(false);
	for (const { page } of [a, b, c, d]) {
		await expect(page.getByText('共 7 条')).toBeVisible({ timeout: 15_000 });
		await expect(cell(page, 7, 'manifestation')).toContainText('操场器材检修记录不全');
		await expect(cell(page, 1, 'rootCause')).toContainText('统筹不够');
		await expect(cell(page, 1, 'manifestation')).toContainText('社团课，，，，，');
	}
	await b.page.keyboard.press('Escape');
	await c.page.keyboard.press('Escape');
	const order = await rowsOf(a);
	for (const person of [b, c, d]) await expect.poll(() => rowsOf(person)).toEqual(order);

	// Two people add a row at once, both without a network: both stay, and their codes differ.
	for (const { context } of [c, d]) await context.setOffline(true);
	for (const person of [c, d]) {
		await person.page.getByRole('button', { name: '新增问题' }).first().click();
		await person.page.keyboard.type(`${person.name}新加`);
		await person.page.keyboard.press('Escape');
	}
	for (const { context } of [c, d]) await context.setOffline(false);
	await expect(a.page.getByText('共 9 条')).toBeVisible({ timeout: 15_000 });
	const codes: string[] = [];
	for (const words of ['潘志远新加', '许国平新加']) {
		await a.page
			.locator('[role=row]')
			.filter({ hasText: words })
			.locator('[data-rowheader]')
			.dblclick();
		codes.push(await a.page.getByRole('dialog').getByRole('heading').first().innerText());
		await a.page.getByRole('button', { name: '完成' }).click();
	}
	expect(codes[0]).toMatch(/^WT-\d{4}-008/);
	expect(codes[1]).toMatch(/^WT-\d{4}-008/);
	expect(codes[0]).not.toBe(codes[1]);
});

test('S3 a batch from talks enters the list without its source', async ({ desk }) => {
	const a = await desk.found();
	await pasteProblems(a, sixProblems.slice(0, 1));
	const { page } = a;
	await page.getByRole('main').getByRole('button', { name: '更多' }).click();
	await page.getByRole('menuitem', { name: '从谈心谈话转入…' }).click();
	const dialog = page.getByRole('dialog', { name: '从谈心谈话转入问题' });
	await expectAccessible(page, 'batch');

	await dialog.getByLabel('来自几位同志').fill('2');
	await expect(dialog.getByText(/来源可能被推断/)).toBeVisible();
	await dialog.getByLabel('来自几位同志').fill('3');
	await expect(dialog.getByText(/来源可能被推断/)).toBeHidden();

	const words = dialog.getByLabel('具体表现');
	// Written, thought over, and written anew: none of this may be found anywhere afterwards.
	await words.fill('周敬宁3月15日说“对岗位调整有顾虑绝密原话”');
	await expect(dialog.getByText(/可能指向来源/).first()).toContainText('周敬宁');
	await words.fill('家长会以通报成绩为主，后进学生家长反映得不到个别沟通');
	await dialog.getByLabel('意见征集').check();
	const publish = dialog.getByRole('button', { name: '转入 1 条' });
	await expect(publish).toBeDisabled();
	for (const check of await dialog
		.getByRole('group', { name: '转入前请逐条核对' })
		.getByRole('checkbox')
		.all())
		await check.check();
	await publish.click();
	await expect(cell(page, 2, 'manifestation')).toContainText('得不到个别沟通');
	await expect(cell(page, 2, 'sources')).toHaveText('谈心谈话、意见征集');
	await expect.poll(() => badgeText(page)).toMatch(/已送达|已同步/);

	const secret = ['对岗位调整有顾虑', '绝密原话'];
	const onDevice = await storedWords(page);
	const onRelay = relayWords(desk);
	expect(onRelay.length).toBeGreaterThan(0);
	for (const word of secret) {
		expect(onDevice).not.toContain(word);
		expect(onRelay).not.toContain(word);
	}
	// The readable document itself, as a backup or an export of it would hold it.
	await page.getByRole('main').getByRole('button', { name: '更多' }).click();
	await page.getByRole('menuitem', { name: /复制全部/ }).click();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toContain('得不到个别沟通');
	for (const word of secret) expect(copied).not.toContain(word);
});

const badgeText = (page: Person['page']) =>
	page
		.locator('header')
		.getByRole('button')
		.filter({ hasText: /已存本机|已送达|已同步|正在保存|离线/ })
		.innerText();
