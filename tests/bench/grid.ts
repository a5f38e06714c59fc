/** The problem list in a real Chromium at 5,000 and at 10,000 rows, alone and with a colleague. */
import type { Page } from 'playwright';
import { badge, openProblems, type Person } from '../e2e/desk.ts';
import { generateProblems, problemsToTsv } from '../support/generateProblems.ts';
import { withDesk } from './appWithPeople.ts';
import * as probes from './gridProbes.ts';
import { inMs, pause, percentile, printFigures, spread, timed, type Figure } from './measure.ts';

const STEP = 5_000;
const SIZES = [STEP, 2 * STEP];
const OPENINGS = 3;
const LETTERS = 80;
const LETTER_GAP_MS = 90;
const WHEEL_TURNS = 150;
const WHEEL_PX = 300;
const FRAME_MS = 16;
const SCROLL_SHARES = [0.5, 0.95, 0.99];
const searches = [
	'三',
	'三年级',
	'食堂',
	'陪餐留样',
	'第一党小组',
	'没有人跟进',
	'周敬宁',
	'检查',
	'不存在'
];

/** Pastes with a header: new rows at the end. */
async function pasteRows(page: Page, from: number): Promise<Figure> {
	const text = problemsToTsv(generateProblems(STEP, from + 1));
	await page.evaluate((words) => navigator.clipboard.writeText(words), text);
	const paste = await timed(async () => {
		await page.keyboard.press('Control+v');
		// Names that are not members are asked about first.
		await page.getByRole('button', { name: /^粘贴 \d+ 行/ }).click();
		await probes.rowsShownAt(page, from + STEP);
	});
	// The first of the new rows is in view then.
	await page.keyboard.press('Control+Home');
	return { what: `${STEP} rows pasted, with the preview`, figure: inMs(paste.ms) };
}

const saved = (page: Page) =>
	badge(page)
		.filter({ hasText: /已同步|已送达/ })
		.waitFor({ timeout: 60_000 });

async function measureOpening(page: Page, rows: number): Promise<Figure[]> {
	const cold: number[] = [];
	const warm: number[] = [];
	for (let i = 0; i < OPENINGS; i++) {
		await page.reload({ waitUntil: 'commit' });
		cold.push(await probes.rowsShownAt(page, rows));
		await page.getByRole('link', { name: '计划' }).first().click();
		await page.waitForURL('**/plans');
		await pause(300);
		const pressedAt = await page.evaluate(() => {
			const at = performance.now();
			document.querySelector<HTMLElement>('a[href^="/ledgers"]')!.click();
			return at;
		});
		warm.push((await probes.rowsShownAt(page, rows)) - pressedAt);
	}
	return [
		{ what: 'page reloaded until rows show, median', figure: inMs(percentile(cold, 0.5)) },
		{
			what: 'from another screen until rows show, median',
			figure: inMs(percentile(warm, 0.5)),
			bar: '≤ 1 s'
		}
	];
}

async function measureScrolling(page: Page): Promise<Figure[]> {
	const bar = 'no frame over 50 ms';
	await page.locator('.viewport').hover();
	const wheel = await probes.framesDuring(page, async () => {
		for (let i = 0; i < WHEEL_TURNS; i++) {
			await page.mouse.wheel(0, WHEEL_PX);
			await pause(FRAME_MS);
		}
	});
	const drag = await probes.framesDuring(page, () => probes.dragScrollBar(page, WHEEL_TURNS));
	await page.evaluate(() => document.querySelector('.viewport')?.scrollTo(0, 0));
	return [
		{ what: 'frames while the wheel turns', figure: spread(wheel, SCROLL_SHARES), bar },
		{ what: 'frames while the scroll bar is dragged', figure: spread(drag, SCROLL_SHARES), bar }
	];
}

async function measureFilter(page: Page): Promise<Figure> {
	const found: number[] = [];
	for (const words of searches)
		for (const text of [words, '']) {
			found.push(await probes.filterMs(page, text));
			await pause(100);
		}
	return { what: 'filter, typed to painted', figure: spread(found), bar: '≤ 50 ms' };
}

/** By due date up, down and back to the list's own order; then by the person responsible, and back. */
async function measureOrder(page: Page): Promise<Figure[]> {
	const head = (column: string) => `[role=columnheader]:has([title="${column}"])`;
	const sorts: number[] = [];
	for (let turn = 0; turn < 6; turn++) {
		sorts.push(await probes.clickMs(page, `${head('整改时限')} button.title`));
		await pause(200);
	}
	const groups: number[] = [];
	for (const item of ['按本列分组', '取消分组', '按本列分组', '取消分组']) {
		await page.locator(`${head('责任人')} [data-head-menu]`).click();
		await page
			.getByRole('menuitem', { name: item })
			.evaluate((one) => one.setAttribute('data-now', ''));
		groups.push(await probes.clickMs(page, '[data-now]'));
		await pause(200);
	}
	return [
		{ what: 'sort, clicked to painted', figure: spread(sorts) },
		{ what: 'group and ungroup, chosen to painted', figure: spread(groups) }
	];
}

async function measureTyping(here: Person, there: Person): Promise<Figure[]> {
	await here.page.locator(probes.FIRST_CELL).click();
	await here.page.keyboard.press('Enter');
	await here.page.keyboard.press('End');
	let keys: probes.KeyTimes = { pressedAt: [], paintMs: [] };
	const type = async () => {
		await here.page.keyboard.type('0123456789'.repeat(LETTERS / 10), { delay: LETTER_GAP_MS });
	};
	const painted = await probes.lettersDuring(there.page, LETTERS, async () => {
		keys = await probes.keysDuring(here.page, type);
	});
	await here.page.keyboard.press('Escape');
	const away = painted.map((at, i) => at - keys.pressedAt[i]!);
	return [
		{ what: 'key press to paint', figure: spread(keys.paintMs) },
		{ what: "key press to the colleague's paint", figure: spread(away), bar: 'p95 ≤ 100 ms' }
	];
}

await withDesk(async (desk) => {
	const here = await desk.found();
	const there = await desk.join(here, '梁晓芸');
	await openProblems(there.page);
	await openProblems(here.page);
	for (const rows of SIZES) {
		const figures = [await pasteRows(here.page, rows - STEP)];
		await saved(here.page);
		await probes.rowsShownAt(there.page, rows);
		figures.push(...(await measureTyping(here, there)));
		figures.push(...(await measureOpening(here.page, rows)));
		figures.push(...(await measureScrolling(here.page)));
		figures.push(await measureFilter(here.page));
		figures.push(...(await measureOrder(here.page)));
		printFigures(`problem list of ${rows} rows`, figures);
	}
});
