/** Taking a talk down: nothing is lost, whatever happens to the page, the network or the editor. */
import type { BrowserContext, Page } from '@playwright/test';
import {
	appIsKept,
	badge,
	expect,
	expectAccessible,
	expectEnglish,
	keepsApp,
	openProblems,
	phone,
	test,
	type Desk,
	type Person
} from './desk.ts';
import { earlyField, section, startTalk, wordsOf } from './talks.ts';
import { expectNoSideways, tooSmall } from './thumb.ts';

const other = '梁晓芸';

async function talker(
	desk: Desk,
	options?: Parameters<Desk['person']>[1]
): Promise<Person & { colleague: Person }> {
	const a = await desk.found({ ...keepsApp, ...options });
	return { ...a, colleague: await desk.join(a, other) };
}

async function crash(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const crashed = page.waitForEvent('crash');
	// Never answered: who should answer is dead.
	session.send('Page.crash').catch(() => undefined);
	await crashed;
	await page.close();
}

/** The editor’s code is fetched only after `release`, or fails before it. */
async function holdEditor(context: BrowserContext, how: 'wait' | 'fail'): Promise<() => void> {
	let release = () => {};
	let held = true;
	const released = new Promise<void>((resolve) => (release = resolve));
	await context.route('**/_app/immutable/**/*.js', async (route) => {
		const response = await route.fetch();
		if (held && (await response.text()).includes('y-sync')) {
			if (how === 'fail') return route.abort();
			await released;
		}
		await route.fulfill({ response });
	});
	return () => {
		held = false;
		release();
	};
}

test('a talk is written section by section, and a reload brings back words and place', async ({
	desk
}) => {
	const a = await talker(desk);
	const { page } = a;
	const address = await startTalk(page, other);
	// A new record waits for the first word.
	await expect(section(page, '谈工作')).toBeFocused();
	await page.keyboard.type('德育活动较扎实');
	await page.keyboard.press('Enter');
	await page.keyboard.type('- 家校沟通任务重');
	await page.keyboard.press('Control+Enter');
	await expect(section(page, '谈思想')).toBeFocused();
	await page.keyboard.press('Control+b');
	await page.keyboard.type('对岗位调整有顾虑');
	await expect(section(page, '谈思想').locator('strong')).toHaveText('对岗位调整有顾虑');

	await page.getByRole('button', { name: '记一条线索' }).click();
	await page.keyboard.type('家长会以通报成绩为主');
	await page.keyboard.press('Enter');
	await page.keyboard.type('后进学生的家长没有机会说话');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Backspace');
	await expect(page.getByRole('textbox', { name: '第 2 条线索' })).toBeFocused();
	await page.keyboard.press('Control+z');
	await expect(page.getByRole('textbox', { name: '第 2 条线索' })).toHaveValue('');
	await page.keyboard.press('Control+y');

	await page.getByRole('button', { name: '加一件' }).click();
	await page.keyboard.type('和年级组长商量家长会怎么开');
	await page.keyboard.press('Tab');
	await page.keyboard.type('3月31日');
	await page.keyboard.press('Enter');
	await page.getByRole('checkbox', { name: '第 1 件已办' }).check();
	await expect(page.getByText(/办完$/)).toBeVisible();

	await section(page, '谈不足').click();
	await page.keyboard.type('对班主任要求停在会上');
	await page.reload();
	await expect(page).toHaveURL(`${address.split('?')[0]!}?section=shortcoming`);
	await expect(section(page, '谈不足')).toBeFocused();
	await page.keyboard.type('，没有追');
	await expect(wordsOf(page, 'shortcoming')).toHaveText('对班主任要求停在会上，没有追');
	await expect(wordsOf(page, 'work')).toHaveText(['德育活动较扎实', '家校沟通任务重']);
	await expect(wordsOf(page, 'thought')).toHaveText('对岗位调整有顾虑');
	for (const [no, words] of ['家长会以通报成绩为主', '后进学生的家长没有机会说话'].entries())
		await expect(page.getByRole('textbox', { name: `第 ${no + 1} 条线索` })).toHaveValue(words);
	await expect(page.getByLabel('第 1 件的日期')).toHaveValue(/3月31日$/);
	await expect(page.getByRole('checkbox', { name: '第 1 件已办' })).toBeChecked();

	await page.getByRole('button', { name: '修改' }).click();
	const form = page.getByRole('dialog', { name: '谈话信息' });
	await form.getByLabel('日期').fill('昨天');
	await form.getByLabel('日期').press('Enter');
	await form.getByLabel('地点').fill('小会议室');
	await form.getByLabel('方式').selectOption('走访');
	await page.keyboard.press('Escape');
	await expect(page.getByText(/小会议室 · .* · 走访/)).toBeVisible();

	// Nobody else can open it, with the address in hand.
	await a.colleague.page.goto(address);
	await expect(a.colleague.page.getByText('找不到这份谈话记录')).toBeVisible();
});

