/** What the columns of a file become: the id of a target each, null for one that is left out. */
export type ColumnMapping = readonly (string | null)[];

export interface ImportTarget {
	readonly id: string;
	readonly title: string;
	/** Several columns may become it: what is kept in the remarks. */
	readonly many?: boolean;
}

export interface ImportCheck {
	readonly troubles: readonly ImportTrouble[];
	/** Rows with which something would be done. */
	readonly rows: number;
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

const noTargets: readonly ImportTarget[] = [];
const isForMany = (targets: readonly ImportTarget[], id: string | null): boolean =>
	targets.some((target) => target.id === id && target.many === true);

/** A target comes from one column only, unless it is for many: the one that had it is left out. */
export const assignColumn = (
	mapping: ColumnMapping,
	column: number,
	target: string | null,
	targets = noTargets
): ColumnMapping =>
	mapping.map((each, at) => {
		if (at === column) return target;
		return each === target && !isForMany(targets, target) ? null : each;
	});

/** Guesses name a target twice now and then; the first column has it. */
export const withoutRepeats = (mapping: ColumnMapping, targets = noTargets): ColumnMapping =>
	mapping.map((target, at) =>
		target !== null && mapping.indexOf(target) < at && !isForMany(targets, target) ? null : target
	);
