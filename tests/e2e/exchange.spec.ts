import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { cell, expect, expectAccessible, openProblems, test } from './desk.ts';

/** Made by LibreOffice: a merged header of two rows, real dates, a column our form does not have. */
const workbook = new URL(
	'../../src/lib/features/sheets/model/fixtures/rectification.xlsx',
	import.meta.url
).pathname;

const dialog = (page: Page) => page.getByRole('dialog');

async function fromMenu(page: Page, item: string) {
	await page.getByRole('button', { name: '更多', exact: true }).click();
	await page.getByRole('menuitem', { name: item }).click();
}

async function exportAs(page: Page, format: string): Promise<Download> {
	await fromMenu(page, '导出、打印…');
	await dialog(page).getByRole('radio', { name: format, exact: true }).check();
	const download = page.waitForEvent('download');
	await dialog(page).getByRole('button', { name: '导出 3 行' }).click();
	const file = await download;
	await expect(dialog(page)).toBeHidden();
	return file;
}

const bytesOf = async (download: Download): Promise<Uint8Array> =>
	new Uint8Array(readFileSync(await download.path()));

test('a workbook comes in, forms go out, and what goes out changes nothing when it comes back', async ({
	desk
}) => {
	const a = await desk.found();
	const { page } = a;
	await openProblems(page);

	await fromMenu(page, '导入表格…');
	await expectAccessible(page, 'import: choose a file');
	await page.locator('input[type=file]').setInputFiles(workbook);
	await expect(dialog(page).getByText('新增 3 条')).toBeVisible();
	await expect(dialog(page).getByText('，会放进备注').first()).toBeVisible();
	await expectAccessible(page, 'import: preview');
	await dialog(page).getByRole('button', { name: '导入 3 行' }).click();
	await expect(page.getByText('已导入：新增 3 条，更新 0 条')).toBeVisible();
	await expect(cell(page, 1, 'manifestation')).toContainText('理论学习不够深入，');
	await expect(cell(page, 1, 'due')).toContainText('2024-06-30');
	await expect(cell(page, 1, 'remark')).toContainText('责任领导：周书记');
	await page.getByRole('button', { name: '撤销' }).first().click();
	await expect(page.getByText('还没有问题').first()).toBeVisible();
	await page.getByRole('button', { name: '重做' }).click();
	await expect(page.getByText('共 3 条')).toBeVisible();

	await fromMenu(page, '导出、打印…');
	await expect(dialog(page).getByText('记录只供查考')).toBeVisible();
	await expectAccessible(page, 'export');
	await dialog(page).getByRole('button', { name: '取消' }).click();

	const xlsx = await exportAs(page, 'Excel');
	expect(xlsx.suggestedFilename()).toBe('城东实验小学党支部问题清单.xlsx');
	await fromMenu(page, '导入表格…');
	await page.locator('input[type=file]').setInputFiles({
		name: 'a.xlsx',
		mimeType: 'application/octet-stream',
		buffer: Buffer.from(await bytesOf(xlsx))
	});
	await expect(dialog(page).getByText('没有变化')).toBeVisible();
	await expect(dialog(page).getByText('相同 3 条')).toBeVisible();
	await expect(dialog(page).getByRole('button', { name: '导入 0 行' })).toBeDisabled();
	await dialog(page).getByRole('button', { name: '取消' }).click();

	const docx = unzipSync(await bytesOf(await exportAs(page, 'Word')));
	const body = strFromU8(docx['word/document.xml']!);
	expect(body).toContain('城东实验小学党支部问题清单');
	expect(body).toContain('谈心谈话覆盖面不全');
	expect(body).toContain('党支部书记（签字）：');

	const csv = await bytesOf(await exportAs(page, 'CSV'));
	expect([...csv.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
	const lines = new TextDecoder().decode(csv).split('\r\n');
	expect(lines[0]).toBe(
		'序号,方面,对应问题表现（第几项）,具体表现,问题来源,产生原因,责任领导,责任人,备注'
	);
	expect(lines).toHaveLength(5);

	await page.evaluate(() => {
		window.print = () => undefined;
	});
	await fromMenu(page, '导出、打印…');
	await dialog(page).getByRole('radio', { name: '打印', exact: true }).check();
	await dialog(page).getByRole('button', { name: '看打印效果（3 行）' }).click();
	await expect(
		dialog(page).getByRole('heading', { name: '城东实验小学党支部问题清单', exact: true })
	).toBeVisible();
	await expect(dialog(page).getByRole('cell', { name: /=会议记录不规范/ })).toBeVisible();
	await expectAccessible(page, 'print');
	await dialog(page).getByRole('button', { name: '打印', exact: true }).click();
	await dialog(page).locator('footer').getByRole('button', { name: '关闭' }).click();
	await expect(dialog(page)).toBeHidden();

	await fromMenu(page, '导出记录');
	const records = page.getByRole('dialog', { name: '导出记录' });
	await expect(records.getByRole('listitem')).toHaveCount(4);
	await expect(records.getByText('问题清单，打印，3 条、9 列')).toBeVisible();
	await expect(records.getByText(/^周敬宁 · /)).toHaveCount(4);
	await expectAccessible(page, 'records');
});

test('the rectification ledger takes no new rows, an observer no file, a catalogue comes as a file', async ({
	desk
}) => {
	const a = await desk.found();
	const { page } = a;
	await openProblems(page);
	await page.goto(page.url().replace('/problems', '/rectification'));
	await fromMenu(page, '导入表格…');
	await page.locator('input[type=file]').setInputFiles(workbook);
	await expect(dialog(page).getByText('有 3 行不在整改台账里，不会导入。')).toBeVisible();
	await expect(dialog(page).getByRole('button', { name: '导入 0 行' })).toBeDisabled();
	await dialog(page).getByRole('button', { name: '取消' }).click();

	await fromMenu(page, '问题表现目录');
	await page.locator('input[type=file]').setInputFiles({
		name: '目录.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from('方面,序号,表现\n严,1,组织生活不严\n实,2,课后服务质量不高\n')
	});
	await expect(dialog(page).getByText('2 个方面，2 项')).toBeVisible();
	await expectAccessible(page, 'catalogue');
	await dialog(page).getByRole('button', { name: '使用这份目录' }).click();
	await expect(page.getByText('已使用新目录，共 2 项')).toBeVisible();

	const link = await desk.invitation(a, { role: 'observer' });
	const observer = await desk.person('何静');
	await observer.page.goto(link);
	await observer.page.getByLabel('你的姓名').fill('何静');
	await observer.page.getByRole('button', { name: '加入', exact: true }).click();
	await observer.page.waitForURL('**/today');
	await observer.page.goto('/ledgers/problems');
	await expect(observer.page.getByText('你的权限是观察员').first()).toBeVisible();
	await fromMenu(observer.page, '导出、打印…');
	await expect(observer.page.getByText('观察员不能导出')).toBeVisible();
	await expectAccessible(observer.page, 'export refused');
});
