/** From what was heard in talks to the problem list, and nobody can tell whose it was. */
import type { Page } from '@playwright/test';
import { pasteRegister } from './branch.ts';
import { cell, expect, expectAccessible, openProblems, test, visit } from './desk.ts';
import { relayWords, storedWords } from './kept.ts';
import { startTalk } from './talks.ts';
import { watchWire } from './wire.ts';

/** Gives the talk's room. */
async function talkWithClue(page: Page, name: string, clue: string): Promise<string> {
	const address = await startTalk(page, name);
	await page.getByRole('button', { name: '记一条线索' }).click();
	// At once: key by key, a search for the words would find none of them, sealed or not.
	await page.keyboard.insertText(clue);
	// The heading, by which clues are found, follows when the words have settled.
	await visit(page, '/talks/clues');
	await expect(page.getByText(clue)).toBeVisible();
	return new URL(address).pathname.split('/').at(-1)!;
}

async function handOn(page: Page, words: string, also?: string) {
	await page.getByRole('button', { name: '重写后转出' }).first().click();
	const dialog = page.getByRole('dialog', { name: '重写后转出' });
	await dialog.getByLabel('具体表现').fill(words);
	if (also) await dialog.getByText(also, { exact: true }).click();
	for (const check of await dialog
		.getByRole('group', { name: '转入前请逐条核对' })
		.getByRole('checkbox')
		.all())
		await check.check();
	await dialog.getByRole('button', { name: '转出', exact: true }).click();
	await expect(dialog).toBeHidden();
}

test('S3 clues of three talkers reach the problem list in one batch, without their source', async ({
	desk
}) => {
	test.setTimeout(180_000);
	const a = await desk.found();
	const [b, c] = await desk.joinAll(a, ['梁晓芸', '潘国栋']);
	await pasteRegister(a);
	await openProblems(a.page);
	const wires = [await watchWire(a), await watchWire(b), await watchWire(c)];

	const room = await talkWithClue(a.page, '潘国栋', '家长会以通报成绩为主原话甲');
	await a.page.getByRole('button', { name: '重写后转出' }).first().click();
	const dialog = a.page.getByRole('dialog', { name: '重写后转出' });
	await dialog.getByLabel('具体表现').fill('家长会以通报成绩为主，潘国栋说的');
	await expect(dialog.getByText(/可能指向来源/)).toContainText('潘国栋');
	await expect(dialog.getByText(/请换自己的话/)).toBeVisible();
	await expectAccessible(a.page, 'a clue is written anew');
	await a.page.keyboard.press('Escape');
	const published = '家长会偏重讲分数，后进学生家长得不到个别沟通';
	await handOn(a.page, published, '意见征集');
	await expect(a.page.getByText('等汇总', { exact: true })).toBeVisible();

	await talkWithClue(b.page, '丁一', '材料太多没时间备课原话乙');
	await handOn(b.page, '临时材料偏多，挤占备课时间');
	const batch = b.page.getByRole('region', { name: /待转入问题清单/ });
	await expect(batch.getByText(published)).toBeVisible({ timeout: 20_000 });
	await expect(batch.getByText(/来源可能被推断/)).toBeVisible();
	await expectAccessible(b.page, 'a batch');

	// Not on the page of clues any more: the talk itself finds out.
	await visit(a.page, '/talks');
	await talkWithClue(c.page, '马双', '走廊没人管原话丙');
	await handOn(c.page, '课间走廊秩序缺少值守');
	await expect(c.page.getByRole('region', { name: /待转入问题清单/ })).toHaveCount(0);
	await expect(batch.getByText('课间走廊秩序缺少值守')).toBeVisible({ timeout: 20_000 });
	await expect(batch.getByText(/来源可能被推断/)).toBeHidden();
	await batch.getByRole('button', { name: '转入 3 条' }).click();
	await expect(b.page.getByText('已转入问题清单 3 条')).toBeVisible();

	await openProblems(c.page);
	await expect(c.page.getByText(published)).toBeVisible({ timeout: 20_000 });
	await expect(c.page.getByText('谈心谈话').first()).toBeVisible();
	await expect(cell(c.page, 3, 'manifestation')).toBeVisible();

	// Back in the talk it is known what became of the clue; the way leads from there only.
	await a.page.getByRole('link', { name: /潘国栋/ }).click();
	await expect(a.page.getByText(/WT-\d{4}-00[123]/).first()).toBeVisible({ timeout: 20_000 });

	const stored = await storedWords(c.page);
	for (const word of ['原话甲', '原话乙']) expect(stored).not.toContain(word);
	const secrets = ['原话甲', '原话乙', '原话丙', published, '家长会以通报成绩为主'];
	for (const word of secrets) expect(relayWords(desk)).not.toContain(word);
	for (const wire of wires) {
		expect(wire.found(secrets)).toEqual([]);
		expect(wire.unseen).toEqual([]);
		// What was listened to is the traffic of this talk among others.
		expect(wire.found([room])).toEqual([room]);
	}
});
