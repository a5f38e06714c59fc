/**
 * Which column of a pasted block is which: by the names in its header row, in any order and with
 * the synonyms offices use, or by what the cells look like when there is no header.
 */
import { parseTypedDate, type Ymd } from '$lib/base/typedDate.ts';
import { personByName, type People } from '../people.ts';
import type { TableName } from '../rows/fields.ts';

export type Block = readonly (readonly string[])[];

/**
 * A field id, `measures`, `reply` (反馈时间及方式), or: `number` (序号), by position and left out; `code`, by which rows are
 * found again; `skip`, what the ledger works out itself (完成状态); `keep`, set down in the remarks
 * under its title.
 */
export type PasteTarget = string;

export interface PasteColumn {
	readonly target: PasteTarget;
	/** As it stands in the header; empty without one. */
	readonly title: string;
}

/** Own columns by their titles. */
export type OwnTitles = ReadonlyMap<string, string>;

/** The printed form's order, then what the list adds to it. */
const officialOrders: Readonly<Record<TableName, readonly PasteTarget[]>> = {
	problems: [
		...['number', 'aspect', 'itemNo', 'manifestation', 'sources', 'rootCause'],
		...['leaderId', 'responsibleId', 'remark', 'rectKind', 'due']
	],
	opinions: [
		...['number', 'on', 'channel', 'words', 'topics', 'group', 'responsibleId', 'measure', 'due'],
		...['result', 'reply', 'satisfaction', 'remark']
	]
};
export const officialOrder = (table: TableName): readonly PasteTarget[] => officialOrders[table];

const common = {
	number: '序号 no 序',
	code: '编号 问题编号 code',
	itemNo: '对应问题表现 问题表现 对应表现 第几项 对应项 条目 项目 对应条目 catalogueitem item',
	responsibleId:
		'责任人 整改责任人 具体责任人 直接责任人 责任者 办理人 经办人 承办人 responsible owner',
	remark: '备注 说明 remark remarks notes',
	urgent: '急难愁盼 是否急难愁盼 urgent'
};

const synonyms: Readonly<Record<TableName, Readonly<Record<string, string>>>> = {
	problems: {
		...common,
		aspect: '方面 问题方面 所属方面 类别 问题类别 aspect',
		manifestation:
			'具体表现 具体问题 存在问题 存在的问题 主要问题 查摆问题 问题 问题描述 问题内容 问题具体表现 反馈问题 manifestation problem',
		sources: '问题来源 来源 source sources',
		rootCause: '产生原因 原因 原因剖析 原因分析 问题根源 根源 产生根源 rootcause cause',
		leaderId: '责任领导 分管领导 牵头领导 包抓领导 leader',
		rectKind: '整改类型 整改类别 整改性质 类型 kind rectificationkind',
		due: '整改时限 完成时限 时限 整改期限 期限 完成时间 整改完成时限 整改时间 截止日期 截止时间 due duedate',
		level: '层面 问题层面 层级 级别 level',
		ownerMemberId: '所属个人 所属人 whoseproblem',
		goal: '整改目标 目标 goal',
		measures: '整改措施 措施 具体措施 measures measure',
		result:
			'整改进展 整改成效 进展 进度 整改进度 成效 整改情况 整改结果 progress result progressresult',
		topics: '专题 主题 领域 topics',
		department: '责任部门 责任科室 部门 department',
		verifierId: '验收人 核实人 verifier',
		reviewCadence: '复核周期 reviewcadence',
		nextReviewOn: '下次复核 下次复核时间 nextreview',
		sourceBatch: '来源批次 batch',
		skip: '完成状态 状态 完成情况 印证资料 佐证资料 验收人及销号时间 status evidence'
	},
	opinions: {
		...common,
		on: '征集时间 时间 日期 收集时间 提出时间 date',
		channel: '征集方式 方式 渠道 征集渠道 channel',
		words: '意见建议内容 意见建议 意见 建议 内容 意见内容 opinion words',
		topics: '类别 意见类别 分类 category topics',
		group: '对象类别 对象 群体 来源对象 group',
		measure: '办理措施 措施 处理措施 measure',
		due: '办理时限 时限 期限 due',
		result: '办理结果 结果 处理结果 办理情况 result',
		reply: '反馈时间及方式 反馈情况 回复时间及方式 reply',
		replyOn: '反馈时间 回复时间 replydate replied',
		replyWay: '反馈方式 回复方式 replyway',
		satisfaction: '满意度 满意情况 satisfaction',
		skip: '状态 办理状态 转问题 status'
	}
};

