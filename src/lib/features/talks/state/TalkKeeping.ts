/** How long talks are kept, and which of them somebody has to decide on now. */
import { createSubscriber } from 'svelte/reactivity';
import type { Ymd } from '$lib/base/typedDate.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import {
	isOver,
	putRetention,
	readDecision,
	readRetention,
	retentionIn,
	type RetentionDecision,
	type RetentionRules
} from '../model/retention.ts';
import type { ListedTalk, TalkList } from './TalkList.svelte.ts';

export interface TalkKeepingOptions {
	readonly session: Pick<WorkspaceSession, 'root' | 'self'>;
	readonly list: Pick<TalkList, 'present' | 'trashed'>;
	readonly today: () => Ymd;
}

export class TalkKeeping {
	readonly #options: TalkKeepingOptions;
	readonly #follow: () => void;

	constructor(options: TalkKeepingOptions) {
		this.#options = options;
		const map = retentionIn(options.session.root.doc);
		this.#follow = createSubscriber((update) => {
			map.observe(update);
			return () => map.unobserve(update);
		});
	}

	get rules(): RetentionRules {
		this.#follow();
		return readRetention(this.#options.session.root.doc);
	}
	/** Null as long as nobody has settled it. */
	get decision(): RetentionDecision | null {
		this.#follow();
		return readDecision(this.#options.session.root.doc);
	}
	/** The committee settles it, like the campaigns. */
	get mayDecide(): boolean {
		const { root, self } = this.#options.session;
		return root.access === 'write' && self.role !== 'observer';
	}
	/** Whose duty it is to ask, so that not everybody is asked. */
	get isToSettle(): boolean {
		return this.mayDecide && this.#options.session.self.role === 'secretary' && !this.decision;
	}

	/** Records whose time is over. */
	get over(): readonly ListedTalk[] {
		return this.#mine(this.#options.list.present).filter(this.#isOver);
	}
	get trashed(): readonly ListedTalk[] {
		return this.#mine(this.#options.list.trashed);
	}
	/** What has lain in the trash for its days. */
	get stale(): readonly ListedTalk[] {
		return this.trashed.filter(this.#isOver);
	}

	/** What is not given stays, and is settled with it. False for nonsense, and for who may not. */
	decide(rules: Partial<RetentionRules>): boolean {
		const { session, today } = this.#options;
		if (!this.mayDecide) return false;
		return putRetention(session.root.doc, rules, { by: session.self.member, on: today() });
	}

	readonly #isOver = (talk: ListedTalk): boolean => isOver(talk, this.rules, this.#options.today());

	/** How long restricted records are kept is for the secretary to decide, whoever wrote them. */
	#mine(talks: readonly ListedTalk[]): ListedTalk[] {
		const { role } = this.#options.session.self;
		return talks.filter(
			({ isMine, circle }) => isMine || (circle === 'restricted' && role === 'secretary')
		);
	}
}
