/** From a finding to 已销号 and back again: scenarios S5 and S10, and evidence without a network. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
	addProblem,
	appIsKept,
	badge,
	cell,
	expect,
	expectAccessible,
	keepsApp,
	openProblems,
	phone,
	synced,
	test
} from './desk.ts';

const drawerOf = (page: Page) => page.locator('dialog.drawer');

const field = (page: Page, id: string) =>
	drawerOf(page).locator(`[data-field=${id}]`).locator('input, textarea, select').first();

/** The status of the open row. */
const statusOf = (page: Page) => drawerOf(page).locator('.facts > *').first();

const step = (page: Page, name: string) =>
	drawerOf(page)
		.getByRole('group', { name: '可以办的事' })
		.getByRole('button', { name, exact: true });

/** Opens the dialog of a step, fills it in and takes the step. */
async function take(page: Page, name: string, answers: Readonly<Record<string, string>>) {
	await step(page, name).click();
	const dialog = page.getByRole('dialog', { name, exact: true });
	for (const [label, words] of Object.entries(answers)) await dialog.getByLabel(label).fill(words);
	await dialog.getByRole('button', { name, exact: true }).click();
	await expect(dialog).toBeHidden();
}

async function openRow(page: Page, words: string) {
	await page
		.locator('[role=row]')
		.filter({ hasText: words })
		.locator('[data-rowheader]')
		.dblclick();
	await expect(drawerOf(page)).toBeVisible();
}

const evidence = (page: Page) => drawerOf(page).getByRole('group', { name: '印证资料' });

/** A picture the browser itself draws, with lines enough that no piece of it is like another. */
async function picture(page: Page, type: string, width: number, height: number): Promise<Buffer> {
	const base64 = await page.evaluate(
		async ([type, width, height]) => {
			const canvas = document.createElement('canvas');
			Object.assign(canvas, { width, height });
			const context = canvas.getContext('2d')!;
			for (let at = 0; at < 600; at++) {
				context.fillStyle = `hsl(${Math.random() * 360} 70% 50%)`;
				const [x, y] = [Math.random() * width, Math.random() * height];
				context.fillRect(x, y, width / 12, height / 12);
			}
			return canvas.toDataURL(type, 0.8).split(',')[1]!;
		},
		[type, width, height] as const
	);
	return Buffer.from(base64, 'base64');
}

async function addPicture(page: Page, name: string) {
	const buffer = await picture(page, 'image/png', 120, 80);
	await evidence(page)
		.locator('input[type=file]')
		.first()
		.setInputFiles({ name: `${name}.png`, mimeType: 'image/png', buffer });
	await expect(evidence(page).getByText(`${name}.jpg`, { exact: true })).toBeVisible();
}

const ymd = (page: Page, days: number) =>
	page.evaluate((ahead) => {
		const at = new Date();
		at.setDate(at.getDate() + ahead);
		const pad = (value: number) => String(value).padStart(2, '0');
		return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
	}, days);

