/** What leaves the workspace: reminder, calendar and form. */
import { describe, expect, it } from 'vitest';
import { bytesToUtf8 } from '$lib/base/bytes.ts';
import { formToFile } from '$lib/features/sheets/index.ts';
import { coverageOf, type CoverageInput } from '../model/coverage/coverage.ts';
import {
	otherIds,
	talkBranch,
	talksUntil27March,
	talksUntil31March
} from '../model/coverage/fixtures/talkBranch.ts';
import { talkLoads, type TalkLoad } from '../model/coverage/talkLoads.ts';
import { talkPeople } from '../model/coverage/talkPeople.ts';
import { builtInSets } from '../model/coverage/talkRules.ts';
import { dayWord } from './coverageWords.ts';
import { reminderForAll, reminderText, type ReminderContext } from './reminderText.ts';
import { statisticsColumns, statisticsForm, type StatisticsWish } from './statisticsForm.ts';
import { talkCalendar } from './talkCalendar.ts';

const campaign = { id: 'c1', title: '3月三必谈', start: '2023-03-13', end: '2023-03-31' };
const byId = new Map(talkBranch.map((one) => [one.id as string, one]));
const nameOf = (id: string): string => byId.get(id)?.name ?? '未知人员';
const context = (today = '2023-03-27'): ReminderContext => ({
	...{ campaign, today, nameOf, personOf: (id) => byId.get(id) }
});
const cover = (rest: Partial<CoverageInput> = {}) =>
	coverageOf({
		...{ people: talkPeople(talkBranch), rules: builtInSets.strict.rules, window: campaign },
		...{ stubs: talksUntil27March, waivers: new Map(), assignments: new Map() },
		...rest
	});
const given = (talker: string) =>
	new Map(['o13', 'o14'].map((id) => [`some ${id} team`, { talker, by: 'zhou', at: '' }]));

function loadOf(talker: string, rest: Partial<CoverageInput> = {}): TalkLoad {
	const load = talkLoads(cover(rest).items, talkBranch).find((one) => one.talker === talker)!;
	const open = load.open.filter(({ by }) => by === 'assigned');
	return open.length > 0 ? { ...load, open } : load;
}

describe('reminder', () => {
	it('TK63 says who, until when and whom', () => {
		expect(reminderText(loadOf('zhou', { assignments: given('zhou') }), context())).toBe(
			`周书记：截至3月27日，您还有2位同志没有谈：${nameOf('o13')}、${nameOf('o14')}。请在3月31日前谈完，谈后及时登记。`
		);
	});

	it('TK63 speaks of the last day and of what is overdue', () => {
		const load = loadOf('pan', { assignments: given('pan') });
		expect(reminderText(load, context('2023-03-31'))).toMatch(/^潘国栋同志：截至3月31日.*今天截止/);
		expect(reminderText(load, context('2023-04-01'))).toContain('原定3月31日前谈完');
		expect(reminderText(load, context('2024-01-01'))).toContain('原定2023年3月31日前谈完');
	});

	it('TK63 names no one where any peer will do', () => {
		const load = loadOf('xu', { rules: builtInSets.relaxed.rules.slice(1, 2), stubs: [] });
		expect(reminderText(load, context())).toContain('您还有1次谈话没有完成：另一位班子成员。');
	});

	it('TK63 calls people as they are called', () => {
		const call = (name: string, ...posts: string[]) => {
			const load = loadOf('zhou', { assignments: given('zhou') });
			return reminderText(load, { ...context(), personOf: () => ({ name, posts }) }).split('：')[0];
		};
		expect(call('欧阳文远', '书记', '组织委员')).toBe('欧阳书记');
		expect(call('何书平', '副书记')).toBe('何书平同志');
		expect(call('Zhou Wenyuan', '书记')).toBe('Zhou Wenyuan同志');
	});

	it('TK63 for all: a line for each who has talks to hold', () => {
		const loads = talkLoads(cover({ stubs: talksUntil31March }).items, talkBranch);
		const [head, ...lines] = reminderForAll(loads, context('2023-03-31')).split('\n');
		expect(head).toContain('“3月三必谈”还有2次谈话没有完成');
		expect(lines.length).toBe(loads.filter(({ open }) => open.length > 0).length);
		expect(lines.join()).toContain(nameOf(otherIds[16]!));
	});
});

