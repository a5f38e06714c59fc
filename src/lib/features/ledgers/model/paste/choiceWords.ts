/** How offices write the choices of the ledgers, in Chinese and English. */
import type {
	opinionChannels,
	opinionGroups,
	ProblemLevel,
	ProblemSource,
	RectKind,
	reviewCadences,
	satisfactions,
	topicKeys
} from '../rows/fields.ts';

type Words<T extends string> = Readonly<Record<T, RegExp>>;

const rectKind: Words<RectKind> = {
	immediate: /^(立行立改|立行整改|立即整改|立改|马上整改|immediate|at once)$/i,
	timed: /^(限期整改|限期|限时整改|timed|by a date)$/i,
	longTerm: /^(长期坚持|长期|持续整改|持续推进|long.?term)$/i
};

const level: Words<ProblemLevel> = {
	branch: /^(党?支部|支部层面|branch)$/i,
	team: /^(班子|领导班子|班子层面|(leading )?team)$/i,
	person: /^(个人|个人层面|党员个人|person)$/i,
	school: /^(学校|学校层面|school)$/i
};

const sources: Words<ProblemSource> = {
	selfCheck: /^(自查|自我查摆|自查自纠|支部自查|self.?check)$/i,
	talk: /^(谈心谈话|谈心|谈话|talks?)$/i,
	opinions: /^(意见征集|征集意见|征求意见|意见建议|opinions?)$/i,
	orgLifeMeeting: /^(组织生活会|(organi[sz]ational.)?life meeting)$/i,
	memberAppraisal: /^(民主评议|民主评议党员|(member )?appraisal)$/i,
	circular: /^(督查通报|督查|通报|督查反馈|circular|inspection)$/i,
	upperFeedback: /^(上级反馈|上级|上级指出|上级点明|(feedback )?from above)$/i,
	visit: /^(来电来访|来访|来电|信访|calls?( and visits?)?)$/i,
	other: /^(其他|其它|other)$/i
};

const reviewCadence: Words<(typeof reviewCadences)[number]> = {
	monthly: /^(每?月|每月一?次?|按月|monthly)$/i,
	quarterly: /^(每?季度?|每季度一?次?|quarterly)$/i,
	halfYearly: /^(每?半年|半年一?次?|every six months|half.?yearly)$/i,
	yearly: /^(每?年|每年一?次?|yearly)$/i
};

const topics: Words<(typeof topicKeys)[number]> = {
	safety: /^(学校安全|校园安全|安全|school safety)$/i,
	lawfulTeaching: /^(依法治教|依法办学|lawful teaching)$/i,
	tutoring: /^(校外培训|校外辅导|tutoring)$/i,
	fees: /^(规范收费|收费|教育收费|fees)$/i,
	afterClass: /^(课后服务|延时服务|after.?class care)$/i,
	food: /^(食品卫生|食品安全|食堂|food( hygiene)?)$/i,
	teachingQuality: /^(教学质量|教育质量|teaching quality)$/i,
	teacherEthics: /^(师德师风|师德|teacher ethics)$/i
};

const channel: Words<(typeof opinionChannels)[number]> = {
	parentMeeting: /^(家长会|parents.? meeting)$/i,
	teacherForum: /^(教师座谈会|座谈会|teachers.? forum)$/i,
	box: /^(意见建议箱|意见箱|opinion box)$/i,
	phone: /^(征集?电话|电话|来电|phone)$/i,
	visit: /^(来访|走访|visit)$/i,
	online: /^(网络|网上|线上|问卷|online)$/i,
	staffCongress: /^(教代会|教职工代表大会|staff congress)$/i,
	talk: /^(谈心谈话|谈话|talks?)$/i,
	other: /^(其他|其它|other)$/i
};

const group: Words<(typeof opinionGroups)[number]> = {
	parents: /^(家长|学生家长|parents)$/i,
	teachers: /^(教师|教职工|老师|teachers|staff)$/i,
	students: /^(学生|students|pupils)$/i,
	public: /^(群众|public)$/i,
	members: /^(党员|党员群众|members)$/i,
	society: /^(社会|社会各界|社区|society|community)$/i
};

const satisfaction: Words<(typeof satisfactions)[number]> = {
	satisfied: /^(满意|satisfied)$/i,
	fair: /^(基本满意|较满意|fairly satisfied)$/i,
	unsatisfied: /^(不满意|not satisfied)$/i,
	unrated: /^(未评价|未评|not rated)$/i
};

const byField: Readonly<Record<string, Words<string>>> = {
	...{ rectKind, level, sources, reviewCadence, topics, channel, group, satisfaction }
};

/** The key that is meant, or null. */
export function keyOfWord(field: string, text: string): string | null {
	const words = byField[field] ?? {};
	return Object.keys(words).find((key) => words[key]!.test(text)) ?? null;
}
