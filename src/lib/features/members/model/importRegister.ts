/**
 * Bringing pasted lines into the register: whom each one means, what it would change, and doing it in
 * one step that can be taken back. An import only fills and corrects; it never empties a field, and
 * nobody leaves the branch by it.
 */
import type * as Y from 'yjs';
import { newMemberId, type MemberId } from '$lib/base/ids.ts';
import { addMember, editMember, editsOf, listMembers, membersOf } from './branch.ts';
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

export type ImportEntry = { readonly line: RegisterLine } & (
	| { readonly kind: 'new' }
	| { readonly kind: 'update'; readonly member: Member; readonly changes: MemberEdit }
	/** The name is there more than once, in the register or in the block: nothing is done unasked. */
	| { readonly kind: 'ask'; readonly candidates: readonly Member[] }
	| { readonly kind: 'left-out' }
	| { readonly kind: 'nameless' }
);

export interface ImportPlan {
	readonly entries: readonly ImportEntry[];
	/** Lines that make or change something. */
	readonly effective: number;
	/** Lines that still wait for an answer. */
	readonly open: number;
}

function entryOf(
	line: RegisterLine,
	candidates: readonly Member[],
	isRepeated: boolean,
	answer: Answer | undefined
): ImportEntry {
	if (line.name === '') return { line, kind: 'nameless' };
	if (answer === 'leave') return { line, kind: 'left-out' };
	if (answer === 'new') return { line, kind: 'new' };
	const chosen = candidates.find(({ id }) => id === answer);
	const member = chosen ?? (candidates.length === 1 && !isRepeated ? candidates[0] : undefined);
	if (member) return { line, kind: 'update', member, changes: changedFields(member, line.edit) };
	if (candidates.length === 0 && !isRepeated) return { line, kind: 'new' };
	return { line, kind: 'ask', candidates };
}

const isEffective = (entry: ImportEntry): boolean =>
	entry.kind === 'new' || (entry.kind === 'update' && Object.keys(entry.changes).length > 0);

function groupByName<T extends { readonly name: string }>(named: readonly T[]): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of named) {
		const key = nameKey(one.name);
		groups.set(key, [...(groups.get(key) ?? []), one]);
	}
	return groups;
}

export function planImport(
	members: readonly Member[],
	lines: readonly RegisterLine[],
	answers: Answers
): ImportPlan {
	const byName = groupByName(members);
	const inBlock = groupByName(lines);
	const entries = lines.map((line) => {
		const key = nameKey(line.name);
		const isRepeated = (inBlock.get(key)?.length ?? 0) > 1;
		return entryOf(line, byName.get(key) ?? [], isRepeated, answers.get(line.at));
	});
	return {
		entries,
		effective: entries.filter(isEffective).length,
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
			const { name, edit } = entry.line;
			if (entry.kind === 'new') added.push(addMember(doc, { ...edit, name }, nowMs, newId));
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