test('S10 returned and closed at the same time: the return holds, and new evidence closes it', async ({
	desk
}) => {
	const a = await desk.found();
	const link = await desk.invitation(a, { uses: 3 });
	const b = await desk.accept(link, '梁晓芸', keepsApp);
	const c = await desk.accept(link, '潘志远');
	const d = await desk.accept(link, '许国平', { ...phone, ...keepsApp });
	const [week, today] = [await ymd(a.page, 7), await ymd(a.page, 0)];

	await openProblems(a.page);
	await addProblem(a.page, '2月资料未及时上传平台');
	await openRow(a.page, '2月资料');
	const mine = drawerOf(a.page);
	await field(a.page, 'aspect').fill('严');
	await field(a.page, 'aspect').blur();
	await mine.getByText('督查通报', { exact: true }).click();
	await expect(mine.getByRole('checkbox', { name: '督查通报' })).toBeChecked();
	await field(a.page, 'rectKind').selectOption({ label: '立行立改' });
	await expect(field(a.page, 'due')).toHaveValue(week);
	await field(a.page, 'level').selectOption({ label: '支部' });
	await step(a.page, '提交').click();
	await step(a.page, '认定').click();
	await expect(statusOf(a.page)).toHaveText('待整改');
	await step(a.page, '开始整改').click();
	await expect(mine.getByRole('alert').filter({ hasText: '还不能“开始整改”' })).toContainText(
		'整改目标、整改措施、责任人、责任领导'
	);
	await mine.locator('.blocked [data-field=goal] textarea').fill('按月上传');
	await mine.getByRole('button', { name: '添加措施' }).click();
	await expect(mine.locator('[data-measure] textarea')).toBeFocused();
	await a.page.keyboard.type('每月末由专人上传');
	await field(a.page, 'leaderId').selectOption({ label: '周敬宁' });
	await field(a.page, 'responsibleId').selectOption({ label: '潘志远' });
	await step(a.page, '开始整改').click();
	await expect(statusOf(a.page)).toHaveText('整改中');

	const address = a.page.url().replace('/problems', '/rectification');
	await Promise.all([a, b, c, d].map(({ page }) => page.goto(address)));
	for (const { page } of [a, b, c, d])
		await expect(statusOf(page)).toHaveText('整改中', { timeout: 15_000 });
	await field(c.page, 'result').fill('3月资料已按时上传');
	await step(c.page, '申请验收').click();
	const refused = drawerOf(c.page).getByRole('alert').filter({ hasText: '还不能“申请验收”' });
	await expect(refused).toContainText('印证资料');
	await expect(refused).not.toContainText('整改进展');
	await drawerOf(c.page).getByRole('button', { name: '去填“印证资料”' }).click();
	await addPicture(c.page, '3月上传截图');
	await step(c.page, '申请验收').click();
	for (const { page } of [a, b, c, d])
		await expect(statusOf(page)).toHaveText('待验收', { timeout: 15_000 });
	await step(c.page, '验收通过（销号）').click();
	await expect(drawerOf(c.page).getByRole('alert')).toContainText(
		'责任人不能验收自己整改的问题，请另一位支委验收。'
	);
	await expect(statusOf(c.page)).toHaveText('待验收');
	await expectAccessible(c.page, 'the open row, a step refused');

	for (const { context } of [b, d]) await context.setOffline(true);
	await step(d.page, '退回').click();
	const giveBack = d.page.getByRole('dialog', { name: '退回', exact: true });
	await giveBack.getByLabel('退回原因').fill('截图是3月的，不是2月的');
	await expectAccessible(d.page, 'return');
	await giveBack.getByRole('button', { name: '退回', exact: true }).click();
	await take(b.page, '验收通过（销号）', { 验收意见: '已看截图，同意销号' });
	await expect(statusOf(d.page)).toHaveText('整改中');
	await expect(statusOf(b.page)).toHaveText('已销号');
	for (const { context } of [b, d]) await context.setOffline(false);
	for (const { page } of [a, b, c, d]) {
		const conflict = drawerOf(page).getByRole('group', { name: '冲突，没有生效' });
		await expect(conflict).toContainText('冲突：销号与退回同时发生，以退回为准。', {
			timeout: 20_000
		});
		await expect(conflict).toContainText('截图是3月的，不是2月的');
		await expect(conflict).toContainText('已看截图，同意销号');
		await expect(statusOf(page)).toHaveText('整改中');
	}
	await expectAccessible(d.page, 'conflict on a phone');
	for (const { page } of [b, d]) {
		await drawerOf(page).getByText('修改记录').click();
		const entry = (note: string) => drawerOf(page).locator('li.event').filter({ hasText: note });
		await expect(entry('截图是3月的')).toContainText('许国平');
		await expect(entry('截图是3月的')).toContainText('退回');
		await expect(entry('截图是3月的')).not.toContainText('没有生效');
		await expect(entry('已看截图')).toContainText('梁晓芸');
		await expect(entry('已看截图')).toContainText('冲突，没有生效');
	}

	await addPicture(c.page, '2月补传截图');
	await step(c.page, '申请验收').click();
	await expect(evidence(d.page)).toContainText('2月补传截图.jpg', { timeout: 15_000 });
	await expect(drawerOf(d.page).getByRole('group', { name: '冲突，没有生效' })).toBeHidden();
	await take(d.page, '验收通过（销号）', { 验收意见: '2月资料已补传' });
	await drawerOf(a.page).getByRole('button', { name: '完成' }).click();
	await expect(cell(a.page, 1, 'status')).toContainText('已销号', { timeout: 15_000 });
	await expect(cell(a.page, 1, 'closing')).toHaveText(`许国平 ${today}`);

	await openRow(a.page, '2月资料');
	await take(a.page, '回头看 · 反弹', { 反弹的情况: '4月又没有上传' });
	for (const { page } of [a, b, c, d])
		await expect(statusOf(page)).toHaveText('整改中', { timeout: 15_000 });
	await drawerOf(a.page).getByRole('button', { name: '完成' }).click();
	await expect(cell(a.page, 1, 'closing')).toHaveText('');
});