test('killed while typing ten times over, the last word is there, with no network', async ({
	desk
}) => {
	test.setTimeout(240_000);
	const a = await talker(desk);
	const address = await startTalk(a.page, other);
	await appIsKept(a.page);
	await a.context.setOffline(true);
	let { page } = a;
	let written = '';
	for (let round = 0; round < 10; round++) {
		await section(page, '谈工作').click();
		await page.keyboard.press('Control+End');
		const words = `第${round}次说到家访`;
		if (round % 2 === 0) await page.keyboard.type(words);
		else for (const char of words) await page.keyboard.insertText(char);
		written += words;
		await crash(page);
		page = await a.context.newPage();
		await page.goto(address);
		await expect(wordsOf(page, 'work')).toHaveText(written);
	}
	await expect(badge(page)).toHaveText('离线 · 已存本机');
});

test('offline, on a device that has never opened a talk: the editor is there', async ({ desk }) => {
	const a = await talker(desk);
	await a.page.goto('/settings');
	await appIsKept(a.page);
	await expect.poll(() => a.page.evaluate(async () => (await caches.keys()).length)).toBe(1);
	await a.page.close();
	await a.context.setOffline(true);
	const page = await a.context.newPage();
	const address = await startTalk(page, other);
	await section(page, '谈认识').click();
	await page.keyboard.type('学习抓得紧');
	await expect(badge(page)).toHaveText('离线 · 已存本机');
	await page.goto(address);
	await expect(wordsOf(page, 'understanding')).toHaveText('学习抓得紧');
});

test('TK8 no key is lost while the editor is on its way, nor the place when it comes', async ({
	desk
}) => {
	const a = await talker(desk, { serviceWorkers: 'block' });
	const release = await holdEditor(a.context, 'wait');
	const { page } = a;
	await startTalk(page, other);
	await expect(earlyField(page, '谈工作')).toBeFocused();
	await page.keyboard.type('头一句');
	await page.keyboard.press('Enter');
	await page.keyboard.type('第二句');
	await expect(wordsOf(page, 'work')).toHaveText('头一句');
	// An input method is composing when the editor comes: the field stays until it is done.
	const ime = await a.context.newCDPSession(page);
	await ime.send('Input.imeSetComposition', { text: 'jia', selectionStart: 3, selectionEnd: 3 });
	release();
	await expect(section(page, '谈思想')).toBeVisible();
	await expect(earlyField(page, '谈工作')).toHaveValue('第二句jia');
	await ime.send('Input.insertText', { text: '家' });
	await expect(section(page, '谈工作')).toBeFocused();
	await page.keyboard.type('访');
	await expect(wordsOf(page, 'work')).toHaveText(['头一句', '第二句家访']);
});

