/** axe-core inside the page, without the page's Content-Security-Policy having to allow it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export default class AxeBuilder {
	readonly #page: Page;
	constructor({ page }: { page: Page }) {
		this.#page = page;
	}

	async analyze(): Promise<AxeResults> {
		// Evaluated by the debugger, which the page's policy does not bind.
		await this.#page.evaluate(source);
		return this.#page.evaluate(async () => {
			// A button that becomes usable while it is looked at changes its colour at once, not slowly.
			const still = new CSSStyleSheet();
			still.replaceSync('*, ::before, ::after { transition: none !important }');
			document.adoptedStyleSheets.push(still);
			try {
				// What passes is not described: only what does not is looked at.
				const { axe } = window as unknown as {
					axe: { run(options: RunOptions): Promise<AxeResults> };
				};
				return await axe.run({ resultTypes: ['violations'] });
			} finally {
				document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== still);
			}
		});
	}
}
