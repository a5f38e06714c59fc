/** Keeping talks: what only the restricted circle reads, what was signed on paper, and for how long. */
import type { Page } from '@playwright/test';
import { setDay } from './branch.ts';
import {
	appIsKept,
	badge,
	expect,
	expectAccessible,
	expectEnglish,
	keepsApp,
	openPerson,
	phone,
	test,
	visit,
	type Person
} from './desk.ts';
import { relayWords, storedWords } from './kept.ts';
import { section, startTalk, wordsOf } from './talks.ts';
import { expectNoSideways, tooSmall } from './thumb.ts';
import { watchWire } from './wire.ts';

async function mayReadRestricted(by: Person, name: string) {
	const drawer = await openPerson(by.page, name);
	await drawer.getByLabel('可看受限记录（纪检委员）').check();
	await drawer.getByRole('button', { name: '保存权限' }).click();
	await expect(by.page.getByText(`${name}的权限已改为：委员 · 可看受限记录`)).toBeVisible();
}

/** 提醒谈话 or 约谈, which no list proposes. Gives the talk's address. */
async function startRestricted(page: Page, kind: string, name: string): Promise<string> {
	await visit(page, '/talks');
	await page.getByRole('button', { name: '开始谈话' }).first().click();
	const start = page.getByRole('dialog', { name: '和谁谈' });
	await start.getByLabel('类型').selectOption({ label: kind });
	await expect(start.getByText('只有书记和纪检委员看得到')).toBeVisible();
	await start.getByRole('button').filter({ hasText: name }).click();
	await page.waitForURL(/\/talks\/[^/?]{22}/);
	await expect(page.getByText('书记和纪检委员看得到。')).toBeVisible();
	return page.url();
}

async function finish(page: Page) {
	await page.getByRole('button', { name: '完成记录' }).click();
	const dialog = page.getByRole('dialog', { name: '完成记录' });
	await dialog.getByRole('button', { name: /完成/ }).last().click();
	await expect(dialog).toBeHidden();
}

async function signOnPaper(page: Page) {
	for (let left = 2; left > 0; left--) {
		await expect(page.getByRole('button', { name: '纸质已签' })).toHaveCount(left);
		await page.getByRole('button', { name: '纸质已签' }).first().click();
	}
	await expect(page.getByText('纸质已签 ·')).toHaveCount(2);
}

/** A photo as a camera gives it, drawn in the page: a sheet with lines on it. */
async function photograph(page: Page): Promise<Buffer> {
	const base64 = await page.evaluate(() => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 440 });
		const context = canvas.getContext('2d')!;
		context.fillStyle = '#eee';
		context.fillRect(0, 0, 320, 440);
		context.fillStyle = '#123';
		for (let line = 0; line < 18; line++) context.fillRect(30, 40 + line * 20, 60 + line * 11, 6);
		return canvas.toDataURL('image/png').split(',')[1]!;
	});
	return Buffer.from(base64, 'base64');
}

