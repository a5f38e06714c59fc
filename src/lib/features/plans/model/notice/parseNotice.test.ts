import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNotice } from './parseNotice.ts';

const fixture = (name: string): string =>
	readFileSync(new URL(`../../../../../../tests/fixtures/notice/${name}`, import.meta.url), 'utf8');
const raw = fixture('taskAssignment.raw.txt');
const today = '2024-09-10';

type ExpectedTask = {
	path: string[];
	line: number;
	title: string;
	due?: string;
	dueInherited?: true;
	deadlines: string[];
	appliesTo?: string;
};
type Expected = {
	repairs: object;
	document: object;
	period: object;
	sections: object[];
	tasks: ExpectedTask[];
	warnings: object[];
};
const expected = JSON.parse(fixture('taskAssignment.expected.json')) as Expected;

describe('a task assignment damaged by the web', () => {
	it('gives its heading, period and warnings', async () => {
		const { document, repairs, suspects } = await parseNotice(raw, { today });
		expect(document).toMatchObject(expected.document);
		expect(document.period).toMatchObject(expected.period);
		expect(document.warnings).toEqual(expected.warnings);
		expect(repairs).toEqual(expected.repairs);
		expect(suspects).toEqual([]);
		expect(document.supervision.map((rule) => rule.kind)).toEqual([
			'inspection',
			'ranking',
			'explanation'
		]);
	});

	it('gives its sections and tasks, each with its line in the source', async () => {
		const { sections, tasks } = await parseNotice(raw, { today });
		expect(sections.map(({ path, title }) => ({ path, title }))).toEqual(expected.sections);
		const found = tasks.map((task): ExpectedTask => ({
			path: task.path,
			line: task.lines.from,
			title: task.title,
			...(task.due && { due: task.due }),
			...(task.dueInherited && { dueInherited: true }),
			deadlines: task.deadlines.map((each) => each.expr),
			...(expected.tasks.find((each) => each.title === task.title)?.appliesTo && {
				appliesTo: task.appliesTo ?? ''
			})
		}));
		expect(found).toEqual(expected.tasks);
	});

	it('reads what a task asks for', async () => {
		const { tasks } = await parseNotice(raw, { today });
		const byTitle = (title: string) => tasks.find((task) => task.title === title);
		expect(byTitle('规范支部组织设置')?.deliverables).toEqual([
			'党组织基本信息采集表',
			'换届工作报告'
		]);
		expect(byTitle('广泛征求意见')).toMatchObject({
			channels: ['发放问卷', '召开座谈会', '设置意见箱', '入户家访'],
			topics: ['食堂管理', '课后服务', '家校沟通', '作业负担'],
			responsible: '各单位'
		});
		expect(byTitle('深入查摆整改')).toMatchObject({
			deliverables: ['问题清单', '整改台账'],
			responsible: '各党支部',
			responsibleInherited: true
		});
		expect(byTitle('全面谈心谈话')?.quotas[0]).toMatchObject({
			expr: '三必谈',
			pairs: [
				['书记', '班子成员'],
				['班子成员', '班子成员'],
				['班子成员', '党员']
			]
		});
		expect(byTitle('做好党建示范点建设工作')).toMatchObject({
			roles: ['青山中学', '柳河小学', '第二实验幼儿园'],
			questions: [
				{ code: 'applies-to-others', appliesTo: '名单内学校' },
				{ code: 'vague-deadline', exprs: ['及时'] }
			]
		});
	});
});

