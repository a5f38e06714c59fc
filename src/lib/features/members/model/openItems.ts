/**
 * What is still to be done by somebody, as the features above this one tell it: tasks of plans, lines
 * of ledgers. This feature only lists them and hands them on.
 */
import type { MemberId } from '$lib/base/ids.ts';
import type { Ymd } from '$lib/base/typedDate.ts';

export interface OpenItem {
	readonly id: string;
	/** Title of the plan or ledger. */
	readonly source: string;
	readonly title: string;
	readonly due: Ymd | null;
}

export interface OpenItemSource {
	itemsOf(member: MemberId): Promise<readonly OpenItem[]>;
	/** `to` null leaves the items with nobody. */
	reassign(items: readonly string[], from: MemberId, to: MemberId | null): Promise<void>;
}

/** Per item who gets it: a member, nobody (null), or, where it has no entry, it stays as it is. */
export type Reassignment = ReadonlyMap<string, MemberId | null>;

/** One call for each person who gets something. */
export async function carryOut(
	source: OpenItemSource,
	from: MemberId,
	wanted: Reassignment
): Promise<void> {
	for (const to of new Set(wanted.values())) {
		const items = [...wanted].filter(([, target]) => target === to).map(([id]) => id);
		await source.reassign(items, from, to);
	}
}
