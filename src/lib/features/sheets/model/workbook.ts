/** What is read of an office file: plain text in cells, whatever the file was. */
import type { CellSpan } from '$lib/base/htmlTable.ts';

export interface WorkbookSheet {
	readonly name: string;
	/** Hidden in the file: mostly lists behind drop-downs, sometimes last year's table. */
	readonly hidden: boolean;
	/** All equally long; a merged cell's text stands in every cell it covers. */
	readonly rows: readonly (readonly string[])[];
	readonly merges: readonly CellSpan[];
}

export interface Workbook {
	/** At least one, in the order of the file. */
	readonly sheets: readonly WorkbookSheet[];
}

export type WorkbookFault =
	/** There is not a single filled cell. */
	| 'empty'
	/** Not a format we know: .ods, .et, a picture, Excel 95. */
	| 'unknown-format'
	/** A workbook that cannot be taken apart. */
	| 'damaged'
	| 'password'
	/** The file itself, what it unpacks to, or its rows and columns. */
	| 'too-large';

export const maxFileBytes = 20 * 1024 * 1024;
export const maxUnpackedBytes = 96 * 1024 * 1024;
export const maxRows = 20_000;
export const maxColumns = 200;
