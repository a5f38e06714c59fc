/** JavaScript that crosses the wire before a screen can be used, on a device without a cache. */
import type { BrowserContext, Page } from 'playwright';
import { withDesk } from './appWithPeople.ts';
import { inKB, printFigures, type Figure } from './measure.ts';

const SETTLE_MS = 1_500;
const BAR = '≤ 130 kB gzipped';

interface Received {
	readonly bytes: number;
	readonly encoding: string;
}

/** Every script by its address, counted as the network saw it: headers and compression included. */
async function countScripts(context: BrowserContext, page: Page) {
	const cdp = await context.newCDPSession(page);
	const responses = new Map<string, { url: string; encoding: string }>();
	const scripts = new Map<string, Received>();
	await cdp.send('Network.enable');
	await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
	await cdp.send('Network.setExtraHTTPHeaders', { headers: { 'Accept-Encoding': 'gzip' } });
	cdp.on('Network.responseReceived', ({ requestId, response: { url, headers } }) => {
		const encoding = headers['content-encoding'] ?? headers['Content-Encoding'] ?? 'plain';
		if (new URL(url).pathname.endsWith('.js')) responses.set(requestId, { url, encoding });
	});
	cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		const response = responses.get(requestId);
		if (response)
			scripts.set(response.url, { bytes: encodedDataLength, encoding: response.encoding });
	});
	return scripts;
}

async function measure(context: BrowserContext, page: Page, path: string): Promise<Figure> {
	const scripts = await countScripts(context, page);
	await page.goto(path, { waitUntil: 'networkidle' });
	await page.waitForTimeout(SETTLE_MS);
	const received = [...scripts.values()];
	const bytes = received.reduce((sum, script) => sum + script.bytes, 0);
	const encodings = [...new Set(received.map(({ encoding }) => encoding))].join(', ');
	const figure = `${inKB(bytes)} in ${received.length} files (${encodings})`;
	return { what: path, figure, bar: BAR };
}

await withDesk(async (desk) => {
	const uncached = { serviceWorkers: 'block' } as const;
	const stranger = await desk.person('nobody', uncached);
	const figures = [await measure(stranger.context, stranger.page, '/')];
	for (const path of ['/plans', '/ledgers/problems']) {
		const { context, page } = await desk.found(uncached);
		figures.push(await measure(context, page, path));
	}
	printFigures('first load: JavaScript as transferred', figures);
});