describe('other shapes of notice', () => {
	it('reads a plain numbered list with attachments before the signature', async () => {
		const { document, tasks, sections } = await parseNotice(
			[
				'关于做好2025年第一季度党建工作的通知',
				'',
				'各党支部：',
				'\t根据上级要求，现就有关事项通知如下：',
				'1、 召开组织生活会。各党支部要于1月20日前召开2024年度组织生活会，会后3个工作日内上报会议记录和整改清单。',
				'2、 收缴党费。每季度末月25日前完成。',
				'3、开展走访慰问。春节前，各党支部对老党员进行走访慰问，',
				'填写《走访慰问登记表》。',
				'4、２月２８日前报送第一季度工作计划。',
				'附件：1.组织生活会记录模板 2.走访慰问登记表',
				'中共青石镇中心学校总支部委员会',
				'二〇二五年一月六日',
				'联系人：王老师'
			].join('\r\n'),
			{ today }
		);
		expect(document).toMatchObject({
			issuer: '中共青石镇中心学校总支部委员会',
			issuedOn: '2025-01-06',
			addressee: '各党支部',
			attachments: [
				{ no: 1, title: '组织生活会记录模板' },
				{ no: 2, title: '走访慰问登记表' }
			],
			warnings: []
		});
		expect(sections).toEqual([]);
		expect(tasks.map((task) => [task.path.join(), task.due])).toEqual([
			['1', '2025-01-20'],
			['2', undefined],
			['3', '2025-01-28'],
			['4', '2025-02-28']
		]);
		expect(tasks[2]).toMatchObject({ lines: { from: 6, to: 7 }, deliverables: ['走访慰问登记表'] });
	});

	it('makes a task of each paragraph of prose that asks for something', async () => {
		const { document, tasks } = await parseNotice(
			'城东小学党支部关于开展“书香校园”活动的通知\n全体党员：\n请各位党员于4月23日前报送读书心得一篇，不少于1500字。\n活动期间，每周三下午开展1次集中阅读。\n祝大家阅读愉快\n城东小学党支部\n2025年4月1日',
			{ today }
		);
		expect(document.issuer).toBe('城东小学党支部');
		expect(tasks.map((task) => [task.path, task.lines.from, task.due])).toEqual([
			[['1'], 2, '2025-04-23'],
			[['2'], 3, undefined]
		]);
		expect(tasks[1]?.deadlines[0]?.rrule).toBe('FREQ=WEEKLY;BYDAY=WE');
	});

	it('takes parts, nested decimals, bracketed digits and circled numbers', async () => {
		const { document, sections, tasks } = await parseNotice(
			'河湾区教育局党委2025年党建工作要点\n第一部分、总体要求\n以党的二十大精神为指导。\n第二部分、重点任务\n1.1 理论学习\n（1）中心组学习每月1次。\n（2）２０２５年６月３０日前完成党员轮训。\n1.2 阵地建设\n① 三月底前建成党员活动室。\n② 2025年12月中旬报送工作总结。',
			{ today }
		);
		expect(document.period).toMatchObject({ start: '2025-01-01', end: '2025-12-31' });
		expect(sections.map((section) => section.path.join('/'))).toEqual([
			'第一部分',
			'第二部分',
			'第二部分/1.1',
			'第二部分/1.2'
		]);
		expect(tasks.map((task) => [task.path.join('/'), task.due])).toEqual([
			['第二部分/1.1/(1)', undefined],
			['第二部分/1.1/(2)', '2025-06-30'],
			['第二部分/1.2/①', '2025-03-31'],
			['第二部分/1.2/②', '2025-12-20']
		]);
	});

	it('takes dates right after the number, and the year of an undated title', async () => {
		const { tasks } = await parseNotice(
			'2025年3月党建工作提示\n1.3月5日前，各支部上报会议记录。\n2.“三八”节前组织慰问女党员。\n3.3月中旬，开展志愿服务。',
			{ today: '2025-12-01' }
		);
		expect(tasks.map((task) => [task.path.join(), task.due])).toEqual([
			['1', '2025-03-05'],
			['2', '2025-03-07'],
			['3', '2025-03-20']
		]);
	});

	it('reads a red-headed notice with its plan on the next page', async () => {
		const { document, sections, tasks } = await parseNotice(
			'中共临泽县教育局委员会文件\n临教党发〔2025〕12号\n关于印发《三年行动方案\n（2025—2027年）》的通知\n各学校：\n现印发给你们，请贯彻落实。\n附件：三年行动方案\n中共临泽县教育局委员会\n2025年2月20日\n附件\n教育系统三年行动方案\n（2025—2027年）\n一、指导思想\n坚持党的领导。\n二、实施步骤\n（一）启动阶段（2025年3月）。制定实施方案。\n（二）巩固阶段（2027年）。总结经验。\n（此件公开发布）',
			{ today }
		);
		expect(document).toMatchObject({
			title: '关于印发《三年行动方案（2025—2027年）》的通知',
			listTitle: '教育系统三年行动方案',
			docNo: '临教党发〔2025〕12号',
			issuer: '中共临泽县教育局委员会',
			period: { start: '2025-01-01', end: '2027-12-31' }
		});
		expect(sections.map((section) => section.title)).toEqual(['指导思想', '实施步骤']);
		expect(tasks.map((task) => task.due)).toEqual(['2025-03-31', '2027-12-31']);
	});

	it('returns an empty plan for text that asks for nothing', async () => {
		const { tasks, sections, document } = await parseNotice('今天天气不错', { today });
		expect({ tasks, sections, warnings: document.warnings }).toEqual({
			tasks: [],
			sections: [],
			warnings: []
		});
	});
});

describe('any text', () => {
	it('never throws, and keeps every line range inside the text', async () => {
		const piece = fc.constantFrom(
			'一、',
			'（二）',
			'1.',
			'“',
			'”',
			'《',
			'(',
			')',
			'附件1',
			'每月',
			'3月',
			'至',
			'前',
			'!',
			'?',
			'校',
			'(xué)',
			'\n',
			'\r\n',
			'2023年',
			'各支部要'
		);
		const text = fc.array(
			fc.oneof(
				piece,
				fc.string({ unit: 'grapheme', maxLength: 12 }),
				fc.nat(raw.length).map((at) => raw.slice(at, at + 40))
			),
			{ maxLength: 40 }
		);
		await fc.assert(
			fc.asyncProperty(text, async (parts) => {
				const { tasks, cleanText } = await parseNotice(parts.join(''), { today });
				const lines = cleanText.split('\n').length;
				for (const task of tasks) {
					expect(task.lines.from).toBeLessThanOrEqual(task.lines.to);
					expect(task.lines.to).toBeLessThan(lines);
				}
				expect(lines).toBeGreaterThan(0);
			}),
			{ numRuns: 150 }
		);
	});

	it('gets through 200 kB, ordinary or hostile', async () => {
		const ordinary = raw.repeat(Math.ceil(200_000 / raw.length));
		const hostile = [
			'、'.repeat(50_000),
			'每'.repeat(50_000),
			'（'.repeat(50_000),
			'中学、'.repeat(17_000),
			'3月'.repeat(25_000),
			'上报'.repeat(25_000)
		];
		for (const text of [ordinary, ...hostile.map((each) => `1. ${each}`)]) {
			const { cleanText } = await parseNotice(text, { today });
			expect(cleanText.length).toBeGreaterThan(40_000);
		}
	});
});
