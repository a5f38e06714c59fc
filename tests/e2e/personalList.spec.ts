/**
 * A person's own list: begun with no network, read by the secretary and the organisation officer and by
 * nobody else, and in the shared list only what the person submitted, word for word.
 */
import type { Locator, Page } from '@playwright/test';
import {
	addProblem,
	appIsKept,
	badge,
	cell,
	expect,
	expectAccessible,
	expectEnglish,
	keepsApp,
	openPerson,
	openProblems,
	phone,
	synced,
	test,
	type Desk,
	type Person
} from './desk.ts';
import { relayWords, storedWords } from './kept.ts';

const dialog = (page: Page) => page.getByRole('dialog').last();
const banner = (page: Page) => page.getByText(/看得到/).first();

async function chooseMenu(page: Page, name: string | RegExp) {
	await page.getByRole('main').getByRole('button', { name: '更多' }).click();
	await page.getByRole('menuitem', { name }).click();
}

async function useCatalogue(page: Page) {
	await chooseMenu(page, '问题表现目录');
	await page.locator('input[type=file]').setInputFiles({
		name: '目录.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from('方面,序号,表现\n严,1,组织生活不严\n实,2,课后服务质量不高\n')
	});
	await page.getByRole('button', { name: '使用这份目录' }).click();
	await expect(page.getByText('已使用新目录，共 2 项')).toBeVisible();
	await page.keyboard.press('Escape');
}

/** A chip that can be ticked: its box is for ears only. */
const chip = (root: Locator, name: string) =>
	root.locator('fieldset label').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });

async function turnPost(page: Page, name: string, post: string, on: boolean) {
	const drawer = await openPerson(page, name);
	await chip(drawer, post).click();
	await expect(drawer.getByRole('checkbox', { name: post })).toBeChecked({
		checked: on
	});
}

const openMine = async (page: Page) => {
	await page
		.getByRole('navigation', { name: '台账' })
		.getByRole('link', { name: '个人清单' })
		.click();
};

/** Opens a row's form from the grid. */
async function openRow(page: Page, row: number) {
	await page.locator(`[role=row][aria-rowindex="${row + 1}"] [data-rowheader]`).dblclick();
	await expect(page.getByRole('dialog')).toBeVisible();
}

const secret = '对分管工作过问少，绝密心里话';
const dropped = '怕得罪人，写了又删的话';
const cause = '只想把自己的课上好，不便公开的原因';

async function begin(desk: Desk): Promise<{ a: Person; b: Person; c: Person }> {
	const a = await desk.found();
	const b = await desk.join(a, '潘志远', keepsApp);
	const c = await desk.join(a, '许国平');
	await openProblems(a.page);
	await useCatalogue(a.page);
	await openProblems(b.page);
	await openProblems(c.page);
	await synced(a.page, 3, 3);
	await appIsKept(b.page);
	return { a, b, c };
}

