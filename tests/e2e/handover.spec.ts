/** 换届: the committee changes, and nothing is left lying about or left to those who go. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
	addProblem,
	addTask,
	cell,
	expect,
	expectAccessible,
	isRemoved,
	keepsApp,
	leader,
	openPerson,
	openProblems,
	test,
	visit
} from './desk.ts';

const fate = (page: Page, name: string) => page.getByRole('radiogroup', { name: `${name}的去留` });

async function addToRegister(page: Page, name: string, post: string) {
	await page.goto('/members');
	await page.getByRole('main').getByRole('button', { name: '更多' }).click();
	await page.getByRole('menuitem', { name: '添加一名党员' }).click();
	await page.getByLabel('姓名', { exact: true }).fill(name);
	await page.getByRole('button', { name: '添加', exact: true }).click();
	const drawer = page.getByRole('dialog', { name });
	await drawer.getByText(post, { exact: true }).click();
	await drawer.getByRole('button', { name: '完成' }).click();
}

test('换届: C leaves, a newcomer takes over, the office goes from A to E, the old term is archived', async ({
	desk
}, info) => {
	test.setTimeout(240_000);
	const a = await desk.found();
	const [b, c, e] = await desk.joinAll(a, ['梁晓芸', '陈思远', '许国平']);
	await addTask(a.page, '春季学期', '报送学习计划');
	await leader(a.page).selectOption({ label: '陈思远' });
	const plan = a.page.url();
	await openProblems(a.page);
	await addProblem(a.page, '家长会通报成绩');
	await cell(a.page, 1, 'leaderId').click();
	await a.page.keyboard.type('陈思远');
	await a.page.keyboard.press('Enter');
	await expect(cell(a.page, 1, 'leaderId')).toContainText('陈思远');

	// The newly elected one is in the register and joins first.
	await addToRegister(a.page, '冯雪', '宣传委员');
	await a.page.getByRole('main').getByRole('button', { name: '更多' }).click();
	await a.page.getByRole('menuitem', { name: '换届' }).click();
	await a.page.waitForURL('**/members/handover');
	await expect(a.page.getByText('新当选的委员若还没有加入，请先邀请')).toBeVisible();
	await expect(fate(a.page, '冯雪')).toHaveCount(0);
	await a.page.getByRole('link', { name: '去邀请' }).click();
	const link = await desk.invitation(a, { for: '冯雪（宣传委员）' });
	const f = await desk.person('冯雪');
	await f.page.goto(link);
	await expect(f.page.getByLabel('你的姓名')).toHaveValue('冯雪');
	await f.page.getByRole('button', { name: '加入', exact: true }).click();
	await f.page.waitForURL('**/today');

	// Step 1: who stays, and as what. Kept when the page is left.
	await a.page.goto('/members/handover');
	const role = (name: string) => a.page.getByLabel(`${name}的权限`);
	await fate(a.page, '陈思远').getByRole('radio', { name: '离任' }).check();
	await role('周敬宁').selectOption('officer');
	await expect(a.page.getByText('留任的人里还没有书记。请至少选一位。')).toBeVisible();
	await expect(a.page.getByRole('button', { name: '下一步' })).toBeDisabled();
	await role('许国平').selectOption('secretary');
	await a.page.reload();
	await expect(role('许国平')).toHaveValue('secretary');
	await expect(role('周敬宁')).toHaveValue('officer');
	await expect(role('陈思远')).toHaveCount(0);
	await a.page.getByRole('button', { name: '下一步' }).click();

	// Step 2: what is open goes to the newcomer.
	await expect(a.page.getByText('陈思远：2 项未办')).toBeVisible();
	await expect(a.page.getByText('报送学习计划')).toBeVisible();
	await expect(a.page.getByText('家长会通报成绩')).toBeVisible();
	await expectAccessible(a.page, 'handover, items');
	await a.page.getByLabel('全部（2 项）交给').selectOption({ label: '冯雪' });
	await a.page.getByRole('button', { name: '下一步' }).click();

	// Step 3: the archive, a file that any age program knows.
	const download = a.page.waitForEvent('download');
	await a.page.getByRole('button', { name: '开始备份' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toMatch(/^tongxin-\d{4}-\d\d-\d\d\.age$/);
	const path = info.outputPath('archive.age');
	await file.saveAs(path);
	expect(readFileSync(path).subarray(0, 22).toString()).toBe('age-encryption.org/v1\n');
	await expect(a.page.getByLabel('本届资料已存档')).toBeChecked();
	await expectAccessible(a.page, 'handover, archive');
	await a.page.getByRole('button', { name: '下一步' }).click();

	// Step 4: read once more, then done; nothing has happened so far.
	await expect(a.page.getByText('改派 2 项未办事项')).toBeVisible();
	await expect(a.page.getByText('许国平：改为书记')).toBeVisible();
	await expect(a.page.getByText('陈思远：移出委员会')).toBeVisible();
	await expect(a.page.getByText('周敬宁：改为委员')).toBeVisible();
	await expect(a.page.getByText('办完后的书记：许国平。')).toBeVisible();
	await expectAccessible(a.page, 'handover, to be read');
	await c.page.goto('/members');
	await expect(c.page.getByText('委员会 5 人')).toBeVisible();
	await a.page.getByRole('button', { name: '开始办理' }).click();
	await expect(a.page.getByText('换届办好了。')).toBeVisible();
	await expect(a.page.getByText('请新任书记（许国平）打印自己的恢复卡')).toBeVisible();
	await expectAccessible(a.page, 'handover, done');
	await isRemoved(c.page);
	await a.page
		.getByRole('button', { name: '回到成员' })
		.or(a.page.getByRole('link', { name: '回到成员' }))
		.click();

	// The old secretary is an officer now, and the new one is reminded of a card of his own.
	await a.page.waitForURL('**/members');
	await expect(a.page.getByText('邀请新成员、调整权限请找书记。')).toBeVisible();
	await expect(a.page.getByRole('button', { name: '邀请成员' })).toHaveCount(0);
	await a.page.goto('/members/handover');
	await expect(a.page.getByText('换届由书记办理。')).toBeVisible();
	await e.page.goto('/members');
	await expect(e.page.getByRole('button', { name: '邀请成员' })).toBeVisible();
	await expect(e.page.getByText('还没有打印恢复卡。书记只有你一位')).toBeVisible();
	await e.page.getByRole('link', { name: '去打印' }).click();
	await e.page.getByRole('button', { name: '制作恢复卡' }).click();
	await expect(e.page.getByText('恢复卡已做好，还没有确认打印').first()).toBeVisible();

	// The newcomer has what C had to do, and everybody but C reads on.
	await f.page.goto(plan);
	await expect(leader(f.page).locator('option:checked')).toContainText('冯雪');
	for (const { page } of [b, e, f]) await openProblems(page);
	await expect(cell(f.page, 1, 'leaderId')).toContainText('冯雪');
	await addProblem(e.page, '新一届写的');
	await openProblems(a.page);
	for (const { page } of [a, b, f])
		await expect(page.getByRole('grid')).toContainText('新一届写的');
	await isRemoved(c.page);

	// The new secretary's office is real: it invites, and sets the old one's role.
	const drawer = await openPerson(e.page, '周敬宁');
	await drawer.getByLabel('可以做什么').selectOption('observer');
	await drawer.getByRole('button', { name: '保存权限' }).click();
	await expect(a.page.getByRole('button', { name: '新增问题' })).toHaveCount(0);
});

