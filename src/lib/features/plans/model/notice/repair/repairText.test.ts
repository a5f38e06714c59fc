import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairText } from './repairText.ts';

const raw = readFileSync(
	new URL('../../../../../../../tests/fixtures/notice/taskAssignment.raw.txt', import.meta.url),
	'utf8'
);
const clean = async (text: string): Promise<string> => (await repairText(text)).text;

describe('pinyin annotations', () => {
	it('go when there are several, runs counting once', async () => {
		expect(await repairText('來(lái)源:黨(dang)(dang)委會(huì),開(kāi)會(huì)')).toMatchObject({
			text: '来源:党委会,开会',
			repairs: { annotations: 5 }
		});
	});

	it('leaves brackets of a clean text alone', async () => {
		const text = '学习(app)平台(a)、手册(an)和网站(e)。他说:“怎么办(how)?”A级(a)';
		expect(await repairText(text)).toMatchObject({ text, repairs: { annotations: 0, garbles: 0 } });
	});
});

describe('byte shifts', () => {
	const wrap = (text: string): string => `會(huì)員發(fā)關(guān)機構,${text}`;
	it.each([
		['黨!钡膶W(xué)校', '党校”的学校'],
		['“少年黨!碧厣h建', '“少年党校”特色党建'],
		['“少年黨!,3月', '“少年党校”,3月'],
		['學?!包h建”', '学校“党建”'],
		['學?,F代化', '学校现代化'],
		['談?wù)J識', '谈认识'],
		['德才兼?zhèn)?,', '德才兼备,']
	])('%s is %s', async (damaged, repaired) => {
		const found = await repairText(wrap(damaged));
		expect(found.text).toBe(`会员发关机构,${repaired}`);
		expect(found.repairs.garbles).toBe(1);
	});

	it('points at what it cannot repair, by line of the source', async () => {
		const { suspects } = await repairText('第一行\n他们x在学习\n“开始“结束\n做到?,然后\n好?lèi)了');
		expect(suspects.map(({ line, at }) => [line, at])).toEqual([
			[1, 2],
			[2, 3],
			[3, 2],
			[4, 1]
		]);
	});

	it('does not suspect ordinary punctuation', async () => {
		const { suspects } = await repairText('为什么(怎么办?)“好!”分A级和B类,还有C组!完成。');
		expect(suspects).toEqual([]);
	});
});

describe('traditional characters', () => {
	it('become simplified, 陜 included', async () => {
		expect(await clean('中共陜西省委組織部關於開展學習的通知')).toBe(
			'中共陕西省委组织部关于开展学习的通知'
		);
	});

	it('loads no table for a simplified text', async () => {
		const never = (): string => {
			throw new Error('not needed');
		};
		expect((await repairText('名著阅读和乾隆年间', never)).text).toBe('名著阅读和乾隆年间');
	});
});

describe('any text', () => {
	it('keeps its lines', async () => {
		const found = await repairText(raw);
		expect(found.text.split('\n')).toHaveLength(raw.split(/\r?\n/).length);
	});

	it('is not changed by a second repair', async () => {
		const cut = fc
			.tuple(fc.nat(raw.length), fc.nat(200))
			.map(([at, size]) => raw.slice(at, at + size));
		const noise = fc.constantFrom(
			'(xué)',
			'!',
			'?',
			'“',
			'”',
			',',
			'\r\n',
			'W',
			'校',
			'黨',
			'(dang)(dang)'
		);
		await fc.assert(
			fc.asyncProperty(fc.array(fc.oneof(cut, noise), { maxLength: 12 }), async (parts) => {
				const once = await clean(parts.join(''));
				expect(await clean(once)).toBe(once);
			}),
			{ numRuns: 200 }
		);
	});
});