test('a list begun offline is read by the secretary and not by another member, until the person submits', async ({
	desk
}) => {
	test.setTimeout(240_000);
	const { a, b, c } = await begin(desk);
	const { page } = b;

	await b.context.setOffline(true);
	await openMine(page);
	await expect(page.getByText('建好以后只有你和周敬宁（书记）看得到。')).toBeVisible();
	await expectAccessible(page, 'no list yet');
	await page.getByRole('button', { name: '新建个人清单' }).click();
	await expect(page.getByText('清单还是空的')).toBeVisible();
	await expect(
		page.getByText('只有你和周敬宁（书记）看得到，提交之前其他人都看不到。')
	).toBeVisible();

	await addProblem(page, dropped);
	await cell(page, 1, 'manifestation').click();
	await page.keyboard.type(secret);
	await page.keyboard.press('Enter');
	await expect(cell(page, 1, 'manifestation')).toHaveText(secret);
	await cell(page, 1, 'rootCause').click();
	await page.keyboard.type(cause);
	await page.keyboard.press('Enter');
	await cell(page, 1, 'itemNo').click();
	await page.keyboard.type('2');
	await page.keyboard.press('Enter');
	await expect(cell(page, 1, 'itemNo')).toContainText('课后服务质量不高');
	await addProblem(page, '还没想好要不要说的第二条');
	await page.reload();
	await expect(cell(page, 1, 'manifestation')).toHaveText(secret);
	await expect(cell(page, 2, 'submitted')).toHaveText('未提交');
	await expectAccessible(page, 'the list');
	await b.context.setOffline(false);
	await expect(badge(page)).toHaveText(/已同步/, { timeout: 20_000 });

	// The secretary finds it by the person's name, may write in it, and cannot submit it.
	await a.page.goto('/ledgers/personal');
	await a.page.getByRole('button', { name: '我的清单' }).click();
	await a.page.getByRole('menuitemradio', { name: '潘志远的个人清单' }).click();
	await expect(cell(a.page, 1, 'manifestation')).toHaveText(secret);
	await expect(a.page.getByText('提交不提交，由潘志远自己定')).toBeVisible();
	const address = a.page.url();
	const room = new URL(address).searchParams.get('room')!;
	await openRow(a.page, 1);
	await expect(a.page.getByText('只有潘志远本人可以提交。')).toBeVisible();
	await expect(a.page.getByRole('button', { name: /提交到问题清单/ })).toHaveCount(0);
	await a.page.getByLabel('写留言').fill('写得很实在，可以再具体一点');
	await a.page.getByRole('button', { name: '发送' }).click();
	await expectAccessible(a.page, 'a row of somebody else');
	await a.page.getByRole('button', { name: '完成' }).click();
	await a.page.getByRole('main').getByRole('button', { name: '更多' }).click();
	await expect(a.page.getByRole('menuitem', { name: /提交/ })).toHaveCount(0);
	await a.page.keyboard.press('Escape');

	// Another member finds nothing, by no address, and the shared ledgers stay what they were.
	await c.page.goto('/ledgers/personal');
	await expect(c.page.getByText('还没有个人清单')).toBeVisible();
	await expect(c.page.getByRole('button', { name: '我的清单' })).toHaveCount(0);
	await c.page.goto(`/ledgers/personal?room=${room}`);
	await expect(c.page.getByText('没有找到这份个人清单')).toBeVisible();
	for (const who of [a, b, c]) {
		await who.page.goto(`/ledgers/problems?room=${room}`);
		await expect(who.page.getByText('没有找到这份台账')).toBeVisible();
	}
	await openProblems(c.page);
	await expect(c.page.getByText('还没有问题')).toBeVisible();

	// Submitted: the words that were shown, and no others.
	await page.goto('/ledgers/personal');
	await openRow(page, 1);
	await expect(page.getByText('写得很实在')).toBeVisible();
	await page.getByRole('button', { name: '提交到问题清单…' }).click();
	await expect(dialog(page).getByText(/的问题清单/)).toBeVisible();
	const shown = dialog(page).getByRole('article');
	await expect(shown).toContainText(secret);
	await expect(shown).toContainText(cause);
	await expect(shown).toContainText('课后服务质量不高');
	await expect(shown).toContainText('潘志远');
	await expect(shown).toContainText('待核实');
	await chip(dialog(page), '产生原因').click();
	await expect(shown).not.toContainText(cause);
	await expectAccessible(page, 'submitting');
	await dialog(page).getByRole('button', { name: '提交 1 条' }).click();
	await expect(page.getByText(/已提交 1 条：WT-\d{4}-001/)).toBeVisible();
	await expect(page.getByText(/提交到问题清单，编号 WT-\d{4}-001/)).toBeVisible();
	await expect(page.getByRole('button', { name: '提交到问题清单…' })).toHaveCount(0);
	// Closed here: read, not typed in.
	await expect(page.locator('[data-field=manifestation]')).toContainText(secret);
	await expect(page.locator('[data-field=manifestation] textarea')).toHaveCount(0);
	await page.getByRole('button', { name: '完成' }).click();
	await cell(page, 1, 'manifestation').click();
	await page.keyboard.type('改不了');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+z');
	await expect(cell(page, 1, 'manifestation')).toHaveText(secret);
	await page.keyboard.press('Control+a');
	await page.getByRole('button', { name: '提交到问题清单…' }).click();
	await expect(dialog(page).getByText('1 条已经提交过，不会再次提交。')).toBeVisible();
	await expect(dialog(page).getByRole('button', { name: '提交 1 条' })).toBeEnabled();
	await dialog(page).getByRole('button', { name: '取消' }).click();

	await expect(cell(c.page, 1, 'manifestation')).toHaveText(secret);
	await expect(cell(c.page, 1, 'itemNo')).toContainText('课后服务质量不高');
	await expect(cell(c.page, 1, 'status')).toHaveText('待核实');
	await expect(cell(c.page, 1, 'rootCause')).toHaveText('');
	await expect(cell(c.page, 2, 'manifestation')).toHaveCount(0);
	await openRow(c.page, 1);
	await expect(c.page.locator('[data-field=level] select')).toHaveValue('person');
	await expect(c.page.locator('[data-field=ownerMemberId] select')).not.toHaveValue('');
	await c.page.getByText('修改记录').click();
	await expect(c.page.getByRole('dialog')).not.toContainText(dropped);
	await c.page.keyboard.press('Escape');

	// The way from the personal row to what it became.
	await openRow(page, 1);
	await page.getByRole('button', { name: /在问题清单中查看/ }).click();
	await page.waitForURL(/\/ledgers\/problems\?room=.*&row=/);
	await expect(page.getByRole('dialog')).toContainText('个人');

	// What was never submitted is nowhere in the clear, and nowhere at all for who has no key.
	await synced(c.page, 3, 3);
	const kept = (await storedWords(c.page)) + relayWords(desk) + desk.relay.log();
	expect(kept.length).toBeGreaterThan(10_000);
	for (const word of [dropped, cause, '还没想好要不要说', '写得很实在'])
		expect(kept).not.toContain(word);
	await chooseMenu(c.page, /复制全部/);
	const copied = await c.page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toContain(secret);
	for (const word of [dropped, cause, room, '还没想好要不要说']) expect(copied).not.toContain(word);
});

