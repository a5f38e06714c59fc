import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
	appIsKept,
	badge,
	cell,
	expect,
	expectAccessible,
	keepsApp,
	openProblems,
	phone,
	test,
	type Person
} from './desk.ts';

const HEADER = ['序号', '方面', '具体表现', '问题来源', '责任人', '整改时限'];

/** Six problems; the odd ones are of the first aspect and long overdue. */
async function fill({ page }: Person) {
	await openProblems(page);
	const rows = Array.from({ length: 6 }, (_, i) =>
		[i + 1, i % 2 ? '浮' : '虚', `第${i + 1}条表现`, '自查', '周敬宁', i % 2 ? '' : '2023-03-15']
			.map(String)
			.join('\t')
	);
	await page.evaluate(
		(text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', text);
			document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
		},
		[HEADER.join('\t'), ...rows].join('\r\n')
	);
	await expect(page.getByText('共 6 条')).toBeVisible();
}

test('a shared view by the keyboard alone: asked, saved, bookmarked, seen by a colleague', async ({
	desk
}) => {
	const a = await desk.found();
	await fill(a);
	const { page } = a;
	const press = async (...keys: string[]) => {
		for (const key of keys) await page.keyboard.press(key);
	};
	await page.getByRole('button', { name: '筛选', exact: true }).focus();
	await press('Enter');
	await expect(page.getByRole('dialog', { name: '筛选' })).toBeFocused();
	await press('Tab', 'Tab', 'Enter');
	const field = page.getByLabel('第 1 个条件的列');
	await field.focus();
	await field.selectOption('due');
	await expect(page.getByText('3 / 6 条').first()).toBeVisible();
	await expectAccessible(page, 'filters');
	await press('Escape');
	await expect(page.getByRole('button', { name: '筛选 1' })).toBeFocused();
	await page.getByRole('button', { name: '排序分组' }).focus();
	await press('Enter');
	for (const column of ['due', 'aspect']) await page.getByLabel('添加排序').selectOption(column);
	await page.getByRole('button', { name: '调整“方面”的顺序' }).focus();
	await press('ArrowUp');
	await expect(page.getByRole('list', { name: '各级排序' }).getByRole('listitem')).toContainText([
		'方面',
		'整改时限'
	]);
	await press('Escape');
	await page.getByRole('button', { name: '另存' }).focus();
	await press('Enter');
	await page.keyboard.type('逾期的');
	await page.getByRole('radio', { name: '全支部' }).focus();
	await press('Space', 'Enter');
	await page.waitForURL(/view=/);
	const address = page.url();

	const b = await desk.join(a, '梁晓芸');
	await b.page.goto(address);
	await expect(b.page.getByRole('button', { name: '视图：逾期的' })).toBeVisible();
	await expect(b.page.getByText('3 / 6 条')).toBeVisible();
	await b.page.getByRole('button', { name: /^去掉条件：整改时限/ }).click();
	await expect(b.page.getByText('视图有改动')).toBeVisible();
	await b.page.getByRole('button', { name: '放弃改动' }).click();
	await expect(b.page.getByText('3 / 6 条')).toBeVisible();
});

test('many rows at once: what is lacking is said, one field is written, all are confirmed', async ({
	desk
}) => {
	const { page, ...rest } = await desk.found();
	await fill({ page, ...rest });
	await cell(page, 2, 'aspect').click();
	await cell(page, 4, 'manifestation').click({ modifiers: ['Shift'] });
	await expect(page.getByText('已选 9 格 · 3 行 · 6 格有内容')).toBeVisible();
	await page.getByRole('button', { name: '提交 3' }).click();
	await page.getByRole('button', { name: '提交 3 条' }).click();
	await page.getByRole('button', { name: '认定 0' }).click();
	await expect(page.getByText('3 条缺少“层面”')).toBeVisible();
	await expectAccessible(page, 'a step for many rows');
	await page.getByRole('button', { name: '取消' }).click();
	await page.getByRole('button', { name: '批量修改' }).click();
	await page.getByLabel('改哪一列').selectOption('level');
	await page.getByLabel('改为', { exact: true }).selectOption('branch');
	await page.getByRole('button', { name: '修改 3 行' }).click();
	await page.getByRole('button', { name: '认定 3' }).click();
	await page.getByRole('button', { name: '认定 3 条' }).click();
	await expect(cell(page, 3, 'status')).toContainText('待整改');
	await page.getByRole('button', { name: '撤回' }).click();
	await expect(cell(page, 3, 'status')).toContainText('待核实');
});

test('found words are replaced in one step', async ({ desk }) => {
	const { page, ...rest } = await desk.found();
	await fill({ page, ...rest });
	await cell(page, 1, 'manifestation').click();
	await page.keyboard.press('Control+h');
	await page.getByLabel('查找内容').fill('表现');
	await page.getByLabel('替换为').fill('情形');
	await page.getByRole('button', { name: '全部替换' }).click();
	await expect(cell(page, 6, 'manifestation')).toHaveText('第6条情形');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+z');
	await expect(cell(page, 1, 'manifestation')).toHaveText('第1条表现');
	await expect(cell(page, 6, 'manifestation')).toHaveText('第6条表现');
});

