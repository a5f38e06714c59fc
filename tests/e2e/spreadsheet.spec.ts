import { cell, expect, openProblems, synced, test } from './desk.ts';

const HEADER = [
	'序号',
	'方面',
	'对应问题表现(第几项)',
	'具体表现',
	'问题来源',
	'产生原因',
	'责任领导',
	'责任人',
	'备注'
];

/** What Excel puts on the clipboard: tabs, and quotes around cells with line breaks in them. */
function sheet(rows: number): string {
	const lines = Array.from({ length: rows }, (_, i) =>
		[
			`${i + 1}`,
			'实',
			'14',
			`第${i + 1}条表现`,
			'自查',
			i === 0 ? '"一是\n二是"' : `原因${i + 1}`,
			'周敬宁',
			'周敬宁',
			''
		].join('\t')
	);
	return [HEADER.join('\t'), ...lines].join('\r\n');
}

test('200 rows copied from a spreadsheet: 200 rows, one undo step', async ({ desk }) => {
	const a = await desk.found();
	const b = await desk.join(a, '梁晓芸');
	await openProblems(b.page);
	await openProblems(a.page);
	await a.page.getByRole('button', { name: '从 Excel、WPS 粘贴' }).click();
	const target = a.page.getByLabel('在这里粘贴');
	await target.focus();
	await a.page.evaluate((text) => navigator.clipboard.writeText(text), sheet(200));
	await a.page.keyboard.press('Control+v');
	await a.page.getByRole('button', { name: '粘贴 200 行' }).click();
	await expect(a.page.getByText('共 200 条')).toBeVisible();
	await expect(a.page.getByText('已粘贴 200 行')).toBeVisible();
	await expect(cell(a.page, 1, 'manifestation')).toHaveText('第1条表现');
	await expect(cell(a.page, 1, 'rootCause')).toContainText('二是');
	await expect(cell(a.page, 1, 'responsibleId')).toContainText('周敬宁');
	await expect(b.page.getByText('共 200 条')).toBeVisible();
	await a.page.getByRole('button', { name: '撤销' }).first().click();
	await expect(a.page.getByText('还没有问题').first()).toBeVisible();
	await expect(b.page.getByText('还没有问题').first()).toBeVisible();
	await a.page.getByRole('button', { name: '重做' }).click();
	await expect(a.page.getByText('共 200 条')).toBeVisible();
	await synced(a.page, 2, 2);
});

test('a range is copied out as a block and laid down over other cells', async ({ desk }) => {
	const a = await desk.found();
	await openProblems(a.page);
	await a.page.evaluate((text) => navigator.clipboard.writeText(text), sheet(5));
	await a.page.getByRole('button', { name: '从 Excel、WPS 粘贴' }).click();
	await a.page.getByLabel('在这里粘贴').focus();
	await a.page.keyboard.press('Control+v');
	await a.page.getByRole('button', { name: '粘贴 5 行' }).click();
	await cell(a.page, 2, 'manifestation').click();
	await a.page.keyboard.press('Shift+ArrowDown');
	await a.page.keyboard.press('Control+c');
	expect(await a.page.evaluate(() => navigator.clipboard.readText())).toBe(
		'第2条表现\r\n第3条表现'
	);
	await cell(a.page, 4, 'manifestation').click();
	await a.page.keyboard.press('Control+v');
	await expect(cell(a.page, 5, 'manifestation')).toHaveText('第3条表现');
	await expect(a.page.getByText('共 5 条')).toBeVisible();
});

test('trash, restore, sort and filter', async ({ desk }) => {
	const a = await desk.found();
	await openProblems(a.page);
	await a.page.evaluate((text) => navigator.clipboard.writeText(text), sheet(12));
	await a.page.getByRole('button', { name: '从 Excel、WPS 粘贴' }).click();
	await a.page.getByLabel('在这里粘贴').focus();
	await a.page.keyboard.press('Control+v');
	await a.page.getByRole('button', { name: '粘贴 12 行' }).click();
	await a.page.getByPlaceholder('查找具体表现、原因、姓名…').fill('第12条');
	await expect(a.page.getByText('1 / 12 条')).toBeVisible();
	await a.page.getByPlaceholder('查找具体表现、原因、姓名…').fill('');
	await a.page.getByRole('columnheader', { name: '产生原因' }).getByRole('button').first().click();
	await expect(cell(a.page, 2, 'rootCause')).toHaveText('原因2');
	await a.page
		.locator('[role=row][aria-rowindex="3"] [data-rowheader]')
		.click({ position: { x: 40, y: 12 } });
	await a.page.keyboard.press('Delete');
	await expect(a.page.getByText(/已把 1 条移到回收站/)).toBeVisible();
	await expect(a.page.getByText('共 11 条')).toBeVisible();
	await a.page.getByRole('button', { name: '回收站' }).click();
	await a.page.getByRole('button', { name: '恢复' }).first().click();
	await expect(a.page.getByRole('dialog', { name: '回收站' })).toBeFocused();
	await a.page.keyboard.press('Escape');
	await expect(a.page.getByText('共 12 条')).toBeVisible();
});

