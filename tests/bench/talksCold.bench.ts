/**
 * Years of one talker's talks on a device: the list, the table of who with whom and one talk, each
 * opened by a browser started anew without a network; and writing in an open one.
 */
import type { BrowserContext, Page } from 'playwright';
import { expect, it } from 'vitest';
import { talkKind } from '../../src/lib/features/talks/model/record/talkKind.ts';
import { foundDevice, type Device } from '../support/device.ts';
import type { StartBrowser } from './appWithPeople.ts';
import { withDesk } from './appWithPeople.ts';
import { keysDuring } from './gridProbes.ts';
import { addYearCampaign, endOf, fillRegister, fillStubs, holdTalks } from './manyTalks.ts';
import { inMB, inMs, percentile, printFigures, spread, timed, type Figure } from './measure.ts';
import * as probes from './talkProbes.ts';

const size =
	process.env['SMALL'] === undefined ? { talks: 300, chars: 2_000 } : { talks: 30, chars: 2_000 };
const PEOPLE = 60;
/** Lines in the branch document of talks that others have held. */
const OTHERS = 1_200;
const OPENINGS = 5;
const LETTERS = 80;
const LETTER_GAP_MS = 120;
const QUIET_MS = 1_500;
const PHONE = 4;
const MINUTES = 60_000;

/** A further device of the same person, in a browser. */
async function addBrowser({ session }: Device, context: BrowserContext): Promise<Page> {
	const made = await session.administration.inviteDevice();
	if (!made.ok) throw new Error(`no invitation: ${made.error}`);
	const page = await context.newPage();
	await page.goto(made.value.link);
	await page.getByRole('button', { name: '加上这台设备' }).click();
	await page.waitForURL('**/today');
	return page;
}

async function holdsAll(page: Page): Promise<void> {
	let before = '';
	const isStill = async () => {
		const held = await probes.heldRooms(page);
		const [now, was] = [JSON.stringify(held), before];
		before = now;
		return held.rooms > size.talks && now === was;
	};
	await expect.poll(isStill, { timeout: 10 * MINUTES, interval: 2_000 }).toBe(true);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await expect
		.poll(() => page.evaluate(async () => (await caches.keys()).length), { timeout: MINUTES })
		.toBe(1);
}

interface Opening {
	readonly what: string;
	readonly path: string;
	readonly look: probes.Look;
	readonly bar?: string;
}
async function openOnce(start: StartBrowser, { path, look }: Opening) {
	const context = await start(true);
	const found = await probes.openCold(await context.newPage(), path, look, QUIET_MS);
	await context.close();
	return found;
}

function openingFigures({ what, bar }: Opening, found: readonly probes.ColdOpening[]): Figure[] {
	const of = (key: keyof probes.ColdOpening, share = 0.5) =>
		percentile(
			found.map((one) => one[key]),
			share
		);
	const [shown, best, worst] = [0.5, 0, 1].map((share) => inMs(of('shown', share)));
	return [
		{ what: `${what}: shown`, figure: `${shown} (${best} to ${worst})`, ...(bar && { bar }) },
		...(of('editable') > 0
			? [{ what: `${what}: editors are there`, figure: inMs(of('editable')) }]
			: []),
		{ what: `${what}: the page's own work`, figure: inMs(of('workMs')) },
		{ what: `${what}: longest pause`, figure: inMs(of('longestTask')) },
		{ what: `${what}: JavaScript heap`, figure: inMB(of('heap')) }
	];
}

/** In turns, so that a busy moment of the machine is not all one screen's. */
async function measureOpenings(
	start: StartBrowser,
	openings: readonly Opening[]
): Promise<Figure[]> {
	const found = openings.map((): probes.ColdOpening[] => []);
	for (let turn = 0; turn < OPENINGS; turn++)
		for (const [at, opening] of openings.entries()) found[at]!.push(await openOnce(start, opening));
	return openings.flatMap((opening, at) => openingFigures(opening, found[at]!));
}

async function measureTyping(
	start: StartBrowser,
	{ path, look }: Opening,
	slower: number
): Promise<Figure[]> {
	const context = await start(true);
	const page = await context.newPage();
	await probes.openCold(page, path, look, QUIET_MS);
	const section = page.locator('.ProseMirror').first();
	await section.click();
	await page.keyboard.press('Control+End');
	await probes.slowDown(page, slower);
	await probes.forgetTasks(page);
	let paintMs: readonly number[] = [];
	const type = async () => {
		const letters = '0123456789'.repeat(LETTERS / 10);
		const keys = () => page.keyboard.type(letters, { delay: LETTER_GAP_MS });
		({ paintMs } = await keysDuring(page, keys));
	};
	const { workMs, heap } = await probes.workDuring(page, type, QUIET_MS);
	expect(await section.innerText()).toContain('0123456789');
	const what = slower > 1 ? `typing, ${slower} times slower` : 'typing';
	const longest = await probes.longestTask(page);
	await context.close();
	return [
		{ what: `${what}: key press to paint`, figure: spread(paintMs), bar: '≤ 50 ms' },
		{ what: `${what}: the page's own work a key`, figure: inMs(workMs / LETTERS) },
		{ what: `${what}: longest pause`, figure: inMs(longest) },
		{ what: `${what}: JavaScript heap`, figure: inMB(heap) }
	];
}

it(
	'opens talks cold, and is written in',
	async () => {
		await withDesk(async (desk, start) => {
			const device = await foundDevice(desk.origin, { kinds: [talkKind] });
			const { session } = device;
			await expect.poll(() => session.connection.current(), { timeout: MINUTES }).toBe('online');
			const self = session.self.member;
			const members = fillRegister(session.root.doc, self, PEOPLE);
			fillStubs(session.root.doc, members, OTHERS);
			addYearCampaign(session.root.doc, self, new Date().getFullYear());
			const context = await start(false);
			const page = await addBrowser(device, context);
			const made = await timed(() => holdTalks(device, members, size));
			const sent = await timed(() => holdsAll(page));
			await context.close();
			await session.close();

			const draft = made.value.findLast((_, no) => endOf(no) === 'draft')!;
			const locked = made.value.findLast((_, no) => endOf(no) === 'locked')!;
			const rows = { selector: 'main li a[href^="/talks/"]', count: size.talks };
			const parts = { selector: ':is(.ProseMirror, .section-text) p', count: 7 };
			const open = { what: 'a draft', path: `/talks/${draft}`, look: parts, bar: '≤ 1 s' };
			const openings: Opening[] = [
				{
					...{ what: 'settings, to compare', path: '/settings' },
					look: { selector: 'main h2, main a', count: 1 }
				},
				{ what: 'the list', path: '/talks', look: rows, bar: '≤ 1 s' },
				{
					...{ what: 'who with whom', path: '/talks/coverage' },
					look: { selector: '[role=grid] tbody th[scope=row]', count: PEOPLE - 1 }
				},
				open,
				{ what: 'a locked record', path: `/talks/${locked}`, look: parts, bar: '≤ 1 s' }
			];
			const figures: Figure[] = [
				{ what: 'written by one device', figure: inMs(made.ms) },
				{ what: 'then held by the browser', figure: inMs(sent.ms) }
			];
			figures.push(...(await measureOpenings(start, openings)));
			for (const slower of [1, PHONE]) figures.push(...(await measureTyping(start, open, slower)));
			const title = `${size.talks} talks of ${size.chars} characters, cold and offline`;
			printFigures(title, figures);
		});
	},
	60 * MINUTES
);
