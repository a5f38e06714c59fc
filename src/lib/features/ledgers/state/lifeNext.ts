/** Who has to act next, in one plain sentence. */
import { m } from '$lib/paraglide/messages.js';
import type { People } from '../model/people.ts';
import type { TableName } from '../model/rows/fields.ts';
import { wordIn, type LedgerRow } from '../model/rows/ledgerRow.ts';
import { personName } from './ledgerWords.ts';

export function nextWords(table: TableName, row: LedgerRow, people: People): string {
	const nameIn = (field: string): string | null => {
		const id = wordIn(row, field);
		return id === null ? null : personName(people, id);
	};
	return (table === 'opinions' ? opinionNext(row, nameIn) : problemNext(row, nameIn, people)) ?? '';
}

type NameIn = (field: string) => string | null;

function problemNext(row: LedgerRow, nameIn: NameIn, people: People): string | null {
	const { life, createdBy } = row;
	const responsible = nameIn('responsibleId');
	const due = wordIn(row, 'due');
	const name = responsible ?? m.life_the_responsible();
	switch (life.status) {
		case 'draft':
			return m.life_next_draft({
				name: createdBy === null ? m.life_the_author() : personName(people, createdBy)
			});
		case 'toVerify':
			return m.life_next_toVerify();
		case 'toRectify':
			return responsible === null
				? m.life_next_toRectify_nobody()
				: m.life_next_toRectify({ name: responsible });
		case 'rectifying':
			return due === null
				? m.life_next_rectifying({ name })
				: m.life_next_rectifying_due({ name, due });
		case 'toAccept': {
			const verifier = nameIn('verifierId');
			const isOther =
				verifier !== null && wordIn(row, 'verifierId') !== wordIn(row, 'responsibleId');
			return isOther ? m.life_next_toAccept({ name: verifier }) : m.life_next_toAccept_anybody();
		}
		case 'closed': {
			const by = life.closedBy === null ? '' : personName(people, life.closedBy);
			return m.life_next_closed({ name: by, date: life.closedOn ?? '' });
		}
		case 'longTerm': {
			const date = wordIn(row, 'nextReviewOn');
			return date === null ? m.life_next_longTerm() : m.life_next_longTerm_on({ date });
		}
		case 'rejected':
			return m.life_next_rejected();
		case 'merged':
			return m.life_next_merged();
		default:
			return null;
	}
}

function inHandNext(row: LedgerRow, name: string): string {
	if (row.life.problemId !== null) return m.life_next_inHand_problem();
	const due = wordIn(row, 'due');
	return due === null ? m.life_next_inHand({ name }) : m.life_next_inHand_due({ name, due });
}

function opinionNext(row: LedgerRow, nameIn: NameIn): string | null {
	const { life } = row;
	const responsible = nameIn('responsibleId');
	const name = responsible ?? m.life_the_responsible();
	switch (life.status) {
		case 'new':
			return responsible === null ? m.life_next_new_nobody() : m.life_next_new({ name });
		case 'inHand':
			return inHandNext(row, name);
		case 'done':
			return m.life_next_done({ name });
		case 'replied':
			return m.life_next_replied();
		case 'declined':
			return m.life_next_declined();
		case 'transferred': {
			const target = life.applied.findLast(({ type }) => type === 'transfer')?.target ?? '';
			return m.life_next_transferred({ target });
		}
		case 'merged':
			return m.life_next_merged_opinion();
		default:
			return null;
	}
}
