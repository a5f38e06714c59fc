/** What somebody still has to put right on one list, and handing it on: for a person who leaves. */
import * as Y from 'yjs';
import type { MemberId } from '$lib/base/ids.ts';
import type { Ymd } from '$lib/base/typedDate.ts';
import { isSettled } from './rows/dueState.ts';
import { problemFields } from './rows/fields.ts';
import { isTrashed, readRow, wordIn, wordsIn, type LedgerRow } from './rows/ledgerRow.ts';
import { tableIn } from './rows/tableSteps.ts';

export interface OpenProblem {
	readonly id: string;
	/** Its words; those of the aspect, or none, while nothing is written yet. */
	readonly title: string;
	readonly due: Ymd | null;
}

const personFields = ['leaderId', 'responsibleId', 'verifierId'] as const;

/** Nobody's own step: no undo takes it back. */
const origin = { tab: 'reassignment' };

/** Looks at the fields first: of thousands of rows only a few are one person's. */
const heldFields = (row: Y.Map<unknown>, member: MemberId) =>
	personFields.filter((field) => row.get(field) === member);

function openRowsOf(doc: Y.Doc, member: MemberId): { map: Y.Map<unknown>; row: LedgerRow }[] {
	return [...tableIn(doc, 'problems')].flatMap(([id, map]) => {
		if (!(map instanceof Y.Map) || heldFields(map, member).length === 0) return [];
		const row = readRow(id, map, 'problems', problemFields);
		return isTrashed(row) || isSettled(row) ? [] : [{ map, row }];
	});
}

export function openProblemsOf(doc: Y.Doc, member: MemberId): OpenProblem[] {
	return openRowsOf(doc, member).map(({ row }) => ({
		id: row.id,
		title: wordsIn(row, 'manifestation') || wordsIn(row, 'aspect'),
		due: wordIn(row, 'due')
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
		for (const { map, row } of openRowsOf(doc, from)) {
			if (!wanted.has(row.id)) continue;
			for (const field of heldFields(map, from))
				if (to === null) map.delete(field);
				else map.set(field, to);
		}
	}, origin);
}
