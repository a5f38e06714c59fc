/**
 * A branch after ten years, opened cold and offline on 今日: until something can be tapped, and until
 * every plan and ledger has been looked into.
 */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { foundDevice, type Device } from '../support/device.ts';
import { appIsKept, keepsApp, type Desk, type Person } from '../e2e/desk.ts';
import { withDesk } from './appWithPeople.ts';
import { inMs, percentile, printFigures, timed, type Figure } from './measure.ts';
import { kinds, liveTenYears, type Size } from './tenYears.ts';

const whole = process.env['SMALL'] === undefined;
const size: Size = whole
	? { years: 10, rowsPerYear: 1_000, plansPerYear: 9, tasksPerPlan: 30, talks: 1_900 }
	: { years: 3, rowsPerYear: 200, plansPerYear: 3, tasksPerPlan: 30, talks: 30 };
const OPENINGS = 5;
const MINUTES = 60_000;

interface Marks {
	/** Since the page was asked for, ms. */
	frame: number;
	first: number;
	all: number;
	longestTask: number;
}
type Marked = Window & { marks: Marks };

/** Runs in the page before anything else of it does. */
function watch() {
	const marks: Marks = { frame: 0, first: 0, all: 0, longestTask: 0 };
	(window as unknown as Marked).marks = marks;
	const look = () => {
		const has = (selector: string) => document.querySelector(selector) !== null;
		if (marks.frame === 0 && has('main .date')) marks.frame = performance.now();
		if (marks.first === 0 && has('[data-section] a')) marks.first = performance.now();
		if (marks.first > 0 && has('main .looking')) marks.all = 0;
		else if (marks.first > 0 && marks.all === 0) marks.all = performance.now();
	};
	new MutationObserver(look).observe(document, { childList: true, subtree: true });
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries())
			marks.longestTask = Math.max(marks.longestTask, duration);
	}).observe({ type: 'longtask', buffered: true });
}

async function join(desk: Desk, { session }: Device): Promise<Person> {
	const made = await session.administration.invite({ role: 'officer', lifetimeMs: 3_600_000 });
	if (!made.ok) throw new Error(`no invitation: ${made.error}`);
	const person = await desk.person('梁晓芸', keepsApp);
	await person.page.goto(made.value.link);
	await person.page.getByLabel('你的姓名').fill(person.name);
	await person.page.getByRole('button', { name: '加入', exact: true }).click();
	await person.page.waitForURL('**/today');
	return person;
}

const held = ({ session }: Device) => session.save.current().held.by;
const memberOf = ({ session }: Device, self: string) =>
	session.administration.people.current().find(({ member }) => member !== self)!.member;

async function open(page: Page, path: string): Promise<Marks> {
	await page.goto(path, { waitUntil: 'commit' });
	const marks = () => page.evaluate(() => (window as unknown as Marked).marks);
	// Nothing more to look into, and it stays so.
	await expect
		.poll(async () => (await marks()).all > 0 && !(await page.locator('.looking').count()), {
			timeout: 2 * MINUTES
		})
		.toBe(true);
	return marks();
}

function figures(name: string, found: readonly Marks[], bar?: string): Figure[] {
	const median = (key: keyof Marks) =>
		inMs(
			percentile(
				found.map((marks) => marks[key]),
				0.5
			)
		);
	return [
		{ what: `${name}: the page stands`, figure: median('frame') },
		{ what: `${name}: the first thing to do`, figure: median('first'), ...(bar && { bar }) },
		{ what: `${name}: all documents looked into`, figure: median('all') },
		{ what: `${name}: longest pause`, figure: median('longestTask') }
	];
}

it(
	'opens on today',
	async () => {
		await withDesk(async (desk) => {
			const founder = await foundDevice(desk.origin, { kinds });
			await expect
				.poll(() => founder.session.connection.current(), { timeout: MINUTES })
				.toBe('online');
			const person = await join(desk, founder);
			const whose = memberOf(founder, founder.session.self.member);
			const say = (made: number) => console.log(`  ${made} documents made`);
			const living = await timed(() => liveTenYears(founder, whose, size, say));
			const syncing = await timed(() =>
				expect.poll(() => held(founder), { timeout: 10 * MINUTES, interval: 500 }).toBe(2)
			);
			const { page, context } = person;
			await appIsKept(page);
			await page.close();
			await founder.session.close();
			await context.setOffline(true);
			await context.addInitScript(watch);
			const cold: Record<string, Marks[]> = { '/today': [], '/today?scope=branch': [] };
			for (let turn = 0; turn < OPENINGS; turn++)
				for (const [path, found] of Object.entries(cold)) {
					const fresh = await context.newPage();
					found.push(await open(fresh, path));
					if (turn === 0) {
						const sections = await fresh.locator('[data-section] h2').allInnerTexts();
						console.log(`  ${path}: ${sections.join(' · ')}`);
					}
					await fresh.close();
				}
			const { years, rowsPerYear, plansPerYear, talks } = size;
			const rooms = years * (1 + plansPerYear) + talks;
			printFigures(`cold offline start, ${rooms} rooms, ${years * rowsPerYear} rows`, [
				{ what: 'written by one device', figure: inMs(living.ms) },
				{ what: 'then held by the other', figure: inMs(syncing.ms) },
				...figures('mine', cold['/today']!, '≤ 1.5 s'),
				...figures('the branch', cold['/today?scope=branch']!, '≤ 1.5 s')
			]);
			expect(cold['/today']).toHaveLength(OPENINGS);
		});
	},
	60 * MINUTES
);