test('a column of the branch: made, moved with the mouse, put away and back with its words', async ({
	desk
}) => {
	const { page, ...rest } = await desk.found();
	await fill({ page, ...rest });
	await page.getByRole('button', { name: '列', exact: true }).click();
	await page.getByRole('button', { name: '新建列' }).click();
	await page.getByLabel('列名').fill('年级');
	await page.getByRole('button', { name: '建好' }).click();
	const handle = page.getByRole('button', { name: '调整“年级”的顺序' });
	await handle.scrollIntoViewIfNeeded();
	const from = (await handle.boundingBox())!;
	const to = (await page.getByRole('button', { name: '调整“具体表现”的顺序' }).boundingBox())!;
	await page.mouse.move(from.x + 8, from.y + 8);
	await page.mouse.down();
	await page.mouse.move(to.x + 8, to.y + 20, { steps: 5 });
	await page.mouse.move(to.x + 8, to.y + 2, { steps: 3 });
	await page.mouse.up();
	await page.keyboard.press('Escape');
	const own = page.locator('[role=row][aria-rowindex="2"] [id*="-own:"]');
	await own.click();
	await page.keyboard.type('三年级');
	await page.keyboard.press('Enter');
	await expect(own).toHaveText('三年级');
	const heads = page.getByRole('columnheader');
	const titles = (await heads.allInnerTexts()).map((title) => title.trim());
	expect(titles.indexOf('年级')).toBe(titles.indexOf('具体表现') - 1);
	await page.getByRole('button', { name: '列', exact: true }).click();
	await page.getByRole('button', { name: '修改“年级”列' }).click();
	await page.getByRole('button', { name: '收起这一列' }).click();
	await expect(own).toHaveCount(0);
	await page.getByRole('button', { name: '恢复“年级”列' }).click();
	await expect(own).toHaveText('三年级');
});

test('a column of files: made, filled without a network, and read at a colleague’s', async ({
	desk
}) => {
	const a = await desk.found(keepsApp);
	const b = await desk.join(a, '梁晓芸');
	await fill(a);
	await a.page.getByRole('button', { name: '列', exact: true }).click();
	await a.page.getByRole('button', { name: '新建列' }).click();
	await a.page.getByLabel('列名').fill('会议材料');
	await a.page.getByLabel('填什么').selectOption('files');
	await a.page.getByRole('button', { name: '建好' }).click();
	await a.page.keyboard.press('Escape');
	const own = (page: Page) => page.locator('[role=row][aria-rowindex="2"] [id*="-own:"]');
	const open = (page: Page) =>
		page.locator('[role=row][aria-rowindex="2"] [data-rowheader]').dblclick();
	const files = (page: Page) =>
		page.locator('dialog.drawer').getByRole('group', { name: '会议材料' });
	await expect(own(a.page)).toHaveText('');

	await appIsKept(a.page);
	await a.context.setOffline(true);
	await expect(badge(a.page)).toContainText('离线');
	await open(a.page);
	const minutes = Buffer.from('%PDF-1.4 会议纪要');
	await files(a.page)
		.locator('input[type=file]')
		.first()
		.setInputFiles([
			{ name: '会议纪要.pdf', mimeType: 'application/pdf', buffer: minutes },
			{ name: '名单.txt', mimeType: 'text/plain', buffer: Buffer.from('周敬宁') }
		]);
	const kept = files(a.page).getByRole('listitem').filter({ hasText: '已存本机 · 待上传' });
	await expect(kept).toHaveCount(2);
	await a.page.getByRole('button', { name: '完成' }).click();
	for (const name of ['会议纪要.pdf', '名单.txt']) await expect(own(a.page)).toContainText(name);

	await a.context.setOffline(false);
	await openProblems(b.page);
	for (const name of ['会议纪要.pdf', '名单.txt'])
		await expect(own(b.page)).toContainText(name, { timeout: 20_000 });
	await open(b.page);
	await expect(files(b.page).getByRole('listitem')).toHaveCount(2);
	const evidence = b.page.locator('dialog.drawer').getByRole('group', { name: '印证资料' });
	await expect(evidence.getByRole('listitem')).toHaveCount(0);
	await expect(files(a.page)).toBeHidden();
	await open(a.page);
	await expect(files(a.page).getByText('已上传')).toHaveCount(2, { timeout: 30_000 });
	const download = b.page.waitForEvent('download');
	await files(b.page).getByRole('button', { name: '保存“会议纪要.pdf”到本机' }).click();
	expect(readFileSync(await (await download).path())).toEqual(minutes);
});

test('on a phone filters are a sheet and their words can be read', async ({ desk }) => {
	const { page, ...rest } = await desk.found(phone);
	await fill({ page, ...rest });
	await page.getByRole('button', { name: '筛选', exact: true }).tap();
	await page.getByRole('button', { name: '添加条件' }).tap();
	await page.getByRole('checkbox', { name: '草稿' }).tap();
	await expectAccessible(page, 'filters on a phone');
	await page.getByRole('dialog').getByRole('button', { name: '关闭' }).first().tap();
	await expect(page.getByText('状态：草稿')).toBeVisible();
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(wide).toBeLessThanOrEqual(390);
	await page.getByRole('button', { name: '去掉条件：状态：草稿' }).tap();
	await expect(page.getByText('状态：草稿')).toHaveCount(0);
});
