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
	/** As 2023年3月15日; may run over two lines. */
	readonly note: string;
}

export type RecordRow =
	/** One or two a line. */
	| {
			readonly kind: 'pairs';
			readonly pairs: readonly [SheetPair] | readonly [SheetPair, SheetPair];
	  }
	| {
			readonly kind: 'text';
			readonly label: string;
			readonly lines: readonly string[];
			/** Nothing is to be added to it by hand. */
			readonly brief?: boolean;
	  }
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
export const recordColumnsMm = [30, 60, 30, 60] as const;
/** As it stands on paper, in millimetres. */
export const inkMm = { width: 40, height: 16 } as const;
/** A text has room to be added to by hand: six of them fill the page. */
const leastTextMm = { full: 26, brief: 10 } as const;
export const leastHeightMm = ({ brief }: { readonly brief?: boolean }): number =>
	leastTextMm[brief ? 'brief' : 'full'];
/** Room to sign by hand, above the day. */
export const leastSignatureMm = 24;
