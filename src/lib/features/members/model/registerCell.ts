/** One cell of a pasted register, to what it says. */
import {
	maxAreaLength,
	maxNameLength,
	oneLine,
	type MemberEdit,
	type PartyStatus,
	type WorkStatus
} from './member.ts';
import { parsePartialDate, parseYearMonth } from './partialDate.ts';
import { isPartyPost, splitPosts } from './posts.ts';
import type { ColumnTarget } from './registerColumns.ts';

/**
 * `unreadable`: not understood. `private`: looks like an identity card or telephone number, which the
 * register does not hold. `doubtful`: taken, but to be looked at. `too-long`: more than a line holds.
 */
export type CellTrouble = 'unreadable' | 'private' | 'doubtful' | 'too-long';

export interface ReadCell {
	readonly edit: MemberEdit;
	readonly trouble: CellTrouble | null;
}

const partyStatusWords: readonly (readonly [RegExp, PartyStatus])[] = [
	[/^(?:中共)?预备(?:党员)?$/, '预备党员'],
	[/^(?:中共)?(?:正式)?党员$|^正式$/, '正式党员'],
	[/^发展对象$/, '发展对象'],
	[/^(?:入党)?积极分子$/, '入党积极分子'],
	[/^非(?:中共)?党员$|^群众$|^(?:共青)?团员$/, '非党员']
];
const workStatusWords: readonly (readonly [RegExp, WorkStatus])[] = [
	[/^在职(?:在岗)?$|^在岗$/, '在职'],
	[/^(?:已)?退休$|^离退休$/, '退休'],
	[/^借调$|^外借$/, '借调'],
	[/^外出$|^流动$|^外派$|^支教$/, '外出']
];

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

const wordIn = <T>(words: readonly (readonly [RegExp, T])[], text: string): T | null =>
	words.find(([pattern]) => pattern.test(plain(text)))?.[1] ?? null;

export const readPartyStatus = (text: string) => wordIn(partyStatusWords, text);
export const readWorkStatus = (text: string) => wordIn(workStatusWords, text);

export function readYesNo(text: string): boolean | null {
	const word = plain(text).toLowerCase();
	if (/^(?:是|有|√|✓|✔|☑|对|1|y|yes|true)$/.test(word)) return true;
	return /^(?:否|不是|无|没有|×|✗|✘|☐|0|n|no|false)$/.test(word) ? false : null;
}

const isBlank = (text: string): boolean => /^(?:|无|[-—–/\\]+|暂无)$/.test(plain(text));
const looksPrivate = (text: string): boolean =>
	/(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)/.test(plain(text));

const taken = (edit: MemberEdit): ReadCell => ({ edit, trouble: null });
const refused = (trouble: CellTrouble): ReadCell => ({ edit: {}, trouble });

function orUnreadable<T>(value: T | null, toEdit: (value: T) => MemberEdit): ReadCell {
	return value === null ? refused('unreadable') : taken(toEdit(value));
}

function readDate(
	found: ReturnType<typeof parsePartialDate>,
	toEdit: (date: string) => MemberEdit
): ReadCell {
	if (found === null) return refused('unreadable');
	return { edit: toEdit(found.date), trouble: found.doubtful ? 'doubtful' : null };
}

function readPosts(text: string, toEdit: (items: string[]) => MemberEdit): ReadCell {
	const items = splitPosts(text);
	return items.some((item) => item.length > maxNameLength)
		? refused('too-long')
		: taken(toEdit(items));
}

function splitDuty(items: string[]): MemberEdit {
	const posts = items.filter(isPartyPost);
	const adminPosts = items.filter((item) => !isPartyPost(item));
	return { ...(posts.length > 0 && { posts }), ...(adminPosts.length > 0 && { adminPosts }) };
}

function readText(text: string, max: number, toEdit: (value: string) => MemberEdit): ReadCell {
	const line = oneLine(text);
	return line.length > max ? refused('too-long') : taken(toEdit(line));
}

/** An empty cell says nothing: an import never empties a field. Names are read by their own road. */
export function readCell(
	target: Exclude<ColumnTarget, 'name'>,
	text: string,
	thisYear: number
): ReadCell {
	const isFlag = target === 'leadTeam' || target === 'principal';
	if (
		target === 'skip' ||
		target === 'private' ||
		(isBlank(text) && !(isFlag && plain(text) !== ''))
	)
		return taken({});
	if (looksPrivate(text)) return refused('private');
	switch (target) {
		case 'posts':
			return readPosts(text, (items) => ({ posts: items }));
		case 'adminPosts':
			return readPosts(text, (items) => ({ adminPosts: items }));
		case 'duty':
			return readPosts(text, splitDuty);
		case 'partyStatus':
			return orUnreadable(readPartyStatus(text), (partyStatus) => ({ partyStatus }));
		case 'workStatus':
			return orUnreadable(readWorkStatus(text), (workStatus) => ({ workStatus }));
		case 'leadTeam':
			return orUnreadable(readYesNo(text), (leadTeam) => ({ leadTeam }));
		case 'principal':
			return orUnreadable(readYesNo(text), (principal) => ({ principal }));
		case 'group':
			return readText(text, maxNameLength, (group) => ({ group }));
		case 'businessArea':
			return readText(text, maxAreaLength, (businessArea) => ({ businessArea }));
		case 'joinedOn':
			return readDate(parsePartialDate(text, thisYear), (joinedOn) => ({ joinedOn }));
		case 'birthYM':
			return readDate(parseYearMonth(text, thisYear), (birthYM) => ({ birthYM }));
	}
}
