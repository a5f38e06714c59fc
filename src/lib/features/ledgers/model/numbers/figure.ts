/**
 * A figure of a ledger with the rows it counted, so that it can be looked into. It has a name: an
 * address asks for the figure by it, and it is worked out anew from the rows there are then.
 */

export interface Figure {
	/** Within its table: `overdue`; of a part of the rows `responsibleId.overdue.<member>`. */
	readonly name: string;
	/** How many rows; a sum or an average over them where the figure's definition says so. */
	readonly value: number;
	/** What the value is a part of; null for what is no part of anything. */
	readonly of: number | null;
	readonly rowIds: readonly string[];
}

/** A share of some rows, and what is left of them. */
export interface Rate {
	readonly done: Figure;
	readonly rest: Figure;
}

export type Figures = ReadonlyMap<string, Figure>;

/** From 0 to 1; null where there is nothing to have a share of. */
export const shareOf = ({ value, of }: Figure): number | null =>
	of === null || of === 0 ? null : value / of;

interface Identified {
	readonly id: string;
}

/** Writes down every figure under its name. */
export class FigureBook {
	readonly #figures = new Map<string, Figure>();

	get figures(): Figures {
		return this.#figures;
	}

	count(name: string, rows: readonly Identified[], of: number | null = null): Figure {
		return this.measure(name, rows.length, rows, of);
	}

	measure(
		name: string,
		value: number,
		rows: readonly Identified[],
		of: number | null = null
	): Figure {
		const figure = { name, value, of, rowIds: rows.map(({ id }) => id) };
		this.#figures.set(name, figure);
		return figure;
	}

	/** What is left goes by the name with `.rest`. */
	rate<Row extends Identified>(
		name: string,
		base: readonly Row[],
		isDone: (row: Row) => boolean
	): Rate {
		const done = base.filter(isDone);
		const rest = base.filter((row) => !isDone(row));
		return {
			done: this.count(name, done, base.length),
			rest: this.count(`${name}.rest`, rest, base.length)
		};
	}
}