const opinions = [
	['征集时间', '征集方式', '意见建议内容', '类别', '对象类别', '责任人', '办理时限', '备注'],
	['3月14日', '家长会', '延时班作业太多', '课后服务', '家长', '周敬宁', '3月31日', '何建华家长提'],
	['3月14日', '意见箱', '延时班只让孩子写作业', '课后服务', '家长', '', '', ''],
	['3月15日', '座谈会', '教案检查次数偏多', '教学质量', '教师', '', '', ''],
	['3月15日', '电话', '接送区太挤', '学校安全', '家长', '周敬宁', '3月20日', '来电人沈玉兰'],
	['3月16日', '意见箱', '希望取消周末值班', '', '教师', '', '', '']
];

const card = (page: Page, name: string) =>
	page.locator('li').filter({ has: page.getByRole('heading', { name, exact: true }) });

test('S5 opinions: merged, made a problem, answered, declined, in figures and on paper', async ({
	desk
}) => {
	const a = await desk.found();
	const { page } = a;
	const drawer = drawerOf(page);
	await openProblems(page);
	await page.goto(page.url().replace('/problems', '/opinions'));
	await expect(page.getByRole('button', { name: '新增意见' }).first()).toBeVisible();
	await page.evaluate(
		(text) => navigator.clipboard.writeText(text),
		opinions.map((row) => row.join('\t')).join('\n')
	);
	await page.keyboard.press('Control+v');
	await expect(page.getByText('共 5 条')).toBeVisible();
	await expect(cell(page, 3, 'channel')).toHaveText('教师座谈会');
	await expect(cell(page, 4, 'on')).toContainText('-03-15');
	await expect(cell(page, 1, 'responsibleId')).toHaveText('周敬宁');

	await openRow(page, '延时班只让孩子写作业');
	await step(page, '归并').click();
	const merge = page.getByRole('dialog', { name: '归并', exact: true });
	await merge.getByLabel('按编号或内容查找').fill('作业太多');
	await merge.getByRole('radio').check();
	await expectAccessible(page, 'merge');
	await merge.getByRole('button', { name: '归并', exact: true }).click();
	await expect(statusOf(page)).toHaveText('已归并');
	await drawer.getByRole('link', { name: /延时班作业太多/ }).click();
	await expect(drawer.getByRole('link', { name: /延时班只让孩子写作业/ })).toBeVisible();

	await field(page, 'urgent').check();
	await step(page, '转为问题').click();
	const problem = page.getByRole('dialog', { name: '转为问题', exact: true });
	await expect(problem.getByLabel('具体表现')).toHaveValue('延时班作业太多');
	await expect(problem.getByRole('checkbox', { name: '课后服务' })).toBeChecked();
	await expect(problem.getByRole('checkbox', { name: '急难愁盼' })).toBeChecked();
	await expectAccessible(page, 'an opinion becomes a problem');
	await problem.getByLabel('具体表现').fill('课后服务以写作业为主，社团少');
	await problem.getByRole('button', { name: '建立问题' }).click();
	await expect(statusOf(page)).toHaveText('办理中');
	await expect(step(page, '转为问题')).toBeHidden();
	await drawer.getByRole('link', { name: /^WT-\d{4}-001/ }).click();
	await page.waitForURL('**/ledgers/problems?**');
	await expect(field(page, 'manifestation')).toHaveValue('课后服务以写作业为主，社团少');
	await expect(field(page, 'urgent')).toBeChecked();
	await expect(drawer.getByRole('checkbox', { name: '课后服务' })).toBeChecked();
	await expect(drawer.getByRole('checkbox', { name: '意见征集' })).toBeChecked();
	await drawer.getByRole('link', { name: '延时班作业太多' }).click();
	await page.waitForURL('**/ledgers/opinions?**');
	await expect(field(page, 'words')).toHaveValue('延时班作业太多');
	await drawer.getByRole('button', { name: '完成' }).click();

	await openRow(page, '接送区太挤');
	await step(page, '开始办理').click();
	await take(page, '办结', { 办理结果: '重新划定接送区，分年级放学' });
	await step(page, '反馈').click();
	const reply = page.getByRole('dialog', { name: '反馈', exact: true });
	await reply.getByLabel('反馈时间').fill('3月20日');
	await reply.getByLabel('反馈方式').fill('家长群');
	await reply.getByLabel('满意度').selectOption({ label: '满意' });
	await reply.getByRole('button', { name: '反馈', exact: true }).click();
	await expect(statusOf(page)).toHaveText('已反馈');
	await drawer.getByRole('button', { name: '完成' }).click();
	await openRow(page, '希望取消周末值班');
	await step(page, '不予采纳').click();
	const decline = page.getByRole('dialog', { name: '不予采纳', exact: true });
	await decline.getByRole('button', { name: '不予采纳', exact: true }).click();
	await expect(decline.getByText('请填写')).toBeVisible();
	await decline.getByRole('textbox').fill('值班为上级统一要求，已调整为轮流');
	await decline.getByRole('button', { name: '不予采纳', exact: true }).click();
	await expect(statusOf(page)).toHaveText('不予采纳');
	await drawer.getByRole('button', { name: '完成' }).click();

	await expect(cell(page, 4, 'reply')).toHaveText(/^\d{4}-03-20 家长群\s*$/);
	await expect(cell(page, 4, 'satisfaction')).toHaveText('满意');

	await page.evaluate(() => {
		window.print = () => undefined;
	});
	await page.getByRole('button', { name: '更多', exact: true }).click();
	await page.getByRole('menuitem', { name: '导出、打印…' }).click();
	const paper = page.getByRole('dialog');
	await paper.getByRole('radio', { name: '打印', exact: true }).check();
	await paper.getByRole('button', { name: '看打印效果（5 行）' }).click();
	const heads = paper.getByRole('columnheader');
	await expect(heads).toHaveText([
		...['序号', '征集时间', '征集方式', '意见建议内容', '类别', '对象类别', '责任人', '办理措施'],
		...['办理时限', '办理结果', '反馈时间及方式', '满意度']
	]);
	await expect(paper.getByRole('table')).toContainText('重新划定接送区，分年级放学');
	for (const speaker of ['何建华', '沈玉兰']) await expect(paper).not.toContainText(speaker);
	await paper.locator('footer').getByRole('button', { name: '关闭' }).click();

	await page.getByRole('link', { name: '数据' }).click();
	await expect(card(page, '办结率').locator('.value')).toHaveText(/^50%\s*2 \/ 4$/);
	await expect(card(page, '反馈率').locator('.value')).toHaveText(/^25%\s*1 \/ 4$/);
});

