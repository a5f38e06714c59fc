import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactText, foldWidth } from './compactText.ts';
import { deadlineContext } from './deadlineContext.ts';
import { festivalDate } from './festivals.ts';
import { parseDeadlineExpression, parseDeadlines } from './parseDeadlines.ts';

// A Monday.
const ctx = deadlineContext('2024-09-02');
const read = (expr: string) => parseDeadlineExpression(expr, ctx);

describe('by', () => {
	it.each([
		['9月底前', '2024-09-30'],
		['务必于10月25日之前', '2024-10-25'],
		['2024 年 10 月 8 日 前', '2024-10-08'],
		['１１月３０日前', '2024-11-30'],
		['十一月三十日前', '2024-11-30'],
		['二〇二四年十二月五日以前', '2024-12-05'],
		['不迟于10月10日', '2024-10-10'],
		['截至10月31日', '2024-10-31'],
		['12月31日止', '2024-12-31'],
		['年内', '2024-12-31'],
		['本年度内', '2024-12-31'],
		['下月5日前', '2024-10-05'],
		['本周五前', '2024-09-06'],
		['下周一前', '2024-09-09'],
		['第三季度末前', '2024-09-30'],
		['10月前', '2024-09-30'],
		['“十一”前', '2024-09-30'],
		['国庆节前', '2024-09-30'],
		['元旦前', '2024-12-31'],
		['春节前', '2025-01-28'],
		['期末前', '2025-01-15'],
		['学期末前', '2025-01-15'],
		['本学期内', '2025-01-15']
	])('%s ends on %s', (expr, end) => {
		expect(read(expr)).toMatchObject({ kind: 'by', end });
	});

	it('keeps the time of day', () => {
		expect(read('9月20日17:00前')).toEqual({ kind: 'by', end: '2024-09-20', time: '17:00' });
		expect(read('9月20日下午5时前')).toMatchObject({ time: '17:00' });
		expect(read('截止到9月20日12时')).toMatchObject({ end: '2024-09-20', time: '12:00' });
		expect(read('下班前')).toMatchObject({ end: '2024-09-02', time: '18:00' });
	});

	it('rolls a month long past into the next year and says so', () => {
		expect(read('1月15日前')).toEqual({ kind: 'by', end: '2025-01-15', yearAssumed: true });
		expect(read('6月底前')).toEqual({ kind: 'by', end: '2024-06-30' });
	});

	it('can leave out the day itself', () => {
		const strict = deadlineContext('2024-09-02', { strictBefore: true });
		expect(parseDeadlineExpression('9月20日前', strict)).toMatchObject({ end: '2024-09-19' });
	});
});

describe('window', () => {
	it.each([
		['9月中旬', '2024-09-11', '2024-09-20'],
		['9月底', '2024-09-26', '2024-09-30'],
		['9至11月', '2024-09-01', '2024-11-30'],
		['10月20日-25日', '2024-10-20', '2024-10-25'],
		['10月中旬至11月上旬', '2024-10-11', '2024-11-10'],
		['11月至次年2月', '2024-11-01', '2025-02-28'],
		['11月20日至1月10日', '2024-11-20', '2025-01-10'],
		['即日起至9月30日', '2024-09-02', '2024-09-30'],
		['第四季度', '2024-10-01', '2024-12-31'],
		['寒假期间', '2025-01-16', '2025-02-14'],
		['2024—2026年', '2024-01-01', '2026-12-31']
	])('%s is %s to %s', (expr, start, end) => {
		expect(read(expr)).toMatchObject({ kind: 'window', start, end });
	});

	it('stays open after 起', () => {
		expect(read('自2024年10月1日起施行')).toEqual({ kind: 'window', start: '2024-10-01' });
	});

	it('takes named windows from the settings', () => {
		const named = deadlineContext('2024-09-02', {
			namedWindows: { 党建月: { start: '2024-10-01', end: '2024-10-31' } }
		});
		expect(parseDeadlineExpression('“党建月”期间', named)).toMatchObject({ end: '2024-10-31' });
		expect(read('“党建月”期间')).toEqual({ kind: 'window', unresolved: true });
	});
});

