/** A real relay that serves the built app, and people with browsers of their own. */
import AxeBuilder from './axe.ts';
import {
	expect,
	test as base,
	type Browser,
	type BrowserContext,
	type Locator,
	type Page
} from '@playwright/test';
import { posts } from '../../src/lib/features/members/model/posts.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';

export interface Person {
	readonly name: string;
	readonly context: BrowserContext;
	page: Page;
}

type Options = NonNullable<Parameters<Browser['newContext']>[0]>;

export interface InvitationWish {
	/** As it stands in the choice: a name, with the posts where there are any. */
	readonly for?: string;
	readonly role?: 'secretary' | 'officer' | 'observer';
	readonly uses?: number;
	readonly approval?: boolean;
}

export const phone = {
	viewport: { width: 390, height: 844 },
	hasTouch: true,
	isMobile: true
} as const;

/**
 * For who is going to lose the network: the app stays in the browser. Everybody else goes without,
 * since keeping it means to load all of it at the first visit.
 */
export const keepsApp = { serviceWorkers: 'allow' } as const;

/** The app is in the browser, all of it. */
export async function appIsKept(page: Page) {
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(1);
}

export class Desk {
	readonly relay: RelayProcess;
	readonly #browser: Browser;
	readonly #contexts: BrowserContext[] = [];

	constructor(relay: RelayProcess, browser: Browser) {
		this.relay = relay;
		this.#browser = browser;
	}

	get origin() {
		return `http://${this.relay.host}`;
	}

	/** A browser profile of its own; page errors fail the test. */
	async person(name: string, options: Options = {}): Promise<Person> {
		const context = await this.#browser.newContext({
			baseURL: this.origin,
			locale: 'zh-CN',
			timezoneId: 'Asia/Shanghai',
			viewport: { width: 1440, height: 900 },
			permissions: ['clipboard-read', 'clipboard-write'],
			serviceWorkers: 'block',
			...options
		});
		this.#contexts.push(context);
		context.on('weberror', (error) => {
			throw error.error();
		});
		return { name, context, page: await context.newPage() };
	}

	async found(options?: Options, name = '周敬宁'): Promise<Person> {
		const person = await this.person(name, options);
		const { page } = person;
		await page.goto('/found');
		await page.getByLabel('支部名称').fill('城东实验小学党支部');
		await page.getByLabel('你的姓名').fill(name);
		await page.getByRole('button', { name: '建好，进入工作台' }).click();
		await page.getByRole('link', { name: '先去工作台' }).click();
		await page.waitForURL('**/today');
		return person;
	}

	async invitation({ page }: Person, wish: InvitationWish = {}): Promise<string> {
		await visit(page, '/members');
		await page.getByRole('button', { name: '邀请成员' }).click();
		if (wish.for) await page.getByLabel('邀请谁').selectOption({ label: wish.for });
		if (wish.role) await page.getByLabel('加入后可以').selectOption(wish.role);
		if (wish.uses) await page.getByLabel('可以几个人用').selectOption(`${wish.uses}`);
		if (wish.approval) await page.getByLabel('需书记同意').check();
		await page.getByRole('button', { name: '生成邀请' }).click();
		const link = await page.getByLabel('邀请链接').inputValue();
		await page.getByRole('button', { name: '完成' }).click();
		return link;
	}

	async join(by: Person, name: string, options?: Options): Promise<Person> {
		return this.accept(await this.invitation(by), name, options);
	}

	/** Several by one invitation. */
	async joinAll<const Names extends readonly string[]>(
		by: Person,
		names: Names,
		options?: Options
	): Promise<{ [At in keyof Names]: Person }> {
		const link = await this.invitation(by, { uses: names.length });
		const people: Person[] = [];
		for (const name of names) people.push(await this.accept(link, name, options));
		return people as { [At in keyof Names]: Person };
	}

	async accept(link: string, name: string, options?: Options): Promise<Person> {
		const person = await this.person(name, options);
		await person.page.goto(link);
		await person.page.getByLabel('你的姓名').fill(name);
		await person.page.getByRole('button', { name: '加入', exact: true }).click();
		await person.page.waitForURL('**/today');
		return person;
	}

	async close() {
		await Promise.all(this.#contexts.map((context) => context.close()));
		await this.relay.dispose();
	}
}

export const test = base.extend<{ desk: Desk }>({
	desk: async ({ browser }, use, info) => {
		const desk = new Desk(await startRelayProcess(), browser);
		await use(desk);
		if (info.status !== info.expectedStatus)
			await info.attach('relay.log', { body: desk.relay.log() });
		await desk.close();
	}
});

/**
 * To a page of the app, by a link where the app is open already: it need not start anew. A page is
 * loaded where it is open itself, so that nothing is left of what was done there.
 */
