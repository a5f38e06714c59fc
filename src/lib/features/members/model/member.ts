/**
 * One line of the branch's register: its fields, and what may stand in them. No identity card and no
 * telephone number has a place here, and the month of birth only where an age rule needs it.
 */
import * as z from 'zod/mini';
import type { MemberId } from '$lib/base/ids.ts';
import { splitPosts, toPartyPost } from './posts.ts';

export const partyStatuses = [
	'正式党员',
	'预备党员',
	'发展对象',
	'入党积极分子',
	'非党员'
] as const;
export type PartyStatus = (typeof partyStatuses)[number];

export const workStatuses = ['在职', '退休', '借调', '外出'] as const;
export type WorkStatus = (typeof workStatuses)[number];

export interface MemberFields {
	readonly name: string;
	/** 党内职务. */
	readonly posts: readonly string[];
	/** 行政职务. */
	readonly adminPosts: readonly string[];
	readonly partyStatus: PartyStatus | null;
	/** Name of the Party group (党小组); empty for none. */
	readonly group: string;
	/** 班子成员. */
	readonly leadTeam: boolean;
	/** 主要负责同志. */
	readonly principal: boolean;
	/** 分管工作. */
	readonly businessArea: string;
	readonly workStatus: WorkStatus;
	/** False for somebody who has left the branch; the line stays, as old records name him. */
	readonly active: boolean;
	/** 入党时间, 'YYYY-MM' or 'YYYY-MM-DD'. */
	readonly joinedOn: string | null;
	/** 'YYYY-MM'. */
	readonly birthYM: string | null;
}
export type MemberField = keyof MemberFields;
export type MemberEdit = Partial<MemberFields>;

export interface Member extends MemberFields {
	readonly id: MemberId;
	/** ISO instant at which the line was made, by its author's clock. */
	readonly joinedAt: string;
	/** Fields in which something stands that this version cannot read. */
	readonly unreadable: readonly MemberField[];
}

export const maxNameLength = 60;
export const maxAreaLength = 200;

const postList = z.array(z.string().check(z.maxLength(maxNameLength)));

export const fieldSchemas = {
	name: z.string().check(z.minLength(1), z.maxLength(maxNameLength)),
	posts: postList,
	adminPosts: postList,
	partyStatus: z.nullable(z.enum(partyStatuses)),
	group: z.string().check(z.maxLength(maxNameLength)),
	leadTeam: z.boolean(),
	principal: z.boolean(),
	businessArea: z.string().check(z.maxLength(maxAreaLength)),
	workStatus: z.enum(workStatuses),
	active: z.boolean(),
	joinedOn: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}(-\d{2})?$/))),
	birthYM: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}$/)))
} satisfies { [F in MemberField]: z.ZodMiniType<MemberFields[F]> };

export const memberFields = Object.keys(fieldSchemas) as MemberField[];

export const emptyFields: Omit<MemberFields, 'name'> = {
	posts: [],
	adminPosts: [],
	partyStatus: null,
	group: '',
	leadTeam: false,
	principal: false,
	businessArea: '',
	workStatus: '在职',
	active: true,
	joinedOn: null,
	birthYM: null
};

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** 张　敏 is 张敏; Latin names keep their space. */
export const tidyName = (text: string): string =>
	oneLine(text.normalize('NFKC')).replace(/(?<=[\p{Script=Han}·])\s+(?=[\p{Script=Han}·])/gu, '');

/** What two spellings of one name have in common. */
export const nameKey = (text: string): string => tidyName(text).replace(/\s/g, '').toLowerCase();

const tidyPosts = (held: readonly string[]): string[] => [...new Set(held.flatMap(splitPosts))];
const tidyPartyPosts = (held: readonly string[]) => [...new Set(tidyPosts(held).map(toPartyPost))];

/** As people type it, to as it is kept. */
export function tidyEdit(edit: MemberEdit): MemberEdit {
	return {
		...edit,
		...(edit.name !== undefined && { name: tidyName(edit.name) }),
		...(edit.posts && { posts: tidyPartyPosts(edit.posts) }),
		...(edit.adminPosts && { adminPosts: tidyPosts(edit.adminPosts) }),
		...(edit.group !== undefined && { group: oneLine(edit.group) }),
		...(edit.businessArea !== undefined && { businessArea: oneLine(edit.businessArea) })
	};
}

export const isSameValue = (a: unknown, b: unknown): boolean =>
	Array.isArray(a) && Array.isArray(b)
		? a.length === b.length && a.every((item, at) => item === b[at])
		: a === b;

/** What of the edit would change the line. */
export function changedFields(member: MemberFields, edit: MemberEdit): MemberEdit {
	const changes = Object.entries(tidyEdit(edit)).filter(
		([field, value]) => value !== undefined && !isSameValue(member[field as MemberField], value)
	);
	return Object.fromEntries(changes);
}