/** Turned to the right, and with words in it that nobody else is to read. */
function withExif(jpeg: Buffer, words: string): Buffer {
	const text = Buffer.from(`${words}\0`, 'latin1');
	const entry = (tag: number, type: number, count: number, value: number) => {
		const bytes = Buffer.alloc(12);
		bytes.writeUInt16LE(tag, 0);
		bytes.writeUInt16LE(type, 2);
		bytes.writeUInt32LE(count, 4);
		bytes.writeUInt32LE(value, 8);
		return bytes;
	};
	const exif = Buffer.concat([
		Buffer.from('Exif\0\0II*\0\x08\0\0\0\x02\0', 'latin1'),
		...[entry(0x010e, 2, text.length, 38), entry(0x0112, 3, 1, 6), Buffer.alloc(4), text]
	]);
	const length = Buffer.alloc(2);
	length.writeUInt16BE(exif.length + 2);
	const head = Buffer.from([0xff, 0xe1]);
	return Buffer.concat([jpeg.subarray(0, 2), head, length, exif, jpeg.subarray(2)]);
}

const filesIn = (directory: string): Buffer[] =>
	readdirSync(directory, { recursive: true, withFileTypes: true })
		.filter((file) => file.isFile())
		.map((file) => readFileSync(join(file.parentPath, file.name)));

