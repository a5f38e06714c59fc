import type { FormFormat } from './formFile.ts';

export interface ExportColumn {
	readonly id: string;
	readonly title: string;
	/** Left out unless it is asked for. */
	readonly off?: boolean;
}

export interface ExportChoice {
	readonly format: FormFormat | 'print';
	/** Ids, in the order they are to stand in. */
	readonly columns: readonly string[];
}

/** One place up (-1) or down (1); at the end it stays. */
export function moveOne<T>(list: readonly T[], at: number, by: -1 | 1): readonly T[] {
	const to = at + by;
	const [one, other] = [list[at], list[to]];
	if (one === undefined || other === undefined) return list;
	return list.map((each, place) => (place === at ? other : place === to ? one : each));
}