test('columns and fills by keyboard and menu', async ({ desk }) => {
	const a = await desk.found();
	const { page } = a;
	await openProblems(page);
	await page.evaluate((text) => navigator.clipboard.writeText(text), sheet(4));
	await page.getByRole('button', { name: '从 Excel、WPS 粘贴' }).click();
	await page.getByLabel('在这里粘贴').focus();
	await page.keyboard.press('Control+v');
	await page.getByRole('button', { name: '粘贴 4 行' }).click();

	await cell(page, 1, 'manifestation').click();
	await page.keyboard.press('Shift+ArrowDown');
	await page.keyboard.press('Control+d');
	await expect(cell(page, 2, 'manifestation')).toHaveText('第1条表现');
	await page.keyboard.press('Control+z');
	await expect(cell(page, 2, 'manifestation')).toHaveText('第2条表现');

	await page.keyboard.press('Control+Space');
	await expect(cell(page, 4, 'manifestation')).toHaveAttribute('aria-selected', 'true');
	await expect(cell(page, 4, 'rootCause')).toHaveAttribute('aria-selected', 'false');

	const head = page.getByRole('columnheader', { name: '产生原因' });
	await cell(page, 1, 'rootCause').click();
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Alt+ArrowDown');
	await page.getByRole('menuitem', { name: '按本列降序' }).click();
	await expect(head).toHaveAttribute('aria-sort', 'descending');
	await page.keyboard.press('Enter');
	await expect(head).not.toHaveAttribute('aria-sort', /./);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Delete');
	await expect(cell(page, 1, 'rootCause')).toHaveText('');
});

test('a paste looked at and given up can be pasted again, and leads to its rows', async ({
	desk
}) => {
	const { page } = await desk.found();
	await openProblems(page);
	const rows = [HEADER.join('\t'), `1\t实\t14\t第1条表现\t自查\t原因\t查无此人\t周敬宁\t`];
	await page.evaluate((text) => navigator.clipboard.writeText(text), rows.join('\r\n'));
	const preview = page.getByRole('dialog', { name: '粘贴表格' });
	for (const leave of ['Escape', 'Escape']) {
		await page.keyboard.press('Control+v');
		await expect(preview.getByText('责任领导：查无此人')).toBeVisible();
		await page.keyboard.press(leave);
		await expect(preview).toBeHidden();
	}
	await page.keyboard.press('Control+v');
	await expect(preview.getByRole('button', { name: '粘贴 1 行' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByText('共 1 条')).toBeVisible();
	await page.keyboard.type('改过的表现');
	await page.keyboard.press('Enter');
	await expect(cell(page, 1, 'manifestation')).toHaveText('改过的表现');
});

test('sorting never adds rows to what is selected', async ({ desk }) => {
	const { page } = await desk.found();
	await openProblems(page);
	const rows = ['原因5', '原因1', '原因9', '原因2', '原因8'].map((cause) => `表现\t自查\t${cause}`);
	const text = ['具体表现\t问题来源\t产生原因', ...rows].join('\r\n');
	await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
	await page.keyboard.press('Control+v');
	await expect(page.getByText('共 5 条')).toBeVisible();
	await cell(page, 2, 'manifestation').click();
	await cell(page, 3, 'rootCause').click({ modifiers: ['Shift'] });
	await expect(page.getByText(/^已选 6 格 · 2 行/)).toBeVisible();
	const head = page.getByRole('columnheader', { name: '产生原因' });
	// All the others come between the two.
	await head.getByRole('button').first().click();
	await expect(page.getByText(/^已选/)).toBeHidden();
	await expect(page.getByRole('button', { name: '移到回收站' })).toBeHidden();
});
