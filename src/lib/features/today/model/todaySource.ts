/**
 * What 今日 is made of. A source tells what there is to do and what colleagues did, from wherever it
 * knows it; this feature sorts it by urgency. Words are functions, so that they follow the language.
 */
import type { Ymd } from '$lib/base/typedDate.ts';

export interface TodayActor {
	/** Member id. */
	readonly member: string;
	readonly role: 'secretary' | 'officer' | 'observer';
	/** 党内职务. */
	readonly posts: readonly string[];
}

/** For whom and on which day sources look; when one of them changes, they are made anew. */
export interface TodayContext {
	readonly actor: TodayActor;
	readonly today: Ymd;
}

export interface TodayItem {
	/** Among all items of all sources. */
	readonly id: string;
	/** Where the thing itself is. */
	readonly href: string;
	/** Empty while nothing is written yet. */
	readonly title: string;
	/** What kind of thing it is: 任务, 整改措施. */
	readonly kind: () => string;
	/** What it belongs to: a plan, a list, a task. */
	readonly of: () => string;
	/** Something to know beside its date: 待核实. */
	readonly mark: (() => string) | null;
	readonly due: Ymd | null;
	/** Member ids: whose it is. */
	readonly people: readonly string[];
	/** It is the actor's. */
	readonly mine: boolean;
	/** Handed in, and to be accepted (or signed) by the actor or by somebody else; null while it is not. */
	readonly acceptance: 'me' | 'others' | null;
}

/** One colleague did something to one thing since this device was last here. */
export interface TodayNews {
	readonly id: string;
	/** Member id. */
	readonly by: string;
	/** ISO instant by the colleague's clock: shown in order, never used to decide what is news. */
	readonly at: string;
	/** Added, or something in it changed. */
	readonly isNew: boolean;
	readonly title: string;
	readonly href: string;
	/** News of one colleague in one place are told in one line. */
	readonly place: string;
	readonly placeName: () => string;
}

export interface TodayFound {
	readonly items: readonly TodayItem[];
	readonly news: readonly TodayNews[];
	/** What the source still has to look into, of how much; 0 at rest. */
	readonly left: number;
	readonly of: number;
	/** What it could not look into: not on this device yet, or of a newer version. */
	readonly skipped: number;
}

export interface TodaySource {
	/** Shows what it knows whenever that has grown or changed, until the function it returns is called. */
	follow(show: (found: TodayFound) => void): () => void;
	/** The news shown so far is news no more. Absent where a source has none. */
	markSeen?(): void;
}

export const nothingFound: TodayFound = { items: [], news: [], left: 0, of: 0, skipped: 0 };