test('TK8 where the editor cannot be had, one writes all the same', async ({ desk }) => {
	const a = await talker(desk, { serviceWorkers: 'block' });
	const { page } = a;
	const release = await holdEditor(a.context, 'fail');
	const address = await startTalk(page, other);
	await expect(page.getByText('编辑器没能打开')).toBeVisible();
	await earlyField(page, '谈不足').fill('没有编辑器时写的');
	await page.goto(address);
	await expect(wordsOf(page, 'shortcoming')).toHaveText('没有编辑器时写的');
	await expect(page.getByText('编辑器没能打开')).toBeVisible();
	release();
	await page.reload();
	await expect(section(page, '谈不足')).toHaveText('没有编辑器时写的');
});

test('two tabs of the same person write in different sections, and undo each their own', async ({
	desk
}) => {
	const a = await talker(desk);
	const { page } = a;
	const address = await startTalk(page, other);
	const tab = await a.context.newPage();
	await tab.goto(address);
	await section(page, '谈工作').click();
	await section(tab, '谈思想').click();
	await Promise.all([
		page.keyboard.type('abcdefghij', { delay: 30 }),
		tab.keyboard.type('0123456789', { delay: 30 })
	]);
	for (const each of [page, tab]) {
		await expect(wordsOf(each, 'work')).toHaveText('abcdefghij');
		await expect(wordsOf(each, 'thought')).toHaveText('0123456789');
	}
	await section(tab, '谈工作').click();
	await tab.keyboard.press('Control+End');
	await tab.keyboard.type('隔壁写的');
	await expect(wordsOf(page, 'work')).toHaveText('abcdefghij隔壁写的');
	for (let at = 0; at < 3; at++) await page.keyboard.press('Control+z');
	await expect(wordsOf(page, 'work')).toHaveText('隔壁写的');
	await expect(wordsOf(tab, 'work')).toHaveText('隔壁写的');
});

test("an input method's composition is not broken by words from another tab", async ({ desk }) => {
	const a = await talker(desk);
	const { page } = a;
	const address = await startTalk(page, other);
	await section(page, '谈工作').click();
	await page.keyboard.type('起');
	const tab = await a.context.newPage();
	await tab.goto(address);
	await expect(wordsOf(tab, 'work')).toHaveText('起');
	const ime = await a.context.newCDPSession(page);
	await page.bringToFront();
	await section(page, '谈工作').click();
	await page.keyboard.press('Control+End');
	// In another section, in the same one, and in the very same paragraph.
	const places = [
		['谈思想', 'Control+End'],
		['谈工作', 'Control+End', 'Enter'],
		['谈工作', 'Control+Home']
	] as const;
	let whole = '起';
	for (const [place, ...keys] of places) {
		await tab.bringToFront();
		await section(tab, place).click();
		for (const key of keys) await tab.keyboard.press(key);
		for (const step of ['j', 'ji', 'jia', "jia'x", "jia'xi", "jia'xiao"]) {
			await ime.send('Input.imeSetComposition', {
				text: step,
				selectionStart: step.length,
				selectionEnd: step.length
			});
			await tab.keyboard.type('x');
			// What is being composed stands as the input method left it, whatever comes in.
			await expect(wordsOf(page, 'work').first()).toHaveText(new RegExp(`^x*${whole}${step}$`));
		}
		await ime.send('Input.insertText', { text: '家校' });
		whole += '家校';
	}
	for (const each of [page, tab]) {
		await expect(wordsOf(each, 'work')).toHaveText(['xxxxxx起家校家校家校', 'xxxxxx']);
		await expect(wordsOf(each, 'thought')).toHaveText('xxxxxx');
	}
});

