// 会前3日, 收到通知后5个工作日内: a distance from something that has no date yet.

import type { DeadlineAnchor, DeadlineReading } from '../types.ts';
import { num, toNumber } from './numerals.ts';
import { phrase, type PhraseRule } from './recurringRules.ts';

const length = `(?:${num}(个?工作日|日|天|个?星期|周|个月|月|年|个?小时)|(半)(个月|年|天))`;
const meeting = '(?:会议?|大会|例会)(?:召开|举行|开始)?';
const meetingEnd = '(?:会议?|大会|例会)(?:结束|召开|闭幕)?(?:之|以)?后';
const activity = '(?:活动|培训|学习班?|检查|督查|考核|整改)';

/** Groups: number, unit, 半, unit of 半. */
function offset(
	m: RegExpExecArray,
	from: number,
	sign: '' | '-'
): Pick<DeadlineReading, 'offset' | 'businessDays'> {
	const [count, unit, half, halfUnit] = m.slice(from, from + 4);
	if (half) {
		const words = halfUnit === '个月' ? 'P15D' : halfUnit === '年' ? 'P6M' : 'PT12H';
		return { offset: sign + words };
	}
	const n = toNumber(count ?? '');
	if (/周|星期/.test(unit ?? '')) return { offset: `${sign}P${n * 7}D` };
	if (/月/.test(unit ?? '')) return { offset: `${sign}P${n}M` };
	if (unit === '年') return { offset: `${sign}P${n}Y` };
	if (/小时/.test(unit ?? '')) return { offset: `${sign}PT${n}H` };
	return {
		offset: `${sign}P${n}D`,
		...(/工作日/.test(unit ?? '') && { businessDays: true as const })
	};
}

const within = '(?:(?:以|之)?内)?';
const after = (source: string, anchor: DeadlineAnchor): PhraseRule =>
	phrase(`(?:${source}),?(?:的)?${length}${within}`, (m) => ({
		kind: 'relative',
		...offset(m, 1, ''),
		anchor
	}));
const before = (source: string, anchor: DeadlineAnchor): PhraseRule =>
	phrase(`(?:${source})(?:之|以)?前(?:的)?(?:至少|不少于)?${length}`, (m) => ({
		kind: 'relative',
		...offset(m, 1, '-'),
		anchor
	}));
/** 会议召开3日前: the number stands before 前. */
const daysBefore = (source: string, anchor: DeadlineAnchor): PhraseRule =>
	phrase(`(?:${source})(?:至少)?${length}(?:之|以)?前`, (m) => ({
		kind: 'relative',
		...offset(m, 1, '-'),
		anchor
	}));

const issued =
	'(?:[自从](?:本)?(?:通知|文件|方案|文|本文)?(?:发文|印发|下发|发布|公布)(?:之日)?起?|(?:本)?(?:通知|文件|方案|文)?(?:印发|下发|发布|发文)后)';
const received = '(?:[自从]?(?:收到|接到|接)(?:本|此)?(?:通知|文件|来文|文)(?:之日起|之日|后|起)?)';

export const relativeRules: readonly PhraseRule[] = [
	before(meeting, 'meeting.start'),
	daysBefore(meeting, 'meeting.start'),
	after(meetingEnd, 'meeting.end'),
	before(`${activity}(?:开始|开展|举办)?`, 'activity.start'),
	daysBefore(`${activity}(?:开始|开展|举办)`, 'activity.start'),
	after(`${activity}(?:结束|完成|开展)?(?:之|以)?后`, 'activity.end'),
	after('结束(?:之|以)?后', 'activity.end'),
	after(received, 'notice.received'),
	after(
		'(?:[自从]?(?:收到|接到)(?:整改|督办|交办)(?:通知书?|单|意见)(?:之日起|后)?)',
		'rectificationNotice.received'
	),
	after(issued, 'notice.issued'),
	before('任期(?:届)?(?:满|期满)|(?:换)?届满', 'termOfOffice.end'),
	daysBefore('任期(?:届)?满', 'termOfOffice.end'),
	after('开学(?:之|以)?后', 'term.start'),
	before('开学', 'term.start'),
	before('(?:放假|学期结束|期末)', 'term.end'),
	after('(?:放假|学期结束)(?:之|以)?后', 'term.end'),
	phrase(`(?:至少)?提前(?:至少)?${length}`, (m) => ({
		kind: 'relative',
		...offset(m, 1, '-'),
		anchor: 'activity.start'
	})),
	phrase(`${length}(?:(?:以|之)内|内)(?!容|部|外|涵)`, (m) => ({
		kind: 'relative',
		...offset(m, 1, ''),
		anchor: 'notice.issued'
	}))
];
