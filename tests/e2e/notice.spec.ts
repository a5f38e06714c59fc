import { readFileSync } from 'node:fs';
import { appIsKept, expect, keepsApp, synced, test, type Desk, type Person } from './desk.ts';

const raw = readFileSync(
	new URL('../fixtures/notice/taskAssignment.raw.txt', import.meta.url),
	'utf8'
);
const expected = JSON.parse(
	readFileSync(new URL('../fixtures/notice/taskAssignment.expected.json', import.meta.url), 'utf8')
) as {
	repairs: { annotations: number; garbles: number };
	document: { listTitle: string };
	sections: unknown[];
	tasks: { title: string; deadlines: string[] }[];
};

async function read({ page }: Person, text: string) {
	await page.goto('/plans/import');
	await page.getByLabel('把通知全文粘贴到这里').fill(text);
	await page.getByRole('button', { name: '整理', exact: true }).click();
}

async function importNotice(person: Person) {
	await read(person, raw);
	await person.page.getByRole('button', { name: /^生成计划/ }).click();
	await person.page.waitForURL(/\/plans\/[^/]{22}$/);
}

async function pair(desk: Desk): Promise<[Person, Person]> {
	const a = await desk.found();
	return [a, await desk.join(a, '梁晓芸')];
}

test('a pasted notice becomes a plan that a colleague sees and co-edits', async ({ desk }) => {
	const [a, b] = await pair(desk);
	await read(a, raw);
	const { annotations, garbles } = expected.repairs;
	await expect(
		a.page.getByText(`已清理 ${annotations} 处注音、修复 ${garbles} 处乱码`)
	).toBeVisible();
	await expect(
		a.page.getByText(
			new RegExp(`${expected.sections.length} 部分 · ${expected.tasks.length} 项任务`)
		)
	).toBeVisible();
	await a.page.getByRole('button', { name: /^生成计划/ }).click();
	await a.page.waitForURL(/\/plans\/[^/]{22}$/);
	for (const { title } of expected.tasks.slice(0, 4))
		await expect(a.page.getByText(title).first()).toBeVisible();

	await b.page.goto('/plans');
	await b.page.getByText(expected.document.listTitle).first().click();
	await b.page.waitForURL(/\/plans\/[^/]{22}$/);
	const title = expected.tasks[0]!.title;
	for (const { page } of [a, b]) await page.getByText(title).first().click();
	await a.page.getByLabel('本支部措施').fill('由组织委员牵头，');
	await expect(b.page.getByLabel('本支部措施')).toHaveValue('由组织委员牵头，');
	await b.page.getByLabel('本支部措施').press('End');
	await b.page.getByLabel('本支部措施').pressSequentially('九月二十日前办结');
	await expect(a.page.getByLabel('本支部措施')).toHaveValue('由组织委员牵头，九月二十日前办结');
	await synced(a.page, 2, 2);
});

test('the same notice again offers to update and doubles nothing', async ({ desk }) => {
	const a = await desk.found();
	await importNotice(a);
	await read(a, raw);
	await expect(a.page.getByText(/这份通知已经有计划/)).toBeVisible();
	await expect(a.page.getByText('来文没有变化，不需要更新。')).toBeVisible();
	await a.page.goto('/plans');
	await expect(a.page.getByText(expected.document.listTitle)).toHaveCount(1);
});

test('an imported plan is there after a reload with no network', async ({ desk }) => {
	const a = await desk.found(keepsApp);
	await importNotice(a);
	await appIsKept(a.page);
	await a.context.setOffline(true);
	await a.page.reload();
	await expect(a.page.getByText(expected.tasks[0]!.title).first()).toBeVisible();
	// The importer itself is part of what was kept.
	await read(a, raw);
	await expect(a.page.getByText(/这份通知已经有计划/)).toBeVisible();
});

test('what is not a notice is said so, and the text stays', async ({ desk }) => {
	const a = await desk.found();
	await read(a, '今天天气很好');
	await expect(a.page.getByText(/这可能不是一份通知/)).toBeVisible();
	await expect(a.page.getByLabel('把通知全文粘贴到这里')).toHaveValue('今天天气很好');
	await a.page.locator('input[type=file]').setInputFiles({
		name: '通知.docx',
		mimeType: 'application/zip',
		buffer: Buffer.from('not a zip')
	});
	await expect(a.page.getByText(/打不开，可能已损坏/)).toBeVisible();
});
