/** Beginning a talk, and getting about in it. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './desk.ts';

/** Two presses from the list. Ends on the talk's page. */
export async function startTalk(page: Page, name: string): Promise<string> {
	await page.goto('/talks');
	await page.getByRole('button', { name: '开始谈话' }).first().click();
	await page.getByRole('dialog').getByRole('button').filter({ hasText: name }).click();
	await page.waitForURL(/\/talks\/[^/?]{22}/);
	await expect(page.getByRole('heading', { name: `与${name}谈话` })).toBeVisible();
	return page.url();
}

/** Where a section is written, once the editor is there. */
export const section = (page: Page, name: string): Locator =>
	page.locator('.ProseMirror').and(page.getByRole('textbox', { name, exact: true }));

/** The field in its place until then. */
export const earlyField = (page: Page, name: string): Locator =>
	page.locator('textarea').and(page.getByRole('textbox', { name, exact: true }));

/** Its words as they can be read, in the editor or not, a line each. */
export const wordsOf = (page: Page, id: string): Locator =>
	page.locator(`#talk-${id} :is(.ProseMirror, .section-text) :is(p)`);
