import { defineConfig } from '@playwright/test';
import { launchArgs } from '../support/findBrowser.ts';

export default defineConfig({
	testDir: '.',
	outputDir: '../../test-results',
	timeout: 90_000,
	expect: { timeout: 10_000 },
	workers: 2,
	fullyParallel: true,
	forbidOnly: Boolean(process.env.CI),
	// A shared machine stalls now and then; what needed a second try is listed as flaky.
	retries: process.env.CI ? 1 : 0,
	use: {
		browserName: 'chromium',
		launchOptions: {
			args: launchArgs,
			...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {})
		},
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		viewport: { width: 1440, height: 900 },
		// Recording every test costs a quarter of the time; `--trace on` records what failed.
		trace: 'on-first-retry',
		screenshot: 'only-on-failure'
	}
});
