/** The built app, served by a real relay, with people in real browsers: what screen benches need. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { Desk } from '../e2e/desk.ts';
import { findBrowser, launchArgs } from '../support/findBrowser.ts';
import { startRelayProcess } from '../support/relayProcess.ts';

const built = fileURLToPath(new URL('../../build/200.html', import.meta.url));

export async function withDesk(run: (desk: Desk) => Promise<void>): Promise<void> {
	if (!existsSync(built)) {
		console.log('The app is not built: run "npm run build" before this bench.');
		process.exitCode = 1;
		return;
	}
	const executablePath = await findBrowser();
	const browser = await chromium.launch({ executablePath, args: launchArgs });
	const desk = new Desk(await startRelayProcess(), browser);
	try {
		await run(desk);
	} finally {
		await desk.close();
		await browser.close();
	}
}