test('care and reminder talks are shared within the restricted circle, and nobody else has a word', async ({
	desk
}) => {
	const [care, reminder, admonition] = ['手术后家里没有人照料', '连续三次例会迟到', '已认识到问题'];
	const secrets = [care, reminder, admonition, '送医药费到家'];
	const a = await desk.found();
	const [b, c] = await desk.joinAll(a, ['许国平', '潘志远']);
	await mayReadRestricted(a, '许国平');
	const wires = [await watchWire(a), await watchWire(b), await watchWire(c)];

	await visit(a.page, '/talks/care');
	await expect(a.page.getByText('还没有关怀记录')).toBeVisible();
	await a.page.getByRole('button', { name: '记一次关怀' }).click();
	const drawer = a.page.getByRole('dialog', { name: '关怀记录' });
	// Whom it is about is not guessed.
	await expect(drawer.getByLabel('对象')).toHaveValue('');
	await expect(drawer.getByLabel('对象').locator('option').first()).toHaveText('请从名册里选');
	await expect(a.page.getByRole('button', { name: /还没选对象/ })).toBeVisible();
	await drawer.getByLabel('对象').selectOption({ label: '名册以外的人' });
	await drawer.getByLabel('姓名').fill('退休教师老赵');
	await expect(a.page.getByRole('button', { name: /退休教师老赵/ })).toBeVisible();
	await drawer.getByLabel('对象').selectOption({ label: '潘志远' });
	await expect(drawer.getByLabel('姓名')).toBeHidden();
	await drawer.getByLabel('方式').selectOption({ label: '慰问' });
	await drawer.getByLabel('情况').click();
	await a.page.keyboard.insertText(care);
	await drawer.getByLabel('什么时候').fill('明天');
	await drawer.getByLabel('什么时候').press('Enter');
	await expectAccessible(a.page, 'a care entry');
	// Stored with every letter: closing it in the middle of a line takes nothing away.
	await drawer.getByLabel('下一步').click();
	await a.page.keyboard.insertText('送医药费到家');
	await a.page.keyboard.press('Escape');
	// What was only begun is no entry.
	await a.page.getByRole('button', { name: '记一次关怀' }).click();
	await expect(a.page.getByRole('button', { name: /还没选对象/ })).toBeVisible();
	await a.page.keyboard.press('Escape');
	await expect(a.page.getByRole('button', { name: /还没选对象/ })).toHaveCount(0);
	await expect(a.page.getByRole('button', { name: /^回收站/ })).toHaveCount(0);

	await visit(b.page, '/talks/care');
	const entry = b.page.getByRole('button', { name: /潘志远/ });
	await expect(entry).toContainText(care, { timeout: 20_000 });
	await expect(entry).toContainText('跟进');
	await expectAccessible(b.page, 'the care log');
	await b.page.setViewportSize(phone.viewport);
	await expectNoSideways(b.page, 'the care log');
	await entry.click();
	await b.page.getByLabel('情况').click();
	await b.page.keyboard.press('Control+End');
	await b.page.keyboard.insertText('，已联系工会');
	await expect(b.page.getByLabel('下一步')).toHaveValue('送医药费到家');
	await b.page.getByLabel('已办').check();
	await expectNoSideways(b.page, 'a care entry');
	await b.page.keyboard.press('Escape');
	await expect(a.page.getByText(`${care}，已联系工会`)).toBeVisible({ timeout: 20_000 });
	await a.page.getByRole('button', { name: /潘志远/ }).click();
	await drawer.getByRole('button', { name: '放入回收站' }).click();
	await expect(entry).toBeHidden({ timeout: 20_000 });
	await b.page.getByRole('button', { name: '回收站（1）' }).click();
	await expectAccessible(b.page, 'the trash of the care log');
	await b.page.getByRole('button', { name: '放回来' }).click();
	await b.page.keyboard.press('Escape');
	await expect(entry).toBeVisible();
	await expect(a.page.getByText(`${care}，已联系工会`)).toBeVisible({ timeout: 20_000 });

	const address = await startRestricted(a.page, '提醒谈话', '潘志远');
	await section(a.page, '谈不足').click();
	await a.page.keyboard.insertText(reminder);
	await expect(a.page.getByRole('button', { name: '完成记录' })).toBeEnabled();
	await expectAccessible(a.page, 'a reminder talk');

	await visit(b.page, '/talks');
	await b.page
		.getByRole('link', { name: /潘志远.*周敬宁的记录.*提醒谈话/ })
		.click({ timeout: 20_000 });
	await expect(wordsOf(b.page, 'shortcoming')).toHaveText(reminder, { timeout: 20_000 });

	// How long such records are kept is for the secretary to decide, whoever wrote them.
	const theirs = await startRestricted(b.page, '约谈', '潘志远');
	await section(b.page, '谈认识').click();
	await b.page.keyboard.insertText(admonition);
	await visit(a.page, '/talks');
	await a.page.getByRole('link', { name: /潘志远.*许国平的记录.*约谈/ }).click({ timeout: 20_000 });
	await expect(wordsOf(a.page, 'understanding')).toHaveText(admonition, { timeout: 20_000 });
	await expect(a.page.getByRole('button', { name: '放入回收站' })).toHaveCount(0);
	await a.page.getByRole('button', { name: '彻底删除' }).click();
	const erase = a.page.getByRole('dialog');
	await erase.getByLabel('我明白，不能恢复').check();
	await erase.getByRole('button', { name: '彻底删除' }).click();
	await a.page.waitForURL('**/talks');
	await expect(a.page.getByText('已彻底删除')).toBeVisible();
	expect(b.page.url()).toContain(theirs);
	await expect(b.page.getByText('找不到这份谈话记录')).toBeVisible({ timeout: 20_000 });

	// He whom it is about is of the committee, and not of the circle.
	const direct = await c.context.newPage();
	await direct.goto(address);
	await visit(c.page, '/talks');
	await expect(c.page.getByText('还没有谈话记录')).toBeVisible();
	await expect(c.page.getByRole('link', { name: '关怀' })).toHaveCount(0);
	await c.page.getByRole('button', { name: '开始谈话' }).click();
	await expect(c.page.getByLabel('类型')).toContainText('日常谈心');
	await expect(c.page.getByLabel('类型')).not.toContainText('提醒谈话');
	await c.page.goto('/talks/care');
	await expect(c.page.getByText('关怀记录只有书记和纪检委员能看。')).toBeVisible();
	await expectAccessible(c.page, 'the care log of somebody else');
	for (const path of ['/today', '/talks/coverage', '/talks/clues']) {
		await visit(c.page, path);
		const seen = await c.page.locator('body').innerText();
		for (const secret of [...secrets, '提醒谈话', '约谈']) expect(seen, path).not.toContain(secret);
	}

	await expect(direct.getByText('找不到这份谈话记录')).toBeVisible();

	const room = /\/talks\/([^/?]{22})/.exec(address)![1]!;
	const [stored, relay] = [await storedWords(c.page), relayWords(desk)];
	for (const secret of secrets) {
		expect(stored).not.toContain(secret);
		expect(relay).not.toContain(secret);
	}
	expect(desk.relay.log()).not.toMatch(new RegExp(secrets.join('|')));
	for (const wire of wires) {
		expect(wire.found(secrets)).toEqual([]);
		expect(wire.unseen).toEqual([]);
	}
	// What was listened to is the traffic of this very talk.
	expect(wires[0]!.found([room])).toEqual([room]);
	expect(wires[1]!.found([room])).toEqual([room]);
});

