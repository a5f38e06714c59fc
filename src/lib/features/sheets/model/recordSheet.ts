/**
 * A form about one thing, on A4 upright: labels with what belongs to them, texts that may run over the
 * page, and places to sign. What the writers for Word and print make their files of.
 */

export interface SheetPair {
	readonly label: string;
	readonly value: string;
}

export interface SheetSignature {
	readonly label: string;
	/** A path in a box of `inkBox`; empty for a place to sign on by hand. */
	readonly ink: string | null;
	/** As 手写签字 2023年3月15日. */
	readonly note: string;
}

export type RecordRow =
	/** One or two a line. */
	| {
			readonly kind: 'pairs';
			readonly pairs: readonly [SheetPair] | readonly [SheetPair, SheetPair];
	  }
	| { readonly kind: 'text'; readonly label: string; readonly lines: readonly string[] }
	| { readonly kind: 'signatures'; readonly cells: readonly [SheetSignature, SheetSignature] };

export interface RecordSheet {
	readonly title: string;
	/** Below the title: the branch. */
	readonly subtitle?: string;
	readonly page: 'portrait';
	readonly rows: readonly RecordRow[];
	readonly header?: string;
	readonly madeBy: string;
}

/** Widths of label and value, twice, in millimetres; together A4 between its margins. */
export const recordColumnsMm = [24, 66, 24, 66] as const;
/** As it stands on paper, in millimetres. */
export const inkMm = { width: 40, height: 16 } as const;
/** A text has room to be added to by hand. */
export const leastTextMm = 18;
