/**
 * The branch document: the branch's name and its register of people. The index of documents in the
 * same Y.Doc belongs to core.
 *
 * A line is made whole, as a plain value in `members`; what is changed later stands field by field in
 * `memberFields` under `<member> <field>` and wins over the line. So every field merges on its own,
 * and lines of the first version need no conversion that two devices could do at once. What others
 * wrote is untrusted: what does not parse is left out here and left alone there.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import type { DocumentKind } from '$lib/core/rooms/documentKind.ts';
import { newMemberId, type MemberId } from '$lib/base/ids.ts';
import {
	emptyFields,
	fieldSchemas,
	isSameValue,
	memberFields,
	oneLine,
	tidyEdit,
	type Member,
	type MemberEdit,
	type MemberField,
	type MemberFields
} from './member.ts';
import { byPostThenStrokes } from './posts.ts';

export const branchKind: DocumentKind = {
	kind: 'branch',
	schema: 1,
	create: () => {},
	migrations: {}
};

const branchOf = (doc: Y.Doc) => doc.getMap<unknown>('branch');
export const membersOf = (doc: Y.Doc) => doc.getMap<unknown>('members');
export const editsOf = (doc: Y.Doc) => doc.getMap<unknown>('memberFields');
/** An id has no space in it. */
export const editKey = (id: string, field: MemberField) => `${id} ${field}`;

export function setBranchName(doc: Y.Doc, name: string): void {
	const tidy = oneLine(name);
	if (tidy !== branchName(doc)) branchOf(doc).set('name', tidy);
}

export function branchName(doc: Y.Doc): string {
	const name = branchOf(doc).get('name');
	return typeof name === 'string' ? name : '';
}

const lineShape = z.record(z.string(), z.unknown());

function readMember(doc: Y.Doc, id: string, line: unknown): Member | null {
	const parsed = lineShape.safeParse(line);
	if (!parsed.success) return null;
	const edits = editsOf(doc);
	const unreadable: MemberField[] = [];
	const read: Record<string, unknown> = { ...emptyFields };
	for (const field of memberFields) {
		const found = [edits.get(editKey(id, field)), parsed.data[field]]
			.filter((value) => value !== undefined)
			.map((value) => z.safeParse<z.ZodMiniType>(fieldSchemas[field], value));
		const readable = found.find(({ success }) => success);
		if (readable) read[field] = readable.data;
		if (found[0]?.success === false) unreadable.push(field);
	}
	if (typeof read.name !== 'string') return null;
	const { joinedAt } = parsed.data;
	return {
		...(read as unknown as MemberFields),
		id: id as MemberId,
		joinedAt: typeof joinedAt === 'string' ? joinedAt : '',
		unreadable
	};
}

export const memberById = (doc: Y.Doc, id: string): Member | null =>
	readMember(doc, id, membersOf(doc).get(id));

/** By post, then by strokes; those who left included, as old records name them. */
export function listMembers(doc: Y.Doc): Member[] {
	const members = [...membersOf(doc)].flatMap(([id, line]) => readMember(doc, id, line) ?? []);
	return members.sort((a, b) => byPostThenStrokes(a, b) || (a.id < b.id ? -1 : 1));
}

export const activeMembers = (doc: Y.Doc): Member[] =>
	listMembers(doc).filter(({ active }) => active);

/** What colleagues' devices would not be able to read is not written either. */
const isAllowed = (field: MemberField, value: unknown): boolean =>
	z.safeParse<z.ZodMiniType>(fieldSchemas[field], value).success;

function allowedFields(edit: MemberEdit): [MemberField, unknown][] {
	const tidy = tidyEdit(edit);
	return memberFields
		.filter((field) => tidy[field] !== undefined && isAllowed(field, tidy[field]))
		.map((field) => [field, tidy[field]]);
}

/** Each field that differs is written on its own, so that a colleague's edit of another one stays. */
export function editMember(doc: Y.Doc, id: MemberId, edit: MemberEdit): void {
	doc.transact(() => {
		const present = memberById(doc, id);
		if (!present) return;
		for (const [field, value] of allowedFields(edit))
			if (present.unreadable.includes(field) || !isSameValue(present[field], value))
				editsOf(doc).set(editKey(id, field), value);
	});
}

export type NewMember = Pick<Member, 'id' | 'name'> & MemberEdit & { readonly joinedAt?: string };

/** Makes the line; for a person who has one already it is an edit. */
export function putMember(doc: Y.Doc, { id, joinedAt, ...fields }: NewMember): void {
	if (memberById(doc, id)) return editMember(doc, id, fields);
	const line = { posts: [], ...Object.fromEntries(allowedFields(fields)) };
	membersOf(doc).set(id, { ...line, joinedAt: joinedAt ?? '' });
}

/** A line for somebody without a device. */
export function addMember(
	doc: Y.Doc,
	fields: MemberEdit & Pick<Member, 'name'>,
	nowMs: number,
	newId: () => MemberId = newMemberId
): MemberId {
	const id = newId();
	putMember(doc, { ...fields, id, joinedAt: new Date(nowMs).toISOString() });
	return id;
}