test('who comes into office is let in by the person, who is told who can read; and a hint in the shared list', async ({
	desk
}) => {
	test.setTimeout(240_000);
	const { a, b, c } = await begin(desk);
	await b.page.goto('/ledgers/personal');
	await b.page.getByRole('button', { name: '新建个人清单' }).click();
	await addProblem(b.page, '联系群众不够经常');
	await synced(b.page, 3, 3);

	// 许国平 becomes 组织委员: he is not in before 潘志远 says so.
	await turnPost(a.page, '许国平', '组织委员', true);
	await c.page.goto('/ledgers/personal');
	await expect(c.page.getByText(/还没有个人清单/)).toBeVisible();
	await expect(
		b.page.getByText('许国平（组织委员）现在任这个职务，还看不到这份清单。')
	).toBeVisible();
	await expectAccessible(b.page, 'somebody new in office');
	await b.page.getByRole('button', { name: '按现任调整' }).click();
	await expect(b.page.getByText('只有你和周敬宁（书记）、许国平（组织委员）看得到')).toBeVisible();
	await expect(b.page.getByRole('button', { name: '按现任调整' })).toHaveCount(0);
	await c.page.getByRole('button', { name: '我的清单' }).click();
	await c.page.getByRole('menuitemradio', { name: '潘志远的个人清单' }).click();
	await expect(cell(c.page, 1, 'manifestation')).toHaveText('联系群众不够经常');

	// And out again: what is written from then on is not for him.
	await turnPost(a.page, '许国平', '组织委员', false);
	await expect(b.page.getByText('许国平已经不任书记、组织委员，还看得到这份清单。')).toBeVisible();
	await b.page.getByRole('button', { name: '按现任调整' }).click();
	await expect(b.page.getByText('只有你和周敬宁（书记）看得到，')).toBeVisible();
	await addProblem(b.page, '之后才写的一条');
	await synced(b.page, 3, 3);
	await c.page.reload();
	await expect(banner(c.page).or(c.page.getByText('没有找到这份个人清单'))).toBeVisible();
	await expect(c.page.getByText('之后才写的一条')).toHaveCount(0);

	// In the shared list a personal problem is not refused, only hinted at.
	await openProblems(a.page);
	await addProblem(a.page, '直接写进来的');
	await openRow(a.page, 1);
	await a.page.locator('[data-field=level] select').selectOption('person');
	await expect(a.page.getByText(/个人问题最好先写在“个人清单”里/)).toBeVisible();
	await expect(a.page.locator('[data-field=ownerMemberId] select')).toBeVisible();
	await a.page.locator('[data-field=level] select').selectOption('branch');
	await expect(a.page.locator('[data-field=ownerMemberId]')).toHaveCount(0);
});

test('on a phone a list is cards, a row is submitted from its form, and it all reads in English', async ({
	desk
}) => {
	const a = await desk.found(phone);
	const { page } = a;
	await page.goto('/ledgers/personal');
	await expect(page.getByText('建好以后只有你看得到。')).toBeVisible();
	await page.getByRole('button', { name: '新建个人清单' }).click();
	await page.getByRole('button', { name: '新增问题' }).first().click();
	await page.locator('[data-field=manifestation] textarea').fill('政治学习不够系统');
	await expectAccessible(page, 'the form on a phone');
	await page.getByRole('button', { name: '提交到问题清单…' }).click();
	await expectAccessible(page, 'submitting on a phone');
	await dialog(page).getByRole('button', { name: '提交 1 条' }).click();
	await expect(page.getByText(/编号 WT-\d{4}-001/)).toBeVisible();
	await page.getByRole('button', { name: '完成' }).click();
	await expect(page.getByText(/^已提交 WT-/).first()).toBeVisible();
	await expectAccessible(page, 'cards');
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(overflow).toBe(0);

	await page.goto('/settings');
	await page.getByRole('radio', { name: 'English' }).check();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await page.goto('/ledgers/personal');
	await expect(page.getByText('Only you can read this now.')).toBeVisible();
	await expectEnglish(page, 'the list', ['政治学习不够系统']);
});
