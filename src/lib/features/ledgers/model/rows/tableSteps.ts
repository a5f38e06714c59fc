/**
 * How one table of a ledger is written: in steps that their author can undo, and beside them what is
 * nobody's step. Knows rows only by their ids.
 */
import * as Y from 'yjs';
import { newId, type RandomBytes } from '$lib/base/ids.ts';
import type { TableName } from './fields.ts';

export interface Author {
	/** Member id. */
	readonly by: string;
	now(): number;
	readonly random: RandomBytes;
}

export interface TableStepsOptions {
	readonly doc: Y.Doc;
	readonly table: TableName;
	readonly author: Author;
	/** Parts of the document beside the rows that are edited on the same screen. */
	readonly alsoUndone: readonly Y.Map<unknown>[];
	readonly mayWrite: () => boolean;
	/** A row that is to be read and changed no more. */
	readonly isLocked: (row: Y.Map<unknown>) => boolean;
}

/** Letters typed closer together than this are taken back together. */
const burstMs = 600;

export const tableIn = (doc: Y.Doc, table: TableName): Y.Map<unknown> => doc.getMap(table);

export const asRow = (value: unknown): Y.Map<unknown> | null =>
	value instanceof Y.Map ? (value as Y.Map<unknown>) : null;

export class TableSteps {
	/** Marks what this tab does; text bindings must write under it to be undoable. */
	readonly origin = { tab: 'ledger' };
	readonly rows: Y.Map<unknown>;
	readonly undo: Y.UndoManager;
	readonly mayWrite: () => boolean;
	readonly #isLocked: TableStepsOptions['isLocked'];
	readonly #doc: Y.Doc;
	readonly #author: Author;
	#inStep = false;

	constructor({ doc, table, author, alsoUndone, mayWrite, isLocked }: TableStepsOptions) {
		this.#doc = doc;
		this.#author = author;
		this.mayWrite = mayWrite;
		this.#isLocked = isLocked;
		this.rows = tableIn(doc, table);
		this.undo = new Y.UndoManager([this.rows, ...alsoUndone], {
			trackedOrigins: new Set([this.origin]),
			captureTimeout: burstMs
		});
	}

	get inStep(): boolean {
		return this.#inStep;
	}
	get random(): RandomBytes {
		return this.#author.random;
	}

	/** Null for what is not a row of ours, or locked: it is shown and left alone. */
	row(id: string): Y.Map<unknown> | null {
		const row = this.stored(id);
		return row !== null && this.#isLocked(row) ? null : row;
	}

	/** To be read, also where it is locked. */
	stored(id: string): Y.Map<unknown> | null {
		return asRow(this.rows.get(id));
	}

	/** The same, for a write; null where none may be made. */
	rowToWrite(id: string): Y.Map<unknown> | null {
		return this.mayWrite() ? this.row(id) : null;
	}

	newId(): string {
		return newId(this.#author.random);
	}

	stamp(): { at: string; by: string } {
		return { at: new Date(this.#author.now()).toISOString(), by: this.#author.by };
	}

	/** Parts that a row must have are not anybody's step: undo does not see them. */
	structure<T>(change: () => T): T {
		return this.#doc.transact(change, 'ledger structure');
	}

	/** Several at once are one. */
	step(change: () => void): void {
		if (this.#inStep) return change();
		if (!this.mayWrite()) return;
		this.undo.stopCapturing();
		this.#inStep = true;
		try {
			this.#doc.transact(change, this.origin);
		} finally {
			this.#inStep = false;
		}
		this.undo.stopCapturing();
	}
}