test('what is pasted comes as paragraphs, lists and bold, and nothing else', async ({ desk }) => {
	const a = await talker(desk);
	const { page } = a;
	await startTalk(page, other);
	await section(page, '谈工作').click();
	await page.evaluate(
		(html) => {
			const data = new DataTransfer();
			data.setData('text/html', html);
			const event = new ClipboardEvent('paste', {
				clipboardData: data,
				bubbles: true,
				cancelable: true
			});
			document.activeElement?.dispatchEvent(event);
		},
		`<meta charset="utf-8"><style>p{color:red}</style><h2>标题</h2>
		<p style="color:red">见<a href="https://example.invalid/x">附件</a>，<span style="font-weight:700">务必</span>看<img src="x.png"></p>
		<div>一行<br>又一行</div><ol><li>甲<ul><li>甲下</li></ul></li><li>乙</li></ol>
		<table><tr><td>左</td><td>右</td></tr></table><script>alert(1)</script>`
	);
	const editor = section(page, '谈工作');
	await expect(editor.locator('> p')).toHaveText([
		'标题',
		'见附件，务必看',
		'一行',
		'又一行',
		'左　右'
	]);
	await expect(editor.locator('ol > li > p')).toHaveText(['甲', '乙']);
	await expect(editor.locator('ol > li > ul > li')).toHaveText('甲下');
	await expect(editor.locator('strong')).toHaveText(['标题', '务必']);
	await expect(editor.locator('a, img, table, h2, [style]')).toHaveCount(0);
});

test('items of the branch’s catalogue are ticked while talking, also with no network', async ({
	desk
}) => {
	const a = await talker(desk);
	const { page } = a;
	await openProblems(page);
	await page.getByRole('button', { name: '更多', exact: true }).click();
	await page.getByRole('menuitem', { name: '问题表现目录' }).click();
	await page.locator('input[type=file]').setInputFiles({
		name: '目录.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from('方面,序号,表现\n实,14,课后服务质量不高\n细,24,家长会以通报成绩为主\n')
	});
	await page.getByRole('button', { name: '使用这份目录' }).click();
	await appIsKept(page);
	await a.context.setOffline(true);
	const address = await startTalk(page, other);
	await page.getByRole('button', { name: '勾选条目' }).click();
	const items = page.getByRole('dialog', { name: '条目（已勾 0）' });
	await items.getByRole('searchbox').fill('24');
	await expect(items.getByRole('checkbox')).toHaveCount(1);
	await items.getByRole('checkbox', { name: '家长会以通报成绩为主' }).check();
	await page.getByRole('dialog').getByRole('searchbox').fill('课后');
	await page.getByRole('dialog').getByRole('checkbox').check();
	await page.keyboard.press('Escape');
	await page.goto(address);
	await expect(page.getByText(/第24项\s*家长会以通报成绩为主/)).toBeVisible();
	await page.getByRole('button', { name: '取消第14项' }).click();
	await expect(page.getByText('第14项')).toHaveCount(0);
	await page.reload();
	await expect(page.getByText('第24项')).toBeVisible();
	await expect(page.getByText('第14项')).toHaveCount(0);
});