export async function visit(page: Page, path: string) {
	const { protocol, pathname } = new URL(page.url());
	if (!protocol.startsWith('http') || pathname === path) {
		await page.goto(path);
		return;
	}
	await page.evaluate((href) => {
		const link = Object.assign(document.createElement('a'), { href });
		document.body.append(link);
		link.click();
		link.remove();
	}, path);
	await page.waitForURL((url) => url.pathname === path);
}

/** The badge in the header: the true state of saving. */
export const badge = (page: Page) =>
	page
		.locator('header')
		.getByRole('button')
		.filter({ hasText: /已存本机|已送达|已同步|正在保存|离线|空间已满|没有存下来/ });

export const synced = (page: Page, by: number, of: number) =>
	expect(badge(page)).toHaveText(`已同步到 ${by}/${of} 位成员`, { timeout: 15_000 });

/** A cell of the problem list: row from 1, column by its name in the document. */
export const cell = (page: Page, row: number, column: string) =>
	page.locator(`[role=row][aria-rowindex="${row + 1}"] [id$="-${column}"]`);

/** Opens somebody's line on 成员; gives the drawer with that person. */
export async function openPerson(page: Page, name: string): Promise<Locator> {
	await visit(page, '/members');
	const named = page.locator('.name').filter({ hasText: new RegExp(`^${name}$`) });
	await page.getByRole('main').getByRole('button').filter({ has: named }).click();
	const drawer = page.getByRole('dialog', { name });
	await expect(drawer).toBeVisible();
	return drawer;
}

export const settingsPages = [
	'/settings',
	'/settings/lock',
	'/settings/kit',
	'/settings/backup',
	'/settings/diagnosis',
	'/settings/privacy'
] as const;

/** Locked from the next load on. */
export async function lockWithPin(page: Page, pin: string) {
	await visit(page, '/settings/lock');
	await page.getByRole('button', { name: '启用应用锁' }).click();
	const secret = (label: string) =>
		page.locator('input[type=password]').and(page.getByLabel(label, { exact: true }));
	await secret('数字密码').fill(pin);
	await secret('再输一遍').fill(pin);
	await page.getByLabel('我知道了，会记牢').check();
	await page.getByRole('button', { name: '启用应用锁' }).click();
	await expect(page.getByText('已上锁：数字密码')).toBeVisible();
}

export const isRemoved = (page: Page) =>
	expect(page.getByRole('heading', { name: '这台设备已停用' })).toBeVisible();

/** A plan with one task; gives its address. */
export async function addTask(page: Page, plan: string, task: string): Promise<string> {
	await visit(page, '/plans');
	await page.getByRole('button', { name: '新建空白计划' }).click();
	await page.getByRole('dialog').getByRole('textbox').fill(plan);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/plans\/[^/]{22}/);
	await page.getByRole('button', { name: '新增任务' }).first().click();
	await page.getByRole('dialog').getByRole('textbox').first().fill(task);
	await page.keyboard.press('Enter');
	await expect(leader(page)).toBeVisible();
	return page.url();
}

/** 责任领导 of the task that is open. */
export const leader = (page: Page) => page.locator('[data-field=leader] select');

/** Names and posts aside, which stay as they are in any language, there is no Chinese. */
export async function expectEnglish(page: Page, where: string, names: readonly string[] = []) {
	const known = ['中文', '城东实验小学党支部', '周敬宁', ...posts, ...names];
	// 副书记 before 书记: what is left of a longer one would be found.
	const byLength = known.toSorted((a, b) => b.length - a.length);
	const text = byLength.reduce<string>(
		(rest, name) => rest.replaceAll(name, ''),
		await page.locator('body').innerText()
	);
	expect(text.replace(/^.$/gm, '').match(/\p{Script=Han}+/gu), where).toBeNull();
}

export async function openProblems(page: Page) {
	await visit(page, '/ledgers/problems');
	await expect(page.getByRole('button', { name: '新增问题' }).first()).toBeVisible();
}

/** Adds a row and types into the cell that is in focus. */
export async function addProblem(page: Page, text: string, delay = 0) {
	await page.getByRole('button', { name: '新增问题' }).first().click();
	await page.keyboard.type(text, { delay });
	await page.keyboard.press('Escape');
}

/** Nothing that the rules of accessibility call serious or critical. */
export async function expectAccessible(page: Page, what: string) {
	// A drawer that is still fading in has colours of its own; what counts is how it stays.
	await page.evaluate(async () => {
		const running = document
			.getAnimations()
			.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
		await Promise.allSettled(running.map(({ finished }) => finished));
	});
	const { violations } = await new AxeBuilder({ page }).analyze();
	const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
	expect(
		serious.map(
			({ id, nodes }) =>
				`${what}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`
		)
	).toEqual([]);
}

export { expect };
