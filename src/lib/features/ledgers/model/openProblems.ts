/** What somebody still has to put right on one list, and handing it on: for a person who leaves. */
import * as Y from 'yjs';
import type { MemberId } from '$lib/base/ids.ts';
import type { Ymd } from '$lib/base/typedDate.ts';
import { isTrashed, parseProblem, readable, type Problem } from './problem.ts';
import { problemsIn } from './problemDocument.ts';
import { writeEdit } from './problemRow.ts';

export interface OpenProblem {
	readonly id: string;
	/** Its words; those of the aspect, or none, while nothing is written yet. */
	readonly title: string;
	readonly due: Ymd | null;
}

const personFields = ['leaderId', 'responsibleId'] as const;

/** Nobody's own step: no undo takes it back. */
const origin = { tab: 'reassignment' };

/** Looks at two fields first: of thousands of rows only a few are one person's. */
const heldFields = (row: Y.Map<unknown>, member: MemberId) =>
	personFields.filter((field) => row.get(field) === member);

function openRowsOf(doc: Y.Doc, member: MemberId): { row: Y.Map<unknown>; problem: Problem }[] {
	return [...problemsIn(doc)].flatMap(([id, row]) => {
		if (!(row instanceof Y.Map) || heldFields(row, member).length === 0) return [];
		const problem = parseProblem(id, row);
		return isTrashed(problem) ? [] : [{ row, problem }];
	});
}

export function openProblemsOf(doc: Y.Doc, member: MemberId): OpenProblem[] {
	return openRowsOf(doc, member).map(({ problem }) => ({
		id: problem.id,
		title: readable(problem.manifestation) ?? readable(problem.aspect) ?? '',
		due: readable(problem.due)
	}));
}

/** One transaction. What was thrown away or given to somebody else meanwhile stays as it is. */
export function reassignProblems(
	doc: Y.Doc,
	ids: readonly string[],
	from: MemberId,
	to: MemberId | null
): void {
	if (from === to) return;
	const wanted = new Set(ids);
	doc.transact(() => {
		for (const { row, problem } of openRowsOf(doc, from)) {
			if (!wanted.has(problem.id)) continue;
			const edit = Object.fromEntries(heldFields(row, from).map((field) => [field, to]));
			writeEdit(row, edit);
		}
	}, origin);
}
