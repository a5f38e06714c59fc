/** Measuring talks inside a page. What is handed to a page runs there and sees nothing of this module. */
import type { CDPSession, Page } from 'playwright';

export interface Marks {
	/** Since the page was asked for, ms; 0 until then. */
	shown: number;
	/** The editors of a talk are there. */
	editable: number;
	longestTask: number;
}
type Marked = Window & { marks: Marks };

export interface Look {
	/** What is to be seen, and how many of it. */
	readonly selector: string;
	readonly count: number;
}

/** Runs in the page before anything else of it does. */
function watch({ selector, count }: Look) {
	const marks: Marks = { shown: 0, editable: 0, longestTask: 0 };
	(window as unknown as Marked).marks = marks;
	const has = (what: string, times: number) => document.querySelectorAll(what).length >= times;
	const mark = (name: 'shown' | 'editable', isThere: boolean) => {
		if (marks[name] > 0 || !isThere) return;
		marks[name] = -1;
		// A task queued in a frame runs after that frame is painted.
		requestAnimationFrame(() => setTimeout(() => (marks[name] = performance.now())));
	};
	const look = () => {
		if (marks.shown === 0) mark('shown', has(selector, count));
		if (marks.editable === 0) mark('editable', has('.ProseMirror', 1));
	};
	new MutationObserver(look).observe(document, { childList: true, subtree: true });
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries())
			marks.longestTask = Math.max(marks.longestTask, duration);
	}).observe({ type: 'longtask', buffered: true });
}

export interface ColdOpening extends Marks {
	/** Processor time of the page's own thread: the same however busy the machine is. */
	readonly workMs: number;
	/** JavaScript objects after a collection, bytes. */
	readonly heap: number;
}

/** Loads it, and waits until what is looked for was painted, and until nothing more happens. */
export async function openCold(
	page: Page,
	path: string,
	look: Look,
	quietMs: number
): Promise<ColdOpening> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
	await page.addInitScript(watch, look);
	await page.goto(path, { waitUntil: 'commit' });
	await page.waitForFunction(() => (window as unknown as Marked).marks.shown > 0, undefined, {
		polling: 100,
		timeout: 60_000
	});
	await page.waitForTimeout(quietMs);
	const marks = await page.evaluate(() => (window as unknown as Marked).marks);
	const workMs = 1_000 * (await metric(cdp, 'TaskDuration'));
	await cdp.send('HeapProfiler.collectGarbage');
	return { ...marks, workMs, heap: await metric(cdp, 'JSHeapUsedSize') };
}

async function metric(cdp: CDPSession, wanted: string): Promise<number> {
	const { metrics } = await cdp.send('Performance.getMetrics');
	return metrics.find(({ name }) => name === wanted)?.value ?? NaN;
}

/** Processor time of the page's own thread while `act` runs and until it is quiet again. */
export async function workDuring(page: Page, act: () => Promise<void>, quietMs: number) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
	const before = await metric(cdp, 'TaskDuration');
	await act();
	await page.waitForTimeout(quietMs);
	const workMs = 1_000 * ((await metric(cdp, 'TaskDuration')) - before);
	await cdp.send('HeapProfiler.collectGarbage');
	return { workMs, heap: await metric(cdp, 'JSHeapUsedSize') };
}

/** Forgets the longest task so far. */
export const forgetTasks = (page: Page) =>
	page.evaluate(() => void ((window as unknown as Marked).marks.longestTask = 0));

export const longestTask = (page: Page) =>
	page.evaluate(() => (window as unknown as Marked).marks.longestTask);

/** A device as slow as a phone; 1 for this machine as it is. */
export async function slowDown(page: Page, times: number): Promise<void> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Emulation.setCPUThrottlingRate', { rate: times });
}

/** How many rooms this browser holds, and of how many updates: still while nothing more comes in. */
export const heldRooms = (page: Page) =>
	page.evaluate(async () => {
		const { name } = (await indexedDB.databases()).find((one) =>
			/^tongxin\..{22}/.test(one.name!)
		)!;
		const database = await new Promise<IDBDatabase>((resolve, reject) => {
			const request = indexedDB.open(name!);
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error!);
		});
		const count = (store: string) =>
			new Promise<number>((resolve) => {
				const request = database.transaction(store).objectStore(store).count();
				request.onsuccess = () => resolve(request.result);
			});
		const held = { rooms: await count('rooms'), updates: await count('$rooms.log_updates') };
		database.close();
		return held;
	});