test('signed on paper: the photo is there again with no network, and the relay has it sealed', async ({
	desk
}) => {
	const a = await desk.found({ ...phone, ...keepsApp });
	const c = await desk.join(a, '潘志远');
	const wire = await watchWire(a);
	const { page } = a;
	const room = new URL(await startTalk(page, '潘志远')).pathname.split('/').at(-1)!;
	await section(page, '谈工作').click();
	await page.keyboard.insertText('德育活动较扎实');
	await finish(page);
	await expect(page.getByRole('group', { name: '纸质记录照片' })).toBeHidden();
	await signOnPaper(page);
	const papers = page.getByRole('group', { name: '纸质记录照片' });
	const sentBefore = wire.bytes('sent');
	const photo = { name: '谈话签字页.png', mimeType: 'image/png', buffer: await photograph(page) };
	await papers.locator('input[type=file]').first().setInputFiles(photo);
	await expect(papers.getByText('谈话签字页.jpg', { exact: true })).toBeVisible();
	await expect(papers.getByText(/已上传/)).toBeVisible({ timeout: 20_000 });
	await expectAccessible(page, 'signed on paper');
	await expectNoSideways(page, 'signed on paper');
	expect(await tooSmall(page, 'signed on paper')).toEqual([]);

	await appIsKept(page);
	await a.context.setOffline(true);
	await page.reload();
	await expect(badge(page)).toHaveText(/离线/);
	await expect(page.getByText('纸质已签 ·')).toHaveCount(2);
	const isDrawn = (element: Element) => (element as HTMLImageElement).naturalWidth > 0;
	await expect.poll(() => papers.locator('img').first().evaluate(isDrawn)).toBe(true);
	await papers
		.getByRole('button', { name: /谈话签字页/ })
		.first()
		.click();
	const preview = page.getByRole('dialog', { name: /谈话签字页/ });
	await expect.poll(() => preview.locator('img').evaluate(isDrawn)).toBe(true);
	await expectAccessible(page, 'the photo');
	await page.keyboard.press('Escape');
	await expect(preview).toBeHidden();
	await a.context.setOffline(false);

	// It is drawn anew as a JPEG, and there is none to be found, nor its name.
	const marks = ['JFIF', '谈话签字页', 'IHDR'];
	const relay = relayWords(desk);
	expect(relay.length).toBeGreaterThan(4_000);
	for (const mark of marks) {
		expect(relay).not.toContain(mark);
		expect(await storedWords(c.page)).not.toContain(mark);
	}
	expect(wire.found(marks)).toEqual([]);
	expect(wire.unseen).toEqual([]);
	// The photo itself went by.
	expect(wire.found([room])).toEqual([room]);
	expect(wire.bytes('sent')).toBeGreaterThan(sentBefore + 1_000);
	await visit(c.page, '/talks');
	await expect(c.page.getByText('还没有谈话记录')).toBeVisible();
});

