/**
 * Which column of a pasted block is which: by the names in its header row, in any order and with
 * the synonyms offices use, or by what the cells look like when there is no header.
 */
import { parseTypedDate, type Ymd } from '$lib/base/typedDate.ts';
import { personByName, type People } from './people.ts';
import type { ProblemField } from './problem.ts';

export type Block = readonly (readonly string[])[];

/** `number` (序号) is by position and left out; `keep` is set down in the remarks under its title. */
export type PasteTarget = ProblemField | 'number' | 'keep' | 'skip';

export interface PasteColumn {
	readonly target: PasteTarget;
	/** As it stands in the header; empty without one. */
	readonly title: string;
}

/** The printed form's order, then what the list adds to it. */
export const officialOrder: readonly PasteTarget[] = [
	'number',
	'aspect',
	'itemNo',
	'manifestation',
	'sources',
	'rootCause',
	'leaderId',
	'responsibleId',
	'remark',
	'rectKind',
	'due'
];

const synonyms: Readonly<Record<Exclude<PasteTarget, 'keep' | 'skip'>, string>> = {
	number: '序号 编号 no 问题编号',
	aspect: '方面 问题方面 所属方面 类别 问题类别 aspect',
	itemNo: '对应问题表现 问题表现 对应表现 第几项 对应项 条目 项目 对应条目 catalogueitem item',
	manifestation:
		'具体表现 具体问题 存在问题 存在的问题 主要问题 查摆问题 问题 问题描述 问题内容 问题具体表现 manifestation problem',
	sources: '问题来源 来源 source sources',
	rootCause: '产生原因 原因 原因剖析 原因分析 问题根源 根源 产生根源 rootcause cause',
	leaderId: '责任领导 分管领导 牵头领导 包抓领导 leader',
	responsibleId: '责任人 整改责任人 具体责任人 直接责任人 责任者 responsible owner',
	remark: '备注 说明 remark remarks notes',
	rectKind: '整改类型 整改类别 整改性质 类型 kind rectificationkind',
	due: '整改时限 完成时限 时限 整改期限 期限 完成时间 整改完成时限 整改时间 截止日期 截止时间 due duedate',
	level: '层面 问题层面 层级 级别 level',
	urgent: '急难愁盼 是否急难愁盼 urgent'
};

const targetByTitle = new Map(
	Object.entries(synonyms).flatMap(([target, titles]) =>
		titles.split(' ').map((title) => [title, target as PasteTarget] as const)
	)
);

const bareTitle = (title: string): string =>
	title
		.normalize('NFKC')
		.toLowerCase()
		.replace(/\([^)]*\)/g, '')
		.replace(/[\s.:*_\-/]/g, '');

const filled = (row: readonly string[]): string[] =>
	row.map((cell) => cell.trim()).filter((cell) => cell !== '');

/** Titles of the sheet above the header are looked past, this many rows at most. */
const headerWithin = 5;

function isHeader(row: readonly string[]): boolean {
	const cells = filled(row);
	const known = cells.filter((cell) => targetByTitle.has(bareTitle(cell)));
	return new Set(known).size >= 2 && known.length * 2 >= cells.length;
}

/** The place of the header row, or -1. */
export const headerAt = (block: Block): number => block.slice(0, headerWithin).findIndex(isHeader);

/** A second column of one name would overwrite the first: it is kept in the remarks instead. */
export function columnsOfHeader(header: readonly string[]): PasteColumn[] {
	const taken = new Set<PasteTarget>();
	return header.map((cell) => {
		const title = cell.trim();
		const target = targetByTitle.get(bareTitle(title));
		if (target === undefined || taken.has(target)) return { target: 'keep', title };
		taken.add(target);
		return { target, title };
	});
}

interface LooksContext {
	readonly today: Ymd;
	readonly people: People;
}

const widthOf = (block: Block): number => Math.max(0, ...block.map((row) => row.length));

function looksLike(
	cells: readonly string[],
	at: number,
	context: LooksContext
): PasteTarget | null {
	const every = (test: (cell: string) => boolean): boolean => cells.length > 0 && cells.every(test);
	if (at === 0 && every((cell) => /^\d{1,4}$/.test(cell))) return 'number';
	if (every((cell) => personByName(context.people, cell) !== null)) return 'responsibleId';
	if (every((cell) => parseTypedDate(cell, context.today) !== null)) return 'due';
	return null;
}

/** A guess that the person sees, and can change, before anything is written. */
export function guessColumns(block: Block, context: LooksContext): PasteColumn[] {
	const width = widthOf(block);
	const column = (at: number): string[] => filled(block.map((row) => row[at] ?? ''));
	const looks = Array.from({ length: width }, (_, at) => looksLike(column(at), at, context));
	if (width >= 5) {
		const from = width > 1 && looks[0] === 'number' ? 0 : 1;
		return looks.map((_, at) => ({ target: officialOrder[from + at] ?? 'keep', title: '' }));
	}
	const letters = (at: number): number => column(at).join('').length;
	const longest = looks.reduce<number>(
		(best, look, at) => (look === null && (best < 0 || letters(at) > letters(best)) ? at : best),
		width === 1 ? 0 : -1
	);
	const taken = new Set<PasteTarget>();
	return looks.map((look, at) => {
		const target =
			at === longest ? 'manifestation' : look !== null && !taken.has(look) ? look : 'keep';
		taken.add(target);
		return { target, title: '' };
	});
}
