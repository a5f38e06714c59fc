/** What a screen owes a thumb: room to hit, and nothing beyond the edge. */
import type { Page } from '@playwright/test';
import { expect } from './desk.ts';

/** What a thumb must hit: a control, or the label around it, below 44 px either way. */
export async function tooSmall(page: Page, where: string): Promise<string[]> {
	const small = await page.evaluate(() => {
		const seen = (element: Element) =>
			element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert], .skip');
		const isInline = (element: Element) =>
			element.matches('a') && getComputedStyle(element).display === 'inline';
		const target = (element: Element) =>
			element.closest('label') ?? (element.closest('.visually-hidden') ? null : element);
		const modal = [...document.querySelectorAll('dialog[open]')].at(-1);
		return [...(modal ?? document).querySelectorAll('button, a[href], select, input, summary')]
			.filter((element) => seen(element) && !isInline(element))
			.flatMap((element) => target(element) ?? [])
			.map((element) => {
				const { width, height } = element.getBoundingClientRect();
				const name = element.getAttribute('aria-label') ?? element.textContent.trim();
				const kind = `${element.localName}.${element.className.split(' ')[0]}`;
				return { width, height, name: `${kind} “${name.slice(0, 20)}”` };
			})
			.filter(({ width, height }) => width > 1 && (height < 43.5 || width < 43.5))
			.map(({ name, width, height }) => `${name} ${Math.round(width)}×${Math.round(height)}`);
	});
	return small.map((one) => `${where}: ${one}`);
}

export async function expectNoSideways(page: Page, where: string) {
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width, where).toBeLessThanOrEqual(390);
}
