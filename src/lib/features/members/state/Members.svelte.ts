/** The branch's people and name as rune state over the branch document. */
import type * as Y from 'yjs';
import { createSubscriber } from 'svelte/reactivity';
import type { MemberId } from '$lib/base/ids.ts';
import { branchName, listMembers, type Member } from '../model/branch.ts';

export class Members {
	readonly #doc: Y.Doc;
	readonly #subscribe: () => void;
	#cache: { all: Member[]; byId: Map<string, Member> } | null = null;

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		this.#subscribe = createSubscriber((update) => {
			const changed = () => {
				this.#cache = null;
				update();
			};
			const maps = [doc.getMap('members'), doc.getMap('branch')];
			this.#cache = null;
			for (const map of maps) map.observe(changed);
			return () => maps.forEach((map) => map.unobserve(changed));
		});
	}

	#read() {
		this.#subscribe();
		const all = this.#cache?.all ?? listMembers(this.#doc);
		this.#cache ??= { all, byId: new Map(all.map((member) => [member.id, member])) };
		return this.#cache;
	}

	/** By post, then by strokes. */
	get all(): Member[] {
		return this.#read().all;
	}

	get branchName(): string {
		this.#subscribe();
		return branchName(this.#doc);
	}

	byId(id: string): Member | undefined {
		return this.#read().byId.get(id);
	}

	/** The empty string for somebody whose line has not arrived. */
	nameOf(id: MemberId | string): string {
		return this.byId(id)?.name ?? '';
	}
}
