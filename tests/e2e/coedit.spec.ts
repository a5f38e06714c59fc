import {
	addProblem,
	cell,
	expect,
	openProblems,
	synced,
	test,
	type Desk,
	type Person
} from './desk.ts';

async function pair(desk: Desk): Promise<[Person, Person]> {
	const a = await desk.found();
	const b = await desk.join(a, '梁晓芸');
	await openProblems(a.page);
	await addProblem(a.page, '起');
	await openProblems(b.page);
	await expect(cell(b.page, 1, 'manifestation')).toContainText('起');
	return [a, b];
}

async function edit({ page }: Person) {
	await cell(page, 1, 'manifestation').click();
	await page.keyboard.press('Enter');
	await page.keyboard.press('End');
}

test('two people type in one cell: letters interleave, each sees the other by name', async ({
	desk
}) => {
	const [a, b] = await pair(desk);
	await edit(a);
	await edit(b);
	await Promise.all([
		a.page.keyboard.type('abcdefghij', { delay: 40 }),
		b.page.keyboard.type('0123456789', { delay: 40 })
	]);
	const value = (person: Person) => person.page.locator('textarea:focus').inputValue();
	await expect.poll(async () => (await value(a)).length).toBe(21);
	await expect.poll(async () => (await value(a)) === (await value(b))).toBe(true);
	const text = await value(a);
	expect([...text].filter((char) => /[a-z]/.test(char)).join('')).toBe('abcdefghij');
	expect([...text].filter((char) => /\d/.test(char)).join('')).toBe('0123456789');
	await expect(a.page.getByRole('grid').getByText('梁晓芸').first()).toBeVisible();
	await expect(b.page.getByRole('grid').getByText('周敬宁').first()).toBeVisible();
	await synced(a.page, 2, 2);
	await synced(b.page, 2, 2);
});

test("an input method's composition is not broken by the other's typing", async ({ desk }) => {
	const [a, b] = await pair(desk);
	await edit(a);
	await edit(b);
	const ime = await a.context.newCDPSession(a.page);
	const compose = (text: string) =>
		ime.send('Input.imeSetComposition', {
			text,
			selectionStart: text.length,
			selectionEnd: text.length
		});
	const field = a.page.locator('textarea:focus');
	for (const step of ['j', 'ji', 'jia', "jia'x", "jia'xi", "jia'xia", "jia'xiao"]) {
		await compose(step);
		await b.page.keyboard.type('x');
		// What is being composed stands as the input method left it, whatever comes in.
		await expect(field).toHaveValue(`起${step}`);
	}
	await ime.send('Input.insertText', { text: '家校' });
	await expect(field).toHaveValue(/家校/);
	await expect
		.poll(async () => [...(await field.inputValue())].filter((char) => char === 'x').length)
		.toBe(7);
	await expect
		.poll(() => b.page.locator('textarea:focus').inputValue())
		.toBe(await field.inputValue());
	expect([...(await field.inputValue())].sort().join('')).toBe(
		[...'起家校xxxxxxx'].sort().join('')
	);
});

test('undo takes back my own steps and leaves a colleague alone', async ({ desk }) => {
	const [a, b] = await pair(desk);
	await addProblem(b.page, '同事写的一行');
	await expect(cell(a.page, 2, 'manifestation')).toContainText('同事写的一行');
	await addProblem(a.page, '我写的一行');
	await expect(cell(b.page, 3, 'manifestation')).toContainText('我写的一行');
	for (let i = 0; i < 4; i++) await a.page.keyboard.press('Control+z');
	await expect(a.page.getByRole('grid')).not.toContainText('我写的一行');
	await expect(a.page.getByRole('grid')).toContainText('同事写的一行');
	await expect(b.page.getByRole('grid')).not.toContainText('我写的一行');
});

test('a second tab of the same person follows, and closing one loses nothing', async ({ desk }) => {
	const [a] = await pair(desk);
	const tab = await a.context.newPage();
	await openProblems(tab);
	await addProblem(tab, '第二个标签页');
	await expect(cell(a.page, 2, 'manifestation')).toContainText('第二个标签页');
	await a.page.close();
	await addProblem(tab, '只剩一个');
	await tab.reload();
	await expect(cell(tab, 3, 'manifestation')).toContainText('只剩一个');
});
