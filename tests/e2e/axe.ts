/** axe-core inside the page, without the page's Content-Security-Policy having to allow it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
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
		return this.#page.evaluate(() =>
			(window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run()
		);
	}
}
