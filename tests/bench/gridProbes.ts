/**
 * Measuring inside a page. What is handed to `evaluate` runs there and sees nothing of this module.
 * Times between pages are `timeOrigin + now()`: both pages are on one machine with one clock.
 */
import type { Page } from 'playwright';

const ANY_CELL = '[role=gridcell][id$="-manifestation"]';
export const FIRST_CELL = '[role=row][aria-rowindex="2"] [id$="-manifestation"]';

/** The page's own time, in ms since it was navigated to, at which all rows are there to be seen. */
export async function rowsShownAt(page: Page, rows: number): Promise<number> {
	const shown = await page.waitForFunction(
		({ cell, count }) => {
			const cells = [...document.querySelectorAll(cell)];
			const counted = document.querySelector('[role=toolbar] [role=status]')?.textContent ?? '';
			const isShown = cells.some(({ textContent }) => textContent !== '');
			return isShown && counted.includes(count) ? performance.now() : null;
		},
		{ cell: ANY_CELL, count: String(rows) },
		{ polling: 'raf', timeout: 60_000 }
	);
	return (await shown.jsonValue())!;
}

/** Times between the page's frames while `act` runs. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
	const recorder = await page.evaluateHandle(() => {
		const times: number[] = [];
		let running = true;
		const frame = (at: number) => {
			times.push(at);
			if (running) requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
		return {
			stop() {
				running = false;
				return times;
			}
		};
	});
	await act();
	const times = await recorder.evaluate(({ stop }) => stop());
	return times.slice(1).map((at, i) => at - times[i]!);
}

/** From one end of the list to the other, as fast as a dragged scroll bar: all rows are new ones. */
export const dragScrollBar = (page: Page, frames: number): Promise<void> =>
	page.evaluate(
		(count) =>
			new Promise<void>((resolve) => {
				const grid = document.querySelector('.viewport')!;
				let at = 0;
				const step = () => {
					grid.scrollTop = (grid.scrollHeight * ++at) / count;
					if (at < count) requestAnimationFrame(step);
					else resolve();
				};
				step();
			}),
		frames
	);

/** From a word in the search field until what it finds is painted. */
export const filterMs = (page: Page, words: string): Promise<number> =>
	page.evaluate(
		(text) =>
			new Promise<number>((resolve) => {
				const field = document.querySelector<HTMLInputElement>('input[type=search]')!;
				const started = performance.now();
				field.value = text;
				field.dispatchEvent(new Event('input', { bubbles: true }));
				// A task queued in a frame runs after that frame is painted.
				requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
			}),
		words
	);

/** From a click on the first element that the selector finds until what it does is painted. */
export const clickMs = (page: Page, selector: string): Promise<number> =>
	page.evaluate(
		(wanted) =>
			new Promise<number>((resolve) => {
				const started = performance.now();
				document.querySelector<HTMLElement>(wanted)!.click();
				requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
			}),
		selector
	);

export interface KeyTimes {
	readonly pressedAt: readonly number[];
	/** From the press to the end of the frame that shows it. */
	readonly paintMs: readonly number[];
}

export async function keysDuring(page: Page, act: () => Promise<void>): Promise<KeyTimes> {
	const recorder = await page.evaluateHandle(() => {
		const times = { pressedAt: [] as number[], paintMs: [] as number[] };
		const listener = ({ timeStamp }: KeyboardEvent) => {
			times.pressedAt.push(performance.timeOrigin + timeStamp);
			requestAnimationFrame(() =>
				setTimeout(() => times.paintMs.push(performance.now() - timeStamp))
			);
		};
		addEventListener('keydown', listener, true);
		return { times, stop: () => removeEventListener('keydown', listener, true) };
	});
	await act();
	return recorder.evaluate(({ times, stop }) => {
		stop();
		return times;
	});
}

/** For each letter that comes into the first row's cell while `act` runs, when it was painted. */
export async function lettersDuring(
	page: Page,
	letters: number,
	act: () => Promise<void>
): Promise<number[]> {
	const recorder = await page.evaluateHandle(
		({ cell, count }) => {
			const words = () => document.querySelector(`${cell} .text`)?.textContent?.length ?? 0;
			const before = words();
			const paintedAt: number[] = [];
			const painted = new Promise<number[]>((resolve) => {
				const frame = () => {
					const here = words() - before;
					setTimeout(() => {
						while (paintedAt.length < here)
							paintedAt.push(performance.timeOrigin + performance.now());
					});
					if (paintedAt.length < count) requestAnimationFrame(frame);
					else resolve(paintedAt);
				};
				frame();
			});
			return { painted };
		},
		{ cell: FIRST_CELL, count: letters }
	);
	await act();
	return recorder.evaluate(({ painted }) => painted);
}