test('a photo taken without a network is kept, sent later, seen by a colleague, and sealed', async ({
	desk
}) => {
	const a = await desk.found({ ...phone, ...keepsApp });
	const b = await desk.join(a, '梁晓芸');
	const { page } = a;
	await page.goto('/ledgers/problems');
	await page.getByRole('button', { name: '新增问题' }).first().click();
	await field(page, 'manifestation').fill('食堂留样标签缺时间');
	await synced(page, 2, 2);
	await appIsKept(page);
	const address = page.url();

	await a.context.setOffline(true);
	await expect(badge(page)).toContainText('离线');
	const photo = withExif(await picture(page, 'image/jpeg', 2400, 1800), 'GPS-31.2304N');
	const files = evidence(page).locator('input[type=file]').first();
	await files.setInputFiles({ name: '食堂留样柜.jpeg', mimeType: 'image/jpeg', buffer: photo });
	const item = evidence(page).getByRole('listitem').filter({ hasText: '食堂留样柜.jpg' });
	await expect(item).toContainText('已存本机 · 待上传', { timeout: 15_000 });
	await expect(item.locator('img')).toBeVisible();
	await files.setInputFiles({
		...{ name: '监控录像.zip', mimeType: 'application/zip' },
		buffer: Buffer.alloc(25 * 1024 * 1024 + 1, 7)
	});
	await expect(evidence(page).getByRole('alert')).toHaveText(
		/^“监控录像\.zip”太大，没有添加。单个附件不能超过 25\s?MB。$/
	);
	await expect(evidence(page).getByRole('listitem')).toHaveCount(1);
	await expectAccessible(page, 'evidence on a phone');

	await page.reload();
	await expect(field(page, 'manifestation')).toHaveValue('食堂留样标签缺时间');
	await expect(item).toContainText('已存本机 · 待上传');
	await expect.poll(() => widthOf(page)).toBeGreaterThan(0);
	await a.context.setOffline(false);
	await expect(item).toContainText('已上传', { timeout: 30_000 });

	await b.page.goto(address);
	await expect(evidence(b.page).getByText('食堂留样柜.jpg')).toBeVisible({ timeout: 15_000 });
	await expect.poll(() => widthOf(b.page)).toBeGreaterThan(0);
	await evidence(b.page)
		.getByRole('button', { name: /^食堂留样柜/ })
		.click();
	const shown = b.page.getByRole('dialog', { name: '食堂留样柜.jpg' }).locator('img');
	const size = () =>
		shown.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight]);
	await expect.poll(size).toEqual([1500, 2000]);
	await expectAccessible(b.page, 'the picture');
	await b.page.keyboard.press('Escape');
	await expect(shown).toBeHidden();

	const download = b.page.waitForEvent('download');
	await evidence(b.page).getByRole('button', { name: '保存“食堂留样柜.jpg”到本机' }).click();
	const saved = readFileSync(await (await download).path());
	expect(saved.includes('GPS-31.2304N')).toBe(false);
	const onRelay = filesIn(desk.relay.dataDir);
	// It is there, and what is there is as long as the picture; but none of it can be recognised.
	expect(Math.max(...onRelay.map(({ length }) => length))).toBeGreaterThanOrEqual(saved.length);
	const pieces = [0.25, 0.5, 0.75].map((share) => {
		const from = Math.floor(saved.length * share);
		return saved.subarray(from, from + 24);
	});
	for (const bytes of onRelay) {
		for (const word of ['食堂留样柜', '监控录像', 'JFIF', 'GPS-31.2304N'])
			expect(bytes.includes(word), word).toBe(false);
		for (const piece of pieces) expect(bytes.includes(piece)).toBe(false);
	}
});

const widthOf = (page: Page) =>
	evidence(page)
		.locator('li img')
		.first()
		.evaluate((img: HTMLImageElement) => img.naturalWidth);