describe('recurring and relative', () => {
	it.each([
		['每月28日前', 'FREQ=MONTHLY;BYMONTHDAY=28', 'month'],
		['每周三下午开展1次', 'FREQ=WEEKLY;BYDAY=WE', 'week'],
		['每两周1次', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', 'week'],
		['每季度首月10日前', 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10', 'quarter'],
		['每月最后一个周五', 'FREQ=MONTHLY;BYDAY=-1FR', 'month'],
		['逢双月', 'FREQ=YEARLY;BYMONTH=2,4,6,8,10,12;BYMONTHDAY=-1', 'month'],
		['一季一通报', 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1', 'quarter'],
		['每年3月、9月', 'FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=-1', 'month']
	])('%s is %s', (expr, rrule, period) => {
		expect(read(expr)).toMatchObject({ kind: 'recurring', rrule, period });
	});

	it('counts, with minimum', () => {
		expect(read('每月至少组织2次')).toMatchObject({ times: 2, min: true });
		expect(read('每学期不少于三次')).toMatchObject({ times: 3, min: true, period: 'term' });
	});

	it.each([
		['会前三天', '-P3D', 'meeting.start'],
		['会议结束后一周内', 'P7D', 'meeting.end'],
		['自发文之日起15日内', 'P15D', 'notice.issued'],
		['任期届满前6个月', '-P6M', 'termOfOffice.end'],
		['半个月内', 'P15D', 'notice.issued']
	])('%s is %s from %s', (expr, offset, anchor) => {
		expect(read(expr)).toMatchObject({ kind: 'relative', offset, anchor });
	});

	it('marks working days', () => {
		expect(read('收到通知后5个工作日内')).toEqual({
			kind: 'relative',
			offset: 'P5D',
			businessDays: true,
			anchor: 'notice.received'
		});
	});
});

describe('no deadline', () => {
	it.each([
		'2024年度',
		'学制3天',
		'五方面40项',
		'35周岁以下',
		'党的二十大',
		'云教党〔2024〕18号',
		'第2期',
		'12所',
		'浏览:88次',
		'三年级',
		'近三年',
		'2月30日前',
		'13月底前'
	])('%s', (expr) => {
		expect(read(expr)).toEqual({ kind: 'none' });
	});

	it('ignores dates inside the title of a document', () => {
		expect(parseDeadlines('学习《2024年9月30日前工作计划》', ctx)).toEqual([]);
	});
});

describe('clauses', () => {
	const clauseOf = (text: string) => parseDeadlines(text, ctx)[0]?.clause;
	it.each([
		['各支部要认真准备,9月中旬,局党委组织检查,好', '9月中旬,局党委组织检查'],
		['汇总建立台账,9月中旬完成。', '汇总建立台账,9月中旬完成'],
		['每月25日前要按照要求,完成上传', '每月25日前要按照要求,完成上传'],
		['制度(党课每季度1次),同时', '党课每季度1次'],
		['各单位(含民办)9月底前完成培训', '各单位(含民办)9月底前完成培训']
	])('%s', (text, clause) => {
		expect(clauseOf(text)).toBe(clause);
	});

	it('names what a rhythm is of', () => {
		const of = (text: string) => parseDeadlines(text, ctx)[0]?.of;
		expect(of('党员大会一般每季度召开1次')).toBe('党员大会');
		expect(of('每季度首月10日前上报组织生活计划表')).toBe('组织生活计划表');
	});
});

describe('any text', () => {
	it('starts before it ends and quotes what stands there', () => {
		const word = fc.constantFrom(
			'每',
			'月',
			'3',
			'12',
			'日',
			'前',
			'至',
			'年',
			'2024',
			'底',
			'上旬',
			'第一',
			'季度',
			'周五',
			'会',
			'内',
			'起',
			'-',
			' ',
			'次',
			',',
			'(',
			'春节',
			'学期'
		);
		fc.assert(
			fc.property(fc.array(word, { maxLength: 14 }), (words) => {
				const text = words.join('');
				for (const { start, end, expr } of parseDeadlines(text, ctx)) {
					if (start && end) expect(start <= end).toBe(true);
					expect(text).toContain(expr);
				}
				expect(parseDeadlines(text, ctx)).toEqual(parseDeadlines(text, ctx));
			})
		);
	});

	it('folds and compacts once and for all', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const folded = foldWidth(text);
				expect(foldWidth(folded)).toBe(folded);
				expect(folded).toHaveLength(text.length);
				const compact = compactText(text).text;
				expect(compactText(compact).text.length).toBeLessThanOrEqual(compact.length);
			})
		);
	});
});

describe('lunar festivals', () => {
	it.each([
		[2015, '2015-02-19'],
		[2016, '2016-02-08'],
		[2020, '2020-01-25'],
		[2023, '2023-01-22'],
		[2024, '2024-02-10'],
		[2025, '2025-01-29'],
		[2026, '2026-02-17'],
		[2028, '2028-01-26'],
		[2033, '2033-01-31'],
		[2034, '2034-02-19'],
		[2040, '2040-02-12'],
		[2050, '2050-01-23']
	])('the New Year of %i is %s', (year, date) => {
		expect(festivalDate('春节', year)).toBe(date);
	});

	it('knows the others', () => {
		expect(festivalDate('端午节', 2024)).toBe('2024-06-10');
		expect(festivalDate('中秋节', 2025)).toBe('2025-10-06');
		expect(festivalDate('清明节', 2024)).toBe('2024-04-04');
	});
});
