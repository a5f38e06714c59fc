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
		return this.#page.evaluate(() =>
			// What passes is not described: only what does not is looked at.
			(window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run({
				resultTypes: ['violations']
			})
		);
	}
}