const bareTitle = (title: string): string =>
	title
		.normalize('NFKC')
		.toLowerCase()
		.replace(/\([^()]*\)/g, '')
		.replace(/[\s.:*_\-/]/g, '');

const targetsByTitle = Object.fromEntries(
	Object.entries(synonyms).map(([table, targets]) => [
		table,
		new Map(
			Object.entries(targets).flatMap(([target, titles]) =>
				titles.split(' ').map((title) => [title, target] as const)
			)
		)
	])
) as Record<TableName, Map<string, PasteTarget>>;

/** Null for a title nobody knows. “整改时限/时间” stands under a heading over several columns. */
export function targetOfTitle(table: TableName, own: OwnTitles, title: string): PasteTarget | null {
	const ofWhole = (words: string): PasteTarget | null =>
		own.get(words.trim()) ?? targetsByTitle[table].get(bareTitle(words)) ?? null;
	const [above = '', below = ''] = title.split('/');
	return ofWhole(title) ?? (below === '' ? null : (ofWhole(below) ?? ofWhole(above)));
}

const filled = (row: readonly string[]): string[] =>
	row.map((cell) => cell.trim()).filter((cell) => cell !== '');

/** Titles of the sheet above the header are looked past, this many rows at most. */
const headerWithin = 5;

export interface TitleContext {
	readonly table: TableName;
	readonly ownTitles: OwnTitles;
}

function isHeader(row: readonly string[], { table, ownTitles }: TitleContext): boolean {
	const cells = filled(row);
	const known = cells.filter((cell) => targetOfTitle(table, ownTitles, cell) !== null);
	return new Set(known).size >= 2 && known.length * 2 >= cells.length;
}

/** The place of the header row, or -1. */
export const headerAt = (block: Block, context: TitleContext): number =>
	block.slice(0, headerWithin).findIndex((row) => isHeader(row, context));

/** A second column of one name would overwrite the first: it is kept in the remarks instead. */
export function columnsOfHeader(
	header: readonly string[],
	{ table, ownTitles }: TitleContext
): PasteColumn[] {
	const taken = new Set<PasteTarget>();
	return header.map((cell) => {
		const title = cell.trim();
		const target = targetOfTitle(table, ownTitles, title);
		if (target === null || (target !== 'skip' && taken.has(target)))
			return { target: 'keep', title };
		taken.add(target);
		return { target, title };
	});
}

interface LooksContext {
	readonly table: TableName;
	readonly today: Ymd;
	readonly people: People;
}

const widthOf = (block: Block): number => Math.max(0, ...block.map((row) => row.length));

function looksLike(
	cells: readonly string[],
	at: number,
	{ table, people, today }: LooksContext
): PasteTarget | null {
	const every = (test: (cell: string) => boolean): boolean => cells.length > 0 && cells.every(test);
	if (at === 0 && every((cell) => /^\d{1,4}$/.test(cell))) return 'number';
	if (every((cell) => personByName(people, cell) !== null)) return 'responsibleId';
	if (every((cell) => parseTypedDate(cell, today) !== null))
		return table === 'opinions' ? 'on' : 'due';
	return null;
}

/** A guess that the person sees, and can change, before anything is written. */
export function guessColumns(block: Block, context: LooksContext): PasteColumn[] {
	const width = widthOf(block);
	const column = (at: number): string[] => filled(block.map((row) => row[at] ?? ''));
	const looks = Array.from({ length: width }, (_, at) => looksLike(column(at), at, context));
	if (width >= 5) {
		const from = width > 1 && looks[0] === 'number' ? 0 : 1;
		const order = officialOrder(context.table);
		return looks.map((_, at) => ({ target: order[from + at] ?? 'keep', title: '' }));
	}
	const letters = (at: number): number => column(at).join('').length;
	const longest = looks.reduce<number>(
		(best, look, at) => (look === null && (best < 0 || letters(at) > letters(best)) ? at : best),
		width === 1 ? 0 : -1
	);
	const taken = new Set<PasteTarget>();
	return looks.map((look, at) => {
		const target =
			at === longest ? mainField(context.table) : look !== null && !taken.has(look) ? look : 'keep';
		taken.add(target);
		return { target, title: '' };
	});
}

/** What a row is about. */
export const mainField = (table: TableName): string =>
	table === 'opinions' ? 'words' : 'manifestation';
