/** What is attached to a row: to its evidence, or into a column of the branch's own. */
import { parseAttachmentRef, type AttachmentRef } from '$lib/core/blobs/attachmentRef.ts';
import { ownFieldId } from './fields.ts';
import type { RowNotes } from './rowNotes.ts';
import { partKey } from './rowParts.ts';
import type { TableSteps } from './tableSteps.ts';

/** What the history calls it. */
const attachedTo = (column: string | null): string =>
	column === null ? 'evidence' : ownFieldId(column);

export class FileTable {
	readonly #steps: TableSteps;
	readonly #notes: RowNotes;

	constructor(steps: TableSteps, notes: RowNotes) {
		this.#steps = steps;
		this.#notes = notes;
	}

	/** False, and nothing written, for what colleagues could not read. */
	add(id: string, ref: AttachmentRef, column: string | null = null): boolean {
		const row = this.#steps.rowToWrite(id);
		if (row === null || parseAttachmentRef(ref) === null) return false;
		this.#steps.step(() => {
			const value = column === null ? { ...ref } : { ...ref, column };
			row.set(partKey('evidence', ref.id), value);
			this.#notes.note(row, attachedTo(column), null, ref.name);
		});
		return true;
	}

	remove(id: string, ref: Pick<AttachmentRef, 'id' | 'name'>, column: string | null = null): void {
		const row = this.#steps.row(id);
		if (row === null) return;
		this.#steps.step(() => {
			row.delete(partKey('evidence', ref.id));
			this.#notes.note(row, attachedTo(column), ref.name, null);
		});
	}
}
