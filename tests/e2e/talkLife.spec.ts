/** A record's life: finished, signed, locked; seen by nobody but those it is for; deleted for good. */
import type { Page } from '@playwright/test';
import { figure, pasteRegister, setDay, startCampaign } from './branch.ts';
import { appIsKept, expect, expectAccessible, keepsApp, phone, test, visit } from './desk.ts';
import { relayWords, storedWords } from './kept.ts';
import { section, startTalk } from './talks.ts';
import { watchWire } from './wire.ts';

const secrets = [
	'德育活动较扎实',
	'家校沟通任务重',
	'对岗位调整有顾虑',
	'认为家长会的开法该改',
	'对班主任要求停在会上',
	'家长会以通报成绩为主'
];

async function signByHand(page: Page, who: string) {
	await page
		.locator('.card')
		.filter({ hasText: who })
		.getByRole('button', { name: '手写签字' })
		.click();
	const box = (await page.getByTestId('sign-box').boundingBox())!;
	await page.mouse.move(box.x + 40, box.y + 30);
	await page.mouse.down();
	for (let step = 1; step <= 12; step++)
		await page.mouse.move(box.x + 40 + step * 12, box.y + 30 + (step % 3) * 14);
	await page.mouse.up();
	await page.getByRole('button', { name: '签好了' }).click();
}

/** Sentence by sentence: key by key, a search for the words would find none of them, sealed or not. */
async function write(page: Page) {
	await section(page, '谈工作').click();
	await page.keyboard.insertText('德育活动较扎实,家校沟通任务重');
	await section(page, '谈思想').click();
	await page.keyboard.insertText('对岗位调整有顾虑');
	await section(page, '谈认识').click();
	await page.keyboard.insertText('认为家长会的开法该改');
	await section(page, '谈不足').click();
	await page.keyboard.insertText('对班主任要求停在会上');
	await page.getByRole('button', { name: '记一条线索' }).click();
	await page.keyboard.insertText('家长会以通报成绩为主');
}

test('S2 a talk held offline is counted by the committee and read by nobody else', async ({
	desk
}) => {
	const a = await desk.found({ ...phone, ...keepsApp });
	const [b, c] = await desk.joinAll(a, ['梁晓芸', '潘国栋']);
	await pasteRegister(b);
	for (const { context } of [a, b]) await setDay(context, '2023-03-15');
	await startCampaign(b.page);
	await expect(figure(b.page, 'total')).toHaveText('0/28');
	await visit(a.page, '/talks');
	await appIsKept(a.page);
	const wires = [await watchWire(a), await watchWire(b), await watchWire(c)];
	await expect(a.page.getByRole('button', { name: '开始谈话' })).toBeVisible();
	await a.context.setOffline(true);
	const room = new URL(await startTalk(a.page, '潘国栋')).pathname.split('/').at(-1)!;
	await write(a.page);
	await a.page.getByRole('button', { name: '完成记录' }).click();
	const finish = a.page.getByRole('dialog', { name: '完成记录' });
	await expect(finish.getByText('四个方面都写了')).toBeVisible();
	await finish.getByRole('button', { name: '完成记录' }).click();
	// Where to sign is at the top, the button that was pressed at the very end.
	await expect(a.page.getByRole('button', { name: '手写签字' }).first()).toBeInViewport();
	await expect(a.page.getByLabel('追记一条')).toHaveCount(0);
	await a.context.setOffline(false);

	// Counted, and not yet signed; nobody but the talker has it in the list.
	await expect(figure(b.page, 'total')).toHaveText('1/28', { timeout: 30_000 });
	await expect(
		b.page
			.getByRole('gridcell', { name: '潘国栋 与 周敬宁：已谈，待签字' })
			.or(b.page.getByRole('gridcell', { name: '周敬宁 与 潘国栋：已谈，待签字' }))
	).toBeVisible();
	await visit(b.page, '/talks');
	await expect(b.page.getByText('还没有谈话记录')).toBeVisible();
	for (const person of [b, c]) {
		const stored = await storedWords(person.page);
		for (const secret of secrets) expect(stored, person.name).not.toContain(secret);
	}
	expect(relayWords(desk).length).toBeGreaterThan(0);
	for (const secret of secrets) expect(relayWords(desk)).not.toContain(secret);
	expect(desk.relay.log()).not.toMatch(new RegExp(secrets.join('|')));
	for (const wire of wires) {
		expect(wire.found(secrets)).toEqual([]);
		expect(wire.unseen).toEqual([]);
		// That this very talk went by is seen: its room is named when it changes.
		expect(wire.found([room])).toEqual([room]);
	}
});

test('a record is signed by hand and on the other’s device, locked, added to and deleted', async ({
	desk
}) => {
	const a = await desk.found();
	const c = await desk.join(a, '潘志远');
	await visit(a.page, '/talks');
	const address = await startTalk(a.page, '潘志远');
	await write(a.page);
	await a.page.getByRole('button', { name: '完成记录' }).click();
	await a.page
		.getByRole('dialog', { name: '完成记录' })
		.getByRole('button', { name: /完成/ })
		.last()
		.click();
	await signByHand(a.page, '周敬宁');
	await expect(a.page.getByText('手写签字 ·')).toBeVisible();

	// The other person reads and signs on a device of his own, once it is shared.
	await a.page.getByRole('button', { name: '共享给对方' }).click();
	const ask = a.page.getByRole('dialog');
	await expect(ask).toContainText('全部内容');
	await ask.getByRole('button', { name: '共享给对方' }).click();
	await visit(c.page, '/talks');
	await c.page.getByRole('link', { name: /周敬宁/ }).click({ timeout: 20_000 });
	await expect(c.page.getByRole('heading', { name: '周敬宁与您谈话' })).toBeVisible();
	await expect(c.page.getByText('对岗位调整有顾虑')).toBeVisible();
	await expectAccessible(c.page, 'a record to sign');
	await c.page.getByRole('button', { name: '我已阅读，确认签字' }).click();
	await expect(a.page.getByText('本人设备确认 ·')).toBeVisible({ timeout: 20_000 });

	await a.page.getByRole('button', { name: '锁定', exact: true }).click();
	await expect(a.page.getByRole('button', { name: '退回修改' })).toBeHidden();
	await a.page.getByLabel('追记一条').fill('3月20日已回访');
	await a.page.getByRole('button', { name: '记下' }).click();
	await expect(a.page.getByText('3月20日已回访')).toBeVisible();
	await expectAccessible(a.page, 'a locked record');

	const download = a.page.waitForEvent('download');
	await a.page.getByRole('button', { name: '导出 Word' }).click();
	expect((await download).suggestedFilename()).toBe('谈心谈话记录表.docx');

	await a.page.getByRole('button', { name: '彻底删除' }).click();
	const erase = a.page.getByRole('dialog');
	await expect(erase).toContainText('备份文件');
	await erase.getByLabel('我明白，不能恢复').check();
	await erase.getByRole('button', { name: '彻底删除' }).click();
	await a.page.waitForURL('**/talks');
	await expect(a.page.getByText('已彻底删除')).toBeVisible();
	await visit(c.page, '/talks');
	await expect(c.page.getByRole('link', { name: /周敬宁/ })).toBeHidden({ timeout: 20_000 });
	expect(address).toContain('/talks/');
});
