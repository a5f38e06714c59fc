/** What is said about a row. It is said to colleagues: Ctrl+Z does not take it back. */
import { isComment, type LedgerComment } from './comments.ts';
import { partKey } from './rowParts.ts';
import type { TableSteps } from './tableSteps.ts';

export class CommentTable {
	readonly #steps: TableSteps;

	constructor(steps: TableSteps) {
		this.#steps = steps;
	}

	/** False, and nothing written, for one that colleagues could not read: too long, say. */
	add(id: string, said: Pick<LedgerComment, 'text' | 'mentions'>): boolean {
		const row = this.#steps.rowToWrite(id);
		const { at, by } = this.#steps.stamp();
		const entry = { by, at, text: said.text, mentions: [...said.mentions] };
		if (row === null || !isComment(entry)) return false;
		this.#steps.structure(() => row.set(partKey('comment', this.#steps.newId()), entry));
		return true;
	}

	/** One that was taken away, as it was. */
	put(id: string, { id: key, ...entry }: LedgerComment): void {
		const row = this.#steps.rowToWrite(id);
		const value = { ...entry, mentions: [...entry.mentions] };
		if (row !== null) this.#steps.structure(() => row.set(partKey('comment', key), value));
	}

	remove(id: string, comment: string): void {
		const row = this.#steps.rowToWrite(id);
		if (row !== null) this.#steps.structure(() => row.delete(partKey('comment', comment)));
	}
}
