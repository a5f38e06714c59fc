/**
 * Bringing pasted lines into the register: whom each one means, what it would change, and doing it in
 * one step that can be taken back. An import only fills and corrects; it never empties a field, and
 * nobody leaves the branch by it.
 */
import type * as Y from 'yjs';
import { newMemberId, type MemberId } from '$lib/base/ids.ts';
import { editMember, editsOf, listMembers, membersOf, putMember } from './branch.ts';
import type { BranchPerson } from './branchPeople.ts';
import {
	changedFields,
	isSameValue,
	nameKey,
	type Member,
	type MemberEdit,
	type MemberField
} from './member.ts';
import type { RegisterLine } from './readRegister.ts';
import { columnTitles, registerColumns, type RegisterColumn } from './registerColumns.ts';

/** What a person said about a line whose name several have. */
export type Answer = MemberId | 'new' | 'leave';
export type Answers = ReadonlyMap<number, Answer>;

/**
 * The name is there more than once, in the branch or in the block: nothing is done unasked, and an
 * answer can be given anew.
 */
export interface Choice {
	readonly candidates: readonly BranchPerson[];
	readonly answer: Answer | null;
}

type Fate =
	/** `person`: has devices and no line yet, an observer for instance. */
	| { readonly kind: 'new'; readonly person: BranchPerson | null }
	| { readonly kind: 'update'; readonly member: Member; readonly changes: MemberEdit }
	| { readonly kind: 'ask' }
	| { readonly kind: 'left-out' }
	| { readonly kind: 'nameless' };

export type ImportEntry = Fate & {
	readonly line: RegisterLine;
	/** Null where the name says who is meant. */
	readonly choice: Choice | null;
};

export interface ImportPlan {
	readonly entries: readonly ImportEntry[];
	/** Lines that make or change something. */
	readonly effective: number;
	/** Lines that are not taken over: left out, without a name, without an answer. */
	readonly leftOut: number;
	/** Lines that still wait for an answer. */
	readonly open: number;
}

function fateOf(line: RegisterLine, person: BranchPerson): Fate {
	const { member } = person;
	if (!member) return { kind: 'new', person };
	return { kind: 'update', member, changes: changedFields(member, line.edit) };
}

function answeredFate(line: RegisterLine, { candidates, answer }: Choice): Fate {
	if (answer === 'leave') return { kind: 'left-out' };
	if (answer === 'new') return { kind: 'new', person: null };
	const chosen = candidates.find(({ id }) => id === answer);
	return chosen ? fateOf(line, chosen) : { kind: 'ask' };
}

function entryOf(
	line: RegisterLine,
	candidates: readonly BranchPerson[],
	isRepeated: boolean,
	answer: Answer | null
): ImportEntry {
	if (line.name === '') return { line, choice: null, kind: 'nameless' };
	if (isRepeated || candidates.length > 1) {
		const choice = { candidates, answer };
		return { line, choice, ...answeredFate(line, choice) };
	}
	const [only] = candidates;
	return { line, choice: null, ...(only ? fateOf(line, only) : { kind: 'new', person: null }) };
}

const isEffective = (entry: ImportEntry): boolean =>
	entry.kind === 'new' || (entry.kind === 'update' && Object.keys(entry.changes).length > 0);
const isLeftOut = ({ kind }: ImportEntry): boolean =>
	kind === 'ask' || kind === 'left-out' || kind === 'nameless';

/** Whoever has gone with his devices and left no line is nobody to be brought up to date. */
const isKnown = ({ member, account }: BranchPerson): boolean =>
	member !== null || account?.active === true;

function groupByName<T extends { readonly name: string }>(named: readonly T[]): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of named) {
		const key = nameKey(one.name);
		groups.set(key, [...(groups.get(key) ?? []), one]);
	}
	return groups;
}

export function planImport(
	people: readonly BranchPerson[],
	lines: readonly RegisterLine[],
	answers: Answers
): ImportPlan {
	const byName = groupByName(people.filter(isKnown));
	const inBlock = groupByName(lines);
	const entries = lines.map((line) => {
		const key = nameKey(line.name);
		const isRepeated = (inBlock.get(key)?.length ?? 0) > 1;
		return entryOf(line, byName.get(key) ?? [], isRepeated, answers.get(line.at) ?? null);
	});
	return {
		entries,
		effective: entries.filter(isEffective).length,
		leftOut: entries.filter(isLeftOut).length,
		open: entries.filter(({ kind }) => kind === 'ask').length
	};
}

interface Written {
	readonly id: MemberId;
	readonly field: MemberField;
	readonly before: unknown;
	readonly after: unknown;
}

function takeBack(doc: Y.Doc, added: readonly MemberId[], written: readonly Written[]): void {
	doc.transact(() => {
		const present = new Map(listMembers(doc).map((member) => [member.id, member]));
		// A line that somebody has written to meanwhile stays with what he wrote.
		const touched = new Set([...editsOf(doc).keys()].map((key) => key.split(' ')[0]));
		for (const id of added) if (!touched.has(id)) membersOf(doc).delete(id);
		for (const { id, field, before, after } of written) {
			if (!isSameValue(present.get(id)?.[field], after)) continue;
			editMember(doc, id, { [field]: before });
		}
	});
}

function enter(
	doc: Y.Doc,
	{ name, edit }: RegisterLine,
	person: BranchPerson | null,
	id: MemberId,
	nowMs: number
): MemberId {
	const joinedAt = new Date(nowMs).toISOString();
	putMember(doc, { ...(person && { posts: person.posts }), ...edit, id, name, joinedAt });
	return id;
}

/** One transaction. The function it gives takes back what nobody has changed since. */
export function applyImport(
	doc: Y.Doc,
	plan: ImportPlan,
	nowMs: number,
	newId: () => MemberId = newMemberId
): () => void {
	const added: MemberId[] = [];
	const written: Written[] = [];
	doc.transact(() => {
		for (const entry of plan.entries) {
			if (entry.kind === 'new') {
				const id = entry.person?.id ?? newId();
				added.push(enter(doc, entry.line, entry.person, id, nowMs));
			}
			if (entry.kind !== 'update') continue;
			const { member, changes } = entry;
			for (const [key, after] of Object.entries(changes)) {
				const field = key as MemberField;
				written.push({ id: member.id, field, before: member[field], after });
			}
			editMember(doc, member.id, changes);
		}
	});
	return () => takeBack(doc, added, written);
}

const yesNo = (value: boolean): string => (value ? '是' : '否');

function cellOf(member: Member, column: RegisterColumn): string {
	const value = member[column];
	if (typeof value === 'boolean') return yesNo(value);
	return typeof value === 'string' ? value : (value?.join('、') ?? '');
}

/** The register as a table with headings, for Excel and WPS; an import reads it back as it is. */
export const registerToBlock = (members: readonly Member[]): string[][] => [
	registerColumns.map((column) => columnTitles[column]),
	...members.map((member) => registerColumns.map((column) => cellOf(member, column)))
];
