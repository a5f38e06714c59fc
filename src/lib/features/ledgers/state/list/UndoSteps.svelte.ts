/** What of one's own steps can be undone and redone. */
import type * as Y from 'yjs';

const names = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const;

export class UndoSteps {
	readonly #undo: Y.UndoManager;
	#canUndo = $state(false);
	#canRedo = $state(false);
	#count = $state(0);

	constructor(undo: Y.UndoManager) {
		this.#undo = undo;
		for (const name of names) undo.on(name, this.#show);
	}

	get canUndo(): boolean {
		return this.#canUndo;
	}
	get canRedo(): boolean {
		return this.#canRedo;
	}
	/** Counts own steps, so that an offer to undo can go once it would undo something else. */
	get count(): number {
		return this.#count;
	}

	undo(): void {
		this.#undo.undo();
	}

	redo(): void {
		this.#undo.redo();
	}

	/** What is written from now on is taken back by itself. */
	end(): void {
		this.#undo.stopCapturing();
	}

	destroy(): void {
		for (const name of names) this.#undo.off(name, this.#show);
	}

	readonly #show = (): void => {
		this.#canUndo = this.#undo.canUndo();
		this.#canRedo = this.#undo.canRedo();
		this.#count += 1;
	};
}
