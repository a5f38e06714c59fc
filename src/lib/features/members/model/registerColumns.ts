/**
 * Which column of a pasted table is which field of the register: by its heading, or, where there is
 * none, by what stands in it. People can correct it.
 */
import { isPartyPost, splitPosts } from './posts.ts';
import { readPartyStatus, readWorkStatus } from './registerCell.ts';
import { parsePartialDate } from './partialDate.ts';

/** In the order in which the register is written out. */
export const registerColumns = [
	'name',
	'posts',
	'adminPosts',
	'partyStatus',
	'group',
	'leadTeam',
	'principal',
	'businessArea',
	'workStatus',
	'joinedOn',
	'birthYM'
] as const;
export type RegisterColumn = (typeof registerColumns)[number];

/**
 * `duty`: a mere 职务, which may hold posts of both kinds. `private`: known, and on purpose not kept.
 * `skip`: not taken, or not known.
 */
export type ColumnTarget = RegisterColumn | 'duty' | 'private' | 'skip';

/** As in the forms a branch fills; the first is the one we write. */
export const columnTitles: Readonly<Record<RegisterColumn, string>> = {
	name: '姓名',
	posts: '党内职务',
	adminPosts: '行政职务',
	partyStatus: '党员类型',
	group: '党小组',
	leadTeam: '是否班子成员',
	principal: '主要负责同志',
	businessArea: '分管工作',
	workStatus: '在岗情况',
	joinedOn: '入党时间',
	birthYM: '出生年月'
};

const headings: readonly (readonly [ColumnTarget, RegExp])[] = [
	['private', /身份证|身份号码|电话|手机|联系方式|住址|地址|籍贯|民族|性别|学历|学位|微信|邮箱/],
	['name', /^(?:党员|成员|教师)?(?:姓名|名字)$|^name$/i],
	['posts', /^(?:党内|党务|党组织|党支部|支部|支委)(?:内)?(?:职务|任职|分工)$|^partyposts?$/i],
	['adminPosts', /^(?:行政|校内|学校|现任)(?:内)?(?:职务|任职|岗位)$|^岗位$|^adminposts?$/i],
	['duty', /^(?:职务|担任职务|任职情况|posts?)$/i],
	['partyStatus', /^(?:党员|人员|政治)(?:类型|类别|面貌|身份|性质|状态)$|^类别$|^partystatus$/i],
	['group', /^(?:所在|所属)?(?:党小组|小组|组别)(?:名称)?$|^(?:party)?group$/i],
	['leadTeam', /班子成员|领导班子|^支委(?:会)?(?:委员|成员)$|^leadteam$/i],
	['principal', /主要负责|第一责任人|^principal$/i],
	['businessArea', /^分管|^负责(?:工作|事项)$|^分工$|^businessarea$/i],
	['workStatus', /^(?:在岗|在职|工作|人员)(?:情况|状态|状况)$|^是否在(?:职|岗)$|^workstatus$/i],
	['joinedOn', /入党|加入(?:中国共产)?党|^joinedon$/i],
	['birthYM', /出生|生日|^birth/i]
];

const plainHeading = (text: string): string =>
	text
		.normalize('NFKC')
		.replace(/\([^)]*\)/g, '')
		.replace(/[\s*:]/g, '');

export function targetOfHeading(text: string): ColumnTarget {
	const heading = plainHeading(text);
	return headings.find(([, pattern]) => pattern.test(heading))?.[0] ?? 'skip';
}

const most = 0.8;
const isMostly = (cells: readonly string[], test: (cell: string) => boolean): boolean =>
	cells.length > 0 && cells.filter(test).length >= cells.length * most;

const looksLikeName = (cell: string): boolean =>
	/^\p{Script=Han}{2,4}$|^\p{Script=Han}{1,8}·\p{Script=Han}{1,8}$/u.test(
		cell.replace(/\s/g, '')
	) &&
	readPartyStatus(cell) === null &&
	readWorkStatus(cell) === null &&
	!/组$|主任$|校长$|书记$|委员$|教师$/.test(cell);

const isAdminPost = (cell: string): boolean => /校长|主任|组长|教师|干事|会计/.test(cell);

/** What the cells of a column without heading say. 是 and 否 alone say nothing. */
function targetOfCells(cells: readonly string[], thisYear: number): ColumnTarget | 'date' {
	const filled = cells.filter((cell) => cell.trim() !== '');
	if (isMostly(filled, (cell) => parsePartialDate(cell, thisYear) !== null)) return 'date';
	if (isMostly(filled, (cell) => readPartyStatus(cell) !== null)) return 'partyStatus';
	if (isMostly(filled, (cell) => readWorkStatus(cell) !== null)) return 'workStatus';
	if (isMostly(filled, (cell) => /党小组|小组$/.test(cell) && !cell.endsWith('组长')))
		return 'group';
	if (isMostly(filled, (cell) => splitPosts(cell).every(isPartyPost))) return 'posts';
	if (isMostly(filled, looksLikeName)) return 'name';
	if (
		isMostly(filled, (cell) => splitPosts(cell).some((one) => isPartyPost(one) || isAdminPost(one)))
	)
		return 'duty';
	return 'skip';
}

const yearsIn = (cells: readonly string[], thisYear: number): number =>
	cells.reduce(
		(sum, cell) => sum + Number(parsePartialDate(cell, thisYear)?.date.slice(0, 4) ?? 0),
		0
	);

/** Of two columns of dates the earlier is the birth; a single one could be either. */
function placeDates(
	targets: readonly (ColumnTarget | 'date')[],
	columns: readonly (readonly string[])[],
	thisYear: number
): ColumnTarget[] {
	const dated = targets.flatMap((target, at) => (target === 'date' ? [at] : []));
	const [birth, joined] =
		dated.length === 2
			? dated.toSorted((a, b) => yearsIn(columns[a]!, thisYear) - yearsIn(columns[b]!, thisYear))
			: [];
	return targets.map((target, at) => {
		if (target !== 'date') return target;
		return at === birth ? 'birthYM' : at === joined ? 'joinedOn' : 'skip';
	});
}

/** A field comes from one column only: the first that has it. */
function onlyOnce(targets: readonly ColumnTarget[]): ColumnTarget[] {
	return targets.map((target, at) =>
		target === 'private' || targets.indexOf(target) === at ? target : 'skip'
	);
}

export const targetsOfHeader = (cells: readonly string[]): ColumnTarget[] =>
	onlyOnce(cells.map(targetOfHeading));

export function targetsOfContent(
	columns: readonly (readonly string[])[],
	thisYear: number
): ColumnTarget[] {
	const targets = columns.map((cells) => targetOfCells(cells, thisYear));
	return onlyOnce(placeDates(targets, columns, thisYear));
}
