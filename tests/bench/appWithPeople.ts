/** The built app, served by a real relay, with people in real browsers: what screen benches need. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext } from 'playwright';
import { Desk } from '../e2e/desk.ts';
import { findBrowser, launchArgs } from '../support/findBrowser.ts';
import { startRelayProcess } from '../support/relayProcess.ts';

const built = fileURLToPath(new URL('../../build/200.html', import.meta.url));

/**
 * A person's browser with its profile on the disk: each start is a process of its own, that finds
 * what an earlier one kept. `offline` from its first moment.
 */
export type StartBrowser = (offline: boolean) => Promise<BrowserContext>;

const startIn =
	(profile: string, executablePath: string, baseURL: string): StartBrowser =>
	(offline) =>
		chromium.launchPersistentContext(profile, {
			...{ executablePath, args: launchArgs, baseURL, offline },
			...{ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1440, height: 900 } }
		});

export async function withDesk(
	run: (desk: Desk, startBrowser: StartBrowser) => Promise<void>
): Promise<void> {
	if (!existsSync(built)) {
		console.log('The app is not built: run "npm run build" before this bench.');
		process.exitCode = 1;
		return;
	}
	const executablePath = await findBrowser();
	const browser = await chromium.launch({ executablePath, args: launchArgs });
	const desk = new Desk(await startRelayProcess(), browser);
	const profile = mkdtempSync(join(tmpdir(), 'tongxin-bench-'));
	try {
		await run(desk, startIn(profile, executablePath, desk.origin));
	} finally {
		await desk.close();
		await browser.close();
		rmSync(profile, { recursive: true, force: true });
	}
}
