/** Takes steps of a row's life: what has to happen together is one transaction. */
import type { RowKind } from '../model/life/guards.ts';
import type { LifeEvent } from '../model/life/lifeEvent.ts';
import type { StepType } from '../model/life/machine.ts';
import type { TableName } from '../model/rows/fields.ts';
import { setIn, wordsIn, type LedgerRow } from '../model/rows/ledgerRow.ts';
import type { RowValues } from '../model/rows/rowEdit.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { valuesBefore } from './lifeActions.ts';
import { planStep, type LifeDraft } from './lifeDraft.ts';
import { unitedValues } from './mergeRows.ts';

export const kindOf = (table: TableName): RowKind => (table === 'opinions' ? 'opinion' : 'problem');

export function takeStep(
	list: LedgerList,
	row: LedgerRow,
	type: StepType,
	draft: LifeDraft
): string {
	const { extras, values } = planStep(kindOf(list.table), type, row, draft);
	const into = type === 'merge' ? list.rows.get(draft.target) : undefined;
	const beside = into ? [{ id: into.id, values: unitedValues(list.table, row, into) }] : [];
	return list.life.act(row.id, type, extras, values, beside);
}

export function takeBack(list: LedgerList, row: LedgerRow, event: LifeEvent): void {
	list.life.act(row.id, 'retract', { target: event.id }, valuesBefore(event, row));
}

/** What an opinion brings along as a problem; to be looked at before it is made. */
export function problemValues(opinion: LedgerRow): RowValues {
	const { itemNo, urgent } = opinion.values;
	const topics = setIn(opinion, 'topics');
	return {
		manifestation: wordsIn(opinion, 'words'),
		sources: ['opinions'],
		...(topics.length > 0 ? { topics } : {}),
		...(urgent === true ? { urgent: true } : {}),
		...(typeof itemNo === 'number' ? { itemNo } : {})
	};
}