it('days have a year only where it is another one', () => {
	expect([dayWord('2023-03-05', '2023-03-27'), dayWord('2022-03-05', '2023-03-27')]).toEqual([
		'3月5日',
		'2022年3月5日'
	]);
});

describe('calendar', () => {
	const file = () =>
		talkCalendar(loadOf('zhou', { assignments: given('zhou') }), { campaign, nameOf, nowMs: 0 });

	it('TK63 TK64 holds the day and one task a talk, the same ids each time', () => {
		const text = bytesToUtf8(file().bytes).replaceAll('\r\n ', '');
		expect(text).toContain('SUMMARY:“3月三必谈”截止：还有2次谈话');
		expect(text).toContain(`SUMMARY:与${nameOf('o13')}谈心谈话`);
		expect(text.match(/^UID:.*$/gm)).toEqual([
			'UID:c1.zhou@tongxin',
			'UID:c1.zhou.p3.some.o13.team@tongxin',
			'UID:c1.zhou.p3.some.o14.team@tongxin'
		]);
		expect(file().name).toBe('谈话提醒 周文远.ics');
	});
});

describe('statistics form', () => {
	const wish = (rest: Partial<StatisticsWish> = {}): StatisticsWish => ({
		...{
			campaign,
			coverage: cover(),
			open: [],
			columns: statisticsColumns,
			branch: '城北小学党支部'
		},
		...{ nameOf, by: '周文远', nowMs: Date.parse('2023-03-27T09:05:00') },
		...rest
	});

	it('TK63 one line a talk, six columns, by day', () => {
		const { columns, rows, title, subtitle } = statisticsForm(wish());
		expect(title).toBe('城北小学党支部谈心谈话统计表');
		expect(subtitle).toContain('应谈 28，已谈 21，完成 75%');
		expect(columns.map((column) => column.title)).toEqual([
			...['序号', '谈话人', '谈话对象', '类型（三必谈）', '时间', '是否签字']
		]);
		expect(rows.length).toBe(21);
		expect(rows[0]).toEqual([
			'1',
			'周文远',
			'何书平',
			'主要负责同志与班子成员',
			'2023年3月15日',
			'是'
		]);
		expect(rows.filter((row) => row[5] === '否').map((row) => row[2])).toEqual(['许明']);
		expect(rows.map((row) => row[3]).filter((kind) => kind === '班子成员与党员').length).toBe(12);
	});

	it('TK63 a talk that counts twice is one line', () => {
		const coverage = cover({ rules: builtInSets.relaxed.rules });
		const rows = statisticsForm(wish({ coverage })).rows;
		expect(rows.filter((row) => row[1] === '何书平' && row[2] === '梁秀英').length).toBe(1);
	});

	it('TK63 what is missing names a talker only where that is settled', () => {
		const coverage = cover({ assignments: given('pan') });
		const open = talkLoads(coverage.items, talkBranch).flatMap((load) => load.open);
		const rows = statisticsForm(wish({ coverage, open })).rows.slice(21);
		expect(rows.length).toBe(7);
		const talkerOf = (name: string) => rows.find((row) => row[2] === name)?.[1];
		expect([talkerOf(nameOf('o13')), talkerOf(nameOf('o15'))]).toEqual(['潘国栋', '']);
		expect(rows.some((row) => [row[1], row[2]].toSorted().join() === '梁秀英,许明')).toBe(true);
	});

	it('TK63 no reason of a waiver and no word of a talk gets into a file', async () => {
		const waived = new Map([
			['some o18 team', { reason: 'sick', note: '住院', by: 'zhou', on: '2023-03-27' } as const]
		]);
		const coverage = cover({ waivers: waived });
		const open = talkLoads(coverage.items, talkBranch).flatMap((load) => load.open);
		const { bytes } = await formToFile(statisticsForm(wish({ coverage, open })), 'csv');
		const text = new TextDecoder().decode(bytes);
		expect(text).toContain('班子成员与党员');
		expect(text).not.toMatch(/病|住院|免谈/);
	});

	it('keeps to the columns that are asked for, in their order', () => {
		const sheet = statisticsForm(wish({ columns: ['on', 'talker', 'unknown'] }));
		expect(sheet.columns.map((column) => column.title)).toEqual(['时间', '谈话人']);
		expect(sheet.rows[0]).toEqual(['2023年3月15日', '周文远']);
	});
});
