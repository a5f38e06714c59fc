// Which part of the desk a task belongs to and what usually proves it done. Proposals only.

import type { NoticeModule } from '../types.ts';

type ModuleRule = { module: NoticeModule; title: RegExp; text?: RegExp };
const moduleRules: readonly ModuleRule[] = [
	{ module: 'talks', title: /谈心|谈话/ },
	{ module: 'calendar', title: /三会一课|主题党日/, text: /三会一课|党员大会[^。]*每季度/ },
	{ module: 'ledgers', title: /意见征集|征求意见|查摆|问题清单|整改|台账/ },
	{ module: 'supervision', title: /督查|督导|考核|评估|检查|述职/ },
	{ module: 'decisions', title: /章程|规章制度|议事规则|三重一大|决策/ },
	{
		module: 'members',
		title: /党员发展|发展党员|党员管理|党员教育|示范岗|先锋岗|换届/,
		text: /示范岗|先锋岗|发展党员/
	},
	{
		module: 'meetings',
		title: /学习班|组织生活会|党员大会|民主评议|学习研讨|党课|宣讲|座谈会|专题学习|集中学习/,
		text: /以党员大会的形式|召开(?:专题)?(?:党员大会|组织生活会)/
	}
];

export function moduleOf(title: string, text: string): NoticeModule {
	const byTitle = moduleRules.find((rule) => rule.title.test(title));
	return (byTitle ?? moduleRules.find((rule) => rule.text?.test(text)))?.module ?? 'plans';
}

const meetingNames = [
	'党员大会',
	'支委会',
	'党小组会',
	'组织生活会',
	'党课',
	'主题党日',
	'民主评议',
	'专题学习班',
	'座谈会',
	'校长办公会议',
	'党政联席会议'
];

/** Meetings whose holding answers the task. */
export function meetingsOf(text: string): string[] {
	return meetingNames.filter((name) =>
		new RegExp(`(?:召开|举办|举行|组织|以|开展)[^,，。;；]{0,20}${name}(?!员|记录)`).test(text)
	);
}

const evidenceRules: readonly (readonly [RegExp, readonly string[]])[] = [
	[/以党员大会的形式|召开党员大会/, ['党员大会会议记录', '签到表']],
	[/组织学习《/, ['学习材料', '活动影像']],
	[/修订[^,，。]{0,8}章程/, ['修订后的学校章程', '修订前后对照', '审议会议记录', '公开记录']],
	[/撰写汇报材料/, ['汇报材料']],
	[/民主测评/, ['民主测评结果']],
	[/学习班/, ['学习班方案', '课程表', '每日签到表', '研讨发言', '学习影像']],
	[/召开[^,，。]{0,20}组织生活会(?!和)/, ['组织生活会会议记录']],
	[
		/民主评议党员/,
		['会议方案', '会议记录', '对照检查材料', '民主评议测评表', '结果汇总', '整改清单']
	],
	[/公开承诺/, ['公开承诺书']],
	[/意见建议征集|开展意见征集|征集意见建议/, ['征集公告']],
	[/座谈会/, ['座谈会记录']],
	[/必谈/, ['三必谈覆盖统计']],
	[/宣讲/, ['宣讲活动记录', '宣讲影像', '讲稿']],
	[/汇报课|示范课|公开课/, ['课堂影像', '听评课记录']],
	[/示范岗|先锋岗/, ['党员示范岗名单']],
	[/“?三会一课”?制度|三会一课/, ['会议记录', '签到表']],
	[/主题党日/, ['主题党日记录']],
	[/平台上传|上传[^,，。]{0,8}平台/, ['平台上传截图']],
	[/志愿服务/, ['志愿服务记录', '活动影像']],
	[/品牌/, ['活动记录', '品牌材料']],
	[/站点建设/, ['站点建设材料', '学习记录']]
];

export function evidenceFor(text: string): string[] {
	return [...new Set(evidenceRules.flatMap(([re, proofs]) => (re.test(text) ? proofs : [])))];
}