test('how long talks are kept is settled by the committee, seen as it changes, and asked about after', async ({
	desk
}) => {
	const a = await desk.found();
	const [b, c] = await desk.joinAll(a, ['梁晓芸', '潘志远'], phone);
	for (const { context } of [a, b]) await setDay(context, '2023-03-15');
	for (const name of [b.name, c.name]) {
		await startTalk(a.page, name);
		await section(a.page, '谈工作').click();
		await a.page.keyboard.insertText(`和${name}谈工作`);
		await finish(a.page);
	}
	await signOnPaper(a.page);

	// A default is shown as one, and asked about: of the secretary, once there is something to keep.
	await visit(a.page, '/talks');
	await expect(a.page.getByText('支部还没有定，现在先按默认的 2 年')).toBeVisible();
	await expectAccessible(a.page, 'the list of talks');
	await visit(b.page, '/talks');
	await expect(b.page.getByRole('button', { name: '定下来' })).toHaveCount(0);
	await b.page.getByRole('button', { name: '保存期限' }).tap();
	const theirs = b.page.getByRole('dialog', { name: '谈话记录保存期限' });
	await expect(theirs.getByText('支部还没有定')).toBeVisible();
	await theirs.getByLabel('草稿在回收站放几天').fill('0');
	await expect(theirs.getByText('请填 1 到 3650 的整数')).toBeVisible();
	await expect(theirs.getByRole('button', { name: '就这样定' })).toBeDisabled();
	await theirs.getByLabel('草稿在回收站放几天').fill('60');
	await expectAccessible(b.page, 'how long talks are kept');
	await expectNoSideways(b.page, 'how long talks are kept');
	expect(await tooSmall(b.page, 'how long talks are kept')).toEqual([]);

	// By keyboard, with no network; the other has it on the screen when it arrives.
	await a.context.setOffline(true);
	await a.page.getByRole('button', { name: '定下来' }).focus();
	await a.page.keyboard.press('Enter');
	const mine = a.page.getByRole('dialog', { name: '谈话记录保存期限' });
	await mine.getByLabel('写完的记录保存几年').fill('3');
	await a.page.keyboard.press('Enter');
	await expect(mine).toBeHidden();
	await expect(a.page.getByText('保存期限已定')).toBeVisible();
	await expect(a.page.getByRole('button', { name: '定下来' })).toHaveCount(0);
	await expect(badge(a.page)).toHaveText('离线 · 已存本机');
	await a.context.setOffline(false);
	await expect(theirs.getByText('周敬宁刚改成了 3 年')).toBeVisible({ timeout: 20_000 });
	await expect(theirs.getByLabel('写完的记录保存几年')).toHaveValue('3');
	await expect(theirs.getByLabel('草稿在回收站放几天')).toHaveValue('60');
	await theirs.getByRole('button', { name: '保存', exact: true }).click();
	await a.page.getByRole('button', { name: '保存期限' }).click();
	await expect(mine.getByLabel('草稿在回收站放几天')).toHaveValue('60', { timeout: 20_000 });
	await expect(mine.getByText('梁晓芸在3月15日定的。')).toBeVisible();
	await a.page.keyboard.press('Escape');

	// A draft goes into the trash, comes back, and goes there again.
	await startTalk(a.page, '梁晓芸');
	await section(a.page, '谈工作').click();
	await a.page.keyboard.insertText('写了一半');
	await a.page.getByRole('button', { name: '放入回收站' }).click();
	await a.page.waitForURL('**/talks');
	await a.page.getByRole('button', { name: '放回来' }).click();
	await expect(a.page.getByRole('heading', { name: /没写完的/ })).toBeVisible();
	await a.page.getByRole('link', { name: /梁晓芸.*草稿/ }).click();
	await expect(wordsOf(a.page, 'work')).toHaveText('写了一半');
	await a.page.getByRole('button', { name: '放入回收站' }).click();
	await expect(a.page.getByRole('button', { name: '回收站（1）' })).toBeVisible();
	await expect(a.page.getByRole('heading', { name: /没写完的/ })).toHaveCount(0);
	await expect(a.page.getByText('放满')).toHaveCount(0);

	await setDay(a.context, '2026-03-14');
	await a.page.reload();
	await expect(a.page.getByText('回收站里有 1 份草稿放满 60 天')).toBeVisible();
	await expect(a.page.getByText('保存满')).toHaveCount(0);
	await setDay(a.context, '2026-03-15');
	await a.page.reload();
	await expect(a.page.getByText('有 2 份谈话记录保存满 3 年')).toBeVisible();
	await a.page.getByRole('button', { name: '看一看' }).click();
	const kept = a.page.getByRole('dialog', { name: '保存和删除' });
	await expect(kept.getByRole('listitem')).toHaveCount(3);
	await expectAccessible(a.page, 'records whose time is over');
	await a.page.setViewportSize(phone.viewport);
	await expectNoSideways(a.page, 'records whose time is over');
	const line = (words: RegExp) => kept.getByRole('listitem').filter({ hasText: words });
	await line(/潘志远/)
		.getByRole('button', { name: '再留一年' })
		.click();
	await expect(line(/潘志远/)).toHaveCount(0);
	await kept.getByRole('button', { name: '放回来' }).click();
	await expect(kept.getByRole('heading', { name: '回收站' })).toHaveCount(0);
	await line(/梁晓芸/)
		.getByRole('button', { name: '彻底删除' })
		.click();
	const erase = a.page.getByRole('dialog', { name: '彻底删除和梁晓芸的谈话记录？' });
	await expect(erase).toContainText('备份文件');
	await erase.getByRole('button', { name: '彻底删除' }).click();
	// Said when it is stored, and with it what was decided before.
	await expect(a.page.getByText('已彻底删除')).toBeVisible();
	await expect(kept.getByText('没有需要处理的记录。')).toBeVisible();
	await a.page.keyboard.press('Escape');

	await a.page.reload();
	await expect(a.page.getByRole('link', { name: /潘志远.*已签/ })).toBeVisible();
	await expect(a.page.getByRole('link', { name: /梁晓芸.*草稿/ })).toBeVisible();
	await expect(a.page.getByRole('link', { name: /梁晓芸/ })).toHaveCount(1);
	await expect(a.page.getByRole('button', { name: '看一看' })).toHaveCount(0);
	await setDay(a.context, '2027-03-15');
	await a.page.evaluate(() => localStorage.setItem('PARAGLIDE_LOCALE', 'en'));
	await a.page.reload();
	await a.page.getByRole('button', { name: 'Look' }).click();
	await expectEnglish(a.page, 'records whose time is over', [b.name, c.name]);
	await a.page.keyboard.press('Escape');
	await a.page.getByRole('button', { name: 'How long talks are kept' }).click();
	await expect(a.page.getByLabel('Years a finished record is kept')).toHaveValue('3');
	await expectEnglish(a.page, 'how long talks are kept', [b.name, c.name]);
});
