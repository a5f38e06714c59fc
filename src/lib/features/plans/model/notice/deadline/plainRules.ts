// standing and vague wording, windows the branch names, and the look-alikes that are no deadlines.

import { num } from './numerals.ts';
import { phrase, type PhraseRule } from './recurringRules.ts';

const standing: PhraseRule[] = [
	phrase(
		'长期坚持|长期抓|常态化(?:开展|推进|落实|抓|实施)?|持续推进|常抓不懈|常抓长|抓常抓长|一以贯之|久久为功|长期(?=开展|推进|落实)',
		() => ({ kind: 'standing' })
	)
];

const vague: PhraseRule[] = [
	phrase('立[行即](?:立改|整改)|立整立改|边查边改|即知即改', (_m, ctx) => ({
		kind: 'vague',
		defaultDays: ctx.immediateDays
	})),
	phrase(
		'(?:按[时期](?![间代段限])|如期|及时(?!性)|随时(?!代)(?:召开|开展)?|适时|经常性?|不定期|定期|近期|近日|尽快|尽早|抓紧(?:时间)?|限期|早日|在规定时间内|按规定时限)',
		() => ({ kind: 'vague' })
	)
];

const named: PhraseRule[] = [
	phrase('["“]([\\u4e00-\\u9fa5]{2,8}(?:月|周|季))["”](?:活动)?(?:期间|中)?', (m, ctx) => {
		const window = ctx.namedWindows[m[1] ?? ''];
		return window ? { kind: 'window', ...window } : { kind: 'window', unresolved: true };
	})
];

const none = (source: string): PhraseRule => phrase(source, () => 'none');

/** Longer than the date inside them, or with no date in them at all. */
const refusals: PhraseRule[] = [
	none('[\\u4e00-\\u9fa5]{0,6}[〔\\[(【]\\d{4}[〕\\])】](?:第)?\\d+号'),
	none('(?:19|20)\\d{2}(?:-(?:19|20)?\\d{2})?(?:学年)?年?(?:学年|年)度(?!以?内|底|末)'),
	none('(?:19|20)\\d{2}(?:-(?:19|20)?\\d{2})?学年'),
	none(`(?:学制|为期|历时|时长|持续|工期|服务期)${num}(?:个)?(?:年|月|周|日|天|小时|学时)(?:半)?`),
	none(`${num}(?:分钟|秒|周岁|岁|学时|课时|平方米|公里)`),
	none(`第${num}(?:期|届|次|批|号|轮|名|条|项|页|章)`),
	none(`${num}(?:所|项|方面|期|届|人|名|个百分点|元|万元|字)`),
	none(`(?:近|前|过去|连续|满|近期)${num}(?:个)?(?:年|月|天|周|学期)(?:来|内)?`),
	none(`${num}年(?:级|来|规划|行动|制|期|以上|以下)`),
	none(`(?:浏览|点击|阅读)(?:量|次数)?:?\\d+次?`),
	none(
		'党的[一二]十[一二三四五六七八九]?大|[一二三四五六七八九十]+届[一二三四五六七八九十]+中全会'
	),
	none('\\d{3,4}-\\d{7,8}|1\\d{10}')
];

export const plainRules: readonly PhraseRule[] = [...refusals, ...standing, ...vague, ...named];