test('换届 stops where the relay is gone, says where, and goes on from there after a reload', async ({
	desk
}) => {
	test.setTimeout(150_000);
	const a = await desk.found(keepsApp);
	const [b, c] = await desk.joinAll(a, ['梁晓芸', '陈思远']);
	await a.page.goto('/members/handover');
	await fate(a.page, '陈思远').getByRole('radio', { name: '离任' }).check();
	await a.page.getByLabel('梁晓芸的权限').selectOption('secretary');
	await fate(a.page, '周敬宁').getByRole('radio', { name: '离任' }).check();
	await a.page.getByRole('button', { name: '核对并办理' }).click();
	await expect(a.page.getByText('还没有确认资料已存档。')).toBeVisible();
	await expect(a.page.getByText('你自己的变动放在最后办。')).toBeVisible();
	await desk.relay.kill9();
	await a.page.getByRole('button', { name: '开始办理' }).click();
	await expect(a.page.getByRole('alert').filter({ hasText: '停在' })).toContainText(
		'停在“梁晓芸：改为书记”：连不上服务器。',
		{ timeout: 20_000 }
	);
	await desk.relay.restart();
	await a.page.reload();
	await expect(a.page.getByLabel('梁晓芸的权限')).toHaveValue('secretary');
	await a.page.getByRole('button', { name: '核对并办理' }).click();
	await a.page.getByRole('button', { name: '开始办理' }).click();
	await isRemoved(a.page);
	await isRemoved(c.page);
	await b.page.goto('/members');
	await expect(b.page.getByRole('button', { name: '邀请成员' })).toBeVisible();
	await expect(b.page.getByText('委员会 1 人')).toBeVisible();
	// Whoever stays renews the key that the old secretary knew.
	await expect
		.poll(
			async () => {
				await visit(b.page, '/settings/diagnosis');
				return b.page
					.getByText(/最新第 \d+ 代/)
					.first()
					.innerText();
			},
			{ timeout: 20_000 }
		)
		.toContain('最新第 3 代');
});