test('under a thumb, 390 px wide: the keyboard never covers the line, and one section has the page', async ({
	desk
}) => {
	test.setTimeout(150_000);
	const a = await talker(desk, phone);
	const { page } = a;
	await startTalk(page, other);
	await expect(section(page, '谈工作')).toBeVisible();
	await expectNoSideways(page, 'talk');
	const small = await tooSmall(page, 'talk');
	await expectAccessible(page, 'talk on a phone');

	const bar = page.locator('.talk-bar');
	const keyboardOpen = { width: 390, height: 420 };
	const isLineSeen = () =>
		page.evaluate(() => {
			const selection = getSelection()!;
			const range = document.createRange();
			range.setStart(selection.focusNode!, selection.focusOffset);
			const node = selection.focusNode!;
			const rect =
				range.getClientRects()[0] ??
				(node instanceof Element ? node : node.parentElement!).getBoundingClientRect();
			const edge = document.querySelector('.talk-bar')!.getBoundingClientRect();
			const head = document.querySelector('.shell > header')!.getBoundingClientRect();
			return rect.bottom <= edge.top && rect.top >= head.bottom && edge.bottom <= innerHeight + 1;
		});
	await bar.getByRole('button', { name: '谈思想', exact: true }).tap();
	await expect(section(page, '谈思想')).toBeFocused();
	await page.setViewportSize(keyboardOpen);
	await expect.poll(isLineSeen).toBe(true);
	for (let line = 0; line < 25; line++) {
		await page.keyboard.type(`第${line}行`);
		await page.keyboard.press('Enter');
	}
	await page.keyboard.type('最后一行');
	await expect.poll(isLineSeen).toBe(true);
	await page.keyboard.press('Control+Home');
	await expect.poll(isLineSeen).toBe(true);

	await bar.getByRole('button', { name: '下一节：谈认识' }).tap();
	await expect(section(page, '谈认识')).toBeFocused();
	await page.keyboard.type('按一下就到');
	await expect.poll(isLineSeen).toBe(true);
	await bar.getByRole('button', { name: '格式' }).tap();
	await bar.getByRole('button', { name: '加粗' }).tap();
	await expect(section(page, '谈认识')).toBeFocused();
	small.push(...(await tooSmall(page, 'format')));
	await bar.getByRole('button', { name: '格式' }).tap();
	await bar.getByRole('button', { name: '条目与线索', exact: true }).tap();
	await page.keyboard.type('家长会以通报成绩为主');
	await expect(page.getByRole('textbox', { name: '第 1 条线索' })).toHaveValue(
		'家长会以通报成绩为主'
	);
	await page.setViewportSize(phone.viewport);
	await page.getByRole('button', { name: '加一件' }).tap();
	small.push(...(await tooSmall(page, 'talk with lines')));
	await expectNoSideways(page, 'talk with lines');

	const shell = page.getByRole('link', { name: '台账' });
	await expect(shell).toBeVisible();
	await page.getByRole('button', { name: '专注模式' }).tap();
	await expect(shell).toBeHidden();
	await expect(page.getByRole('heading', { level: 3 })).toHaveCount(1);
	await expect(page.locator('.calm-top [data-save-stage]')).toBeVisible();
	await bar.getByRole('button', { name: '谈工作', exact: true }).tap();
	await page.setViewportSize(keyboardOpen);
	await page.keyboard.type('专注着写');
	small.push(...(await tooSmall(page, 'calm')));
	await expectNoSideways(page, 'calm');
	await expectAccessible(page, 'calm on a phone');
	await page.reload();
	await expect(section(page, '谈工作')).toHaveText('专注着写');
	await expect(page.getByRole('heading', { level: 3 })).toHaveText('谈工作');
	await page.getByRole('button', { name: '退出专注模式' }).tap();
	await expect(section(page, '困难')).toBeVisible();
	expect(small).toEqual([]);
});

test('on a PC every part is accessible, in light and dark, and speaks English', async ({
	desk
}) => {
	test.setTimeout(150_000);
	const a = await talker(desk);
	const { page } = a;
	await startTalk(page, other);
	await page.keyboard.type('德育活动较扎实');
	await page.getByRole('button', { name: '记一条线索' }).click();
	await page.getByRole('button', { name: '加一件' }).click();
	await expectAccessible(page, 'talk');
	await page.emulateMedia({ colorScheme: 'dark' });
	await expectAccessible(page, 'talk, dark');
	await page.getByRole('button', { name: '修改' }).click();
	await expectAccessible(page, 'facts');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: '勾选条目' }).click();
	await expect(page.getByText('还没有问题表现目录')).toBeVisible();
	await expectAccessible(page, 'items');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: '专注模式' }).click();
	await expectAccessible(page, 'calm, dark');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('heading', { name: `与${other}谈话` })).toBeVisible();
	await page.getByRole('button', { name: '隐藏提示' }).click();
	await expect(page.getByText('哪件最费力')).toHaveCount(0);
	await page.reload();
	await expect(page.getByRole('button', { name: '显示提示' })).toBeVisible();
	await page.evaluate(() => localStorage.setItem('PARAGLIDE_LOCALE', 'en'));
	await page.reload();
	await page.getByRole('button', { name: 'Show prompts' }).click();
	await expectEnglish(page, 'talk', [other, '德育活动较扎实', '书记办公室']);
});
