/** The branch's people and name as rune state over the branch document. */
import type * as Y from 'yjs';
import { createSubscriber } from 'svelte/reactivity';
import type { MemberId } from '$lib/base/ids.ts';
import { branchName, listMembers } from '../model/branch.ts';
import type { Member } from '../model/member.ts';
import { partyGroups } from '../model/partyGroups.ts';

interface Cache {
	readonly all: Member[];
	readonly active: Member[];
	readonly byId: ReadonlyMap<string, Member>;
	readonly groups: readonly string[];
}

function readCache(doc: Y.Doc): Cache {
	const all = listMembers(doc);
	const active = all.filter((member) => member.active);
	const byId = new Map(all.map((member) => [member.id, member]));
	return { all, active, byId, groups: partyGroups(active) };
}

export class Members {
	readonly #doc: Y.Doc;
	readonly #subscribe: () => void;
	#cache: Cache | null = null;

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		this.#subscribe = createSubscriber((update) => {
			const changed = () => {
				this.#cache = null;
				update();
			};
			const maps = [doc.getMap('members'), doc.getMap('memberFields'), doc.getMap('branch')];
			this.#cache = null;
			for (const map of maps) map.observe(changed);
			return () => maps.forEach((map) => map.unobserve(changed));
		});
	}

	#read(): Cache {
		this.#subscribe();
		return (this.#cache ??= readCache(this.#doc));
	}

	/** By post, then by strokes; those who left included, so that their names can be found. */
	get all(): Member[] {
		return this.#read().all;
	}

	/** Without those who left: whom something can be given to. */
	get activeMembers(): Member[] {
		return this.#read().active;
	}

	/** Names of the Party groups that somebody belongs to. */
	get groups(): readonly string[] {
		return this.#read().groups;
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
