/** What the columns of a file become: the id of a target each, null for one that is left out. */
export type ColumnMapping = readonly (string | null)[];

export interface ImportTarget {
	readonly id: string;
	readonly title: string;
}

/** A cell that would not come in as it stands. */
export interface ImportTrouble {
	/** Places in the data and in its columns, from zero. */
	readonly row: number;
	readonly column: number;
	readonly text: string;
	/** For the person: what is wrong with it. */
	readonly why: string;
}

/** A target comes from one column only: the one that had it is left out. */
export const assignColumn = (
	mapping: ColumnMapping,
	column: number,
	target: string | null
): ColumnMapping =>
	mapping.map((each, at) => {
		if (at === column) return target;
		return each === target ? null : each;
	});

/** Guesses name a target twice now and then; the first column has it. */
export const withoutRepeats = (mapping: ColumnMapping): ColumnMapping =>
	mapping.map((target, at) => (target !== null && mapping.indexOf(target) < at ? null : target));
