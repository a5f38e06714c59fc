/**
 * What was heard in confidence, on its way into the problem list that all may read. A batch is written
 * outside the document, letter by letter, because a shared document keeps what was ever typed in it;
 * only the finished words enter, all at once, in another order than they were written, dated with the
 * batch and not with the moment, and without a word of whose they were (domain notes 6.3).
 */
import { randomOrder } from '$lib/base/randomOrder.ts';
import type { RandomBytes } from '$lib/base/ids.ts';
import type { Ymd } from '$lib/base/typedDate.ts';
import type { ProblemLevel, ProblemSource } from '../rows/fields.ts';
import type { RowWrite } from '../rows/rowEdit.ts';
import { wordsIn, type LedgerRow } from '../rows/ledgerRow.ts';

export interface BatchEntry {
	/** Written anew for this list, never copied from a record. */
	readonly manifestation: string;
	readonly aspect: string | null;
	readonly itemNo: number | null;
	readonly level: ProblemLevel | null;
	readonly topics: readonly string[];
	/** Beside 谈心谈话: where else the same was heard. */
	readonly alsoFrom: readonly ProblemSource[];
}

export interface Batch {
	/** As 3月谈心谈话第1批. */
	readonly label: string;
	readonly on: Ymd;
	/** How many people's talks it draws on, as the person who enters it says; kept nowhere. */
	readonly people: number;
	readonly entries: readonly BatchEntry[];
}

/** Below this many people a reader may guess whose words they are. */
export const kAnonymity = 3;

const isFilled = ({ manifestation }: BatchEntry): boolean => manifestation.trim() !== '';

/** The rows to add, in an order that tells nothing. */
export function batchRows(
	batch: Pick<Batch, 'label' | 'entries'>,
	random: RandomBytes
): RowWrite[] {
	const filled = batch.entries.filter(isFilled);
	return randomOrder(filled, random).map((entry) => ({
		values: {
			manifestation: entry.manifestation.trim(),
			...(entry.aspect && { aspect: entry.aspect }),
			...(entry.itemNo !== null && { itemNo: entry.itemNo }),
			...(entry.level && { level: entry.level }),
			...(entry.topics.length > 0 && { topics: entry.topics }),
			sources: ['talk', ...entry.alsoFrom.filter((source) => source !== 'talk')],
			sourceBatch: batch.label
		}
	}));
}

/** The instant all rows of a batch carry: the beginning of its day, whenever it was entered. */
export const batchInstant = (on: Ymd): string => `${on}T00:00:00.000Z`;

/** The next number in its month. `name` makes the words of it. */
export function nextBatchNumber(
	rows: Iterable<LedgerRow>,
	name: (number: number) => string
): number {
	const taken = new Set([...rows].map((row) => wordsIn(row, 'sourceBatch')));
	let number = 1;
	while (taken.has(name(number))) number += 1;
	return number;
}
