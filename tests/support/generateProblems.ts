/** Invented rows of a problem list, the same for the same seed, for benches and browser tests. */

export interface GeneratedProblem {
	readonly aspect: string;
	readonly itemNo: number;
	readonly manifestation: string;
	readonly source: string;
	readonly rootCause: string;
	readonly leader: string;
	readonly responsible: string;
	readonly remark: string;
	readonly rectKind: string;
	/** YYYY-MM-DD, or empty. */
	readonly due: string;
}

export const generatedHeader = [
	'序号',
	'方面',
	'对应问题表现(第几项)',
	'具体表现',
	'问题来源',
	'产生原因',
	'责任领导',
	'责任人',
	'备注',
	'整改类型',
	'整改时限'
] as const;

const aspects = ['严', '实', '细'];
const sources = ['自查', '谈心谈话', '意见征集', '督查通报', '自查、意见征集', '上级反馈'];
const kinds = ['立行立改', '限期整改', '长期坚持'];
const places = [
	'三年级',
	'食堂',
	'图书室',
	'第一党小组',
	'教导处',
	'总务处',
	'六年级组',
	'少先队室'
];
const matters = [
	'值班记录',
	'会议记录',
	'陪餐留样',
	'作业批改',
	'家校沟通',
	'听课评课',
	'安全巡查',
	'课后服务'
];
const faults = [
	'填写不完整，有数日空缺',
	'停留在签字，没有写明发现了什么',
	'安排了但没有人跟进，月底才补记',
	'内容单一，师生反映变化不大',
	'要求不具体，各班做法不一',
	'时间常被其他工作占用'
];
const causes = [
	'责任分工不明确，出现空档时无人替补',
	'培训不够，经办人不清楚要记什么',
	'检查停留在表面，发现问题没有追到底',
	'统筹不够，临时任务多',
	'制度定得笼统，缺少可操作的步骤'
];
const remarks = ['', '', '', '与督导组反馈一致', '四月支委会复核', '已列入年度工作要点'];
export const generatedPeople = ['周敬宁', '何立群', '梁晓芸', '潘志远', '许国平'] as const;

/** mulberry32: small, and good enough for words. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function generateProblems(count: number, seed = 1, year = 2023): GeneratedProblem[] {
	const random = seededRandom(seed);
	const below = (limit: number): number => Math.floor(random() * limit);
	const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
	const due = (): string => {
		const month = String(1 + below(12)).padStart(2, '0');
		return `${year}-${month}-${String(1 + below(28)).padStart(2, '0')}`;
	};
	return Array.from({ length: count }, (_, index) => {
		const itemNo = 1 + below(30);
		const extra = random() < 0.2 ? `；第${index + 1}次检查时仍有${1 + below(5)}处` : '';
		return {
			aspect: aspects[Math.floor((itemNo - 1) / 10)]!,
			itemNo,
			manifestation: `${pick(places)}${pick(matters)}${pick(faults)}${extra}`,
			source: pick(sources),
			rootCause: pick(causes),
			leader: pick(generatedPeople),
			responsible: pick(generatedPeople),
			remark: pick(remarks),
			rectKind: pick(kinds),
			due: random() < 0.9 ? due() : ''
		};
	});
}

/** As copied from a spreadsheet: tab-separated, with the header row of the printed form. */
export function problemsToTsv(problems: readonly GeneratedProblem[], header = true): string {
	const rows = problems.map((problem, index) => [
		String(index + 1),
		problem.aspect,
		String(problem.itemNo),
		problem.manifestation,
		problem.source,
		problem.rootCause,
		problem.leader,
		problem.responsible,
		problem.remark,
		problem.rectKind,
		problem.due
	]);
	return [...(header ? [[...generatedHeader]] : []), ...rows]
		.map((cells) => cells.join('\t'))
		.join('\r\n');
}
