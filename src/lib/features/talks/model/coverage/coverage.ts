/**
 * Which of the talks that are asked for have been held. A pure fold over the people, the rules, the
 * stubs, what was waived and what was given to whom; nothing of it is stored.
 */
import type { Ymd } from '$lib/base/typedDate.ts';
import type { Requirement } from './requirements.ts';
import { pairKey, requirementsOf } from './requirements.ts';
import type { Assignment, Waiver } from './talkDuties.ts';
import type { PairKind, TalkPeople } from './talkPeople.ts';
import type { TalkRule } from './talkRules.ts';
import type { TalkStub } from './talkStub.ts';

export interface CoverageInput {
	readonly people: TalkPeople;
	readonly rules: readonly TalkRule[];
	/** Both days are in. */
	readonly window: { readonly start: Ymd; readonly end: Ymd };
	readonly stubs: readonly TalkStub[];
	/** By a requirement's `key`. */
	readonly waivers: ReadonlyMap<string, Waiver>;
	readonly assignments: ReadonlyMap<string, Assignment>;
}

export type ItemState = 'signed' | 'unsigned' | 'missing' | 'waived';

export interface CoverageItem extends Requirement {
	readonly state: ItemState;
	/** Those that count for it, the earliest first. */
	readonly stubs: readonly TalkStub[];
	readonly waiver: Waiver | null;
	/** Who is to hold it, where that was settled for somebody who still can. */
	readonly assigned: string | null;
}

export interface Figure {
	/** Without those waived: what is to be held. */
	readonly required: number;
	readonly done: number;
	/** Of those done. */
	readonly signed: number;
	readonly missing: number;
	readonly waived: number;
}

/** What one figure is of: a kind of pair, or a single rule that is of no kind. */
export interface CoveragePart extends Figure {
	readonly id: string;
	readonly kind: PairKind;
	readonly rules: readonly TalkRule[];
}

export interface Coverage {
	readonly items: readonly CoverageItem[];
	readonly total: Figure;
	readonly parts: readonly CoveragePart[];
	/** Single talks between two people within the window, by `pairKey`; asked for or not. */
	readonly talks: ReadonlyMap<string, readonly TalkStub[]>;
}

const isDone = (state: ItemState): boolean => state === 'signed' || state === 'unsigned';

/** In whole percent; null where nothing is required. 100 only when nothing is missing. */
export function percentOf({ done, required }: Figure): number | null {
	if (required === 0) return null;
	return done === required ? 100 : Math.min(99, Math.round((done / required) * 100));
}

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}

interface Talks {
	readonly byPair: Map<string, TalkStub[]>;
	/** By whom it was held with. */
	readonly byTalkee: Map<string, TalkStub[]>;
}

function talksWithin({ stubs, window }: CoverageInput): Talks {
	const talks: Talks = { byPair: new Map(), byTalkee: new Map() };
	for (const stub of stubs) {
		if (stub.mode !== 'single' || stub.on < window.start || stub.on > window.end) continue;
		addTo(talks.byPair, pairKey(stub.aId, stub.bId), stub);
		addTo(talks.byTalkee, stub.bId, stub);
	}
	return talks;
}

const byDay = (a: TalkStub, b: TalkStub): number =>
	a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1;

/**
 * A talker who has left meanwhile was one of those meant when the talk was held: the stub says of which
 * kind it was. It still counts for the one who stays.
 */
const isOfOneWhoLeft = (stub: TalkStub, { rule }: Requirement, known: ReadonlySet<string>) =>
	rule.kind !== 'other' && stub.pairKind === rule.kind && !known.has(stub.aId);

function stubsFor(one: Requirement, talks: Talks, known: ReadonlySet<string>): TalkStub[] {
	const [a, b] = one.people;
	if (b !== undefined) return talks.byPair.get(pairKey(a, b)) ?? [];
	const found = one.partners.flatMap((other) => talks.byPair.get(pairKey(a, other)) ?? []);
	const left = (talks.byTalkee.get(a) ?? []).filter((stub) => isOfOneWhoLeft(stub, one, known));
	return [...found, ...left].sort(byDay);
}

/** A talk that was held counts, waived or not. */
const stateOf = (stubs: readonly TalkStub[], waiver: Waiver | null): ItemState =>
	stubs.length > 0
		? stubs.some(({ signed }) => signed)
			? 'signed'
			: 'unsigned'
		: waiver
			? 'waived'
			: 'missing';

export function figureOf(items: readonly CoverageItem[]): Figure {
	const count = (isMeant: (state: ItemState) => boolean): number =>
		items.filter(({ state }) => isMeant(state)).length;
	const waived = count((state) => state === 'waived');
	return {
		required: items.length - waived,
		done: count(isDone),
		signed: count((state) => state === 'signed'),
		missing: count((state) => state === 'missing'),
		waived
	};
}

const partIdOf = ({ kind, id }: TalkRule): string => (kind === 'other' ? id : kind);

function partsOf(rules: readonly TalkRule[], items: readonly CoverageItem[]): CoveragePart[] {
	const ids = [...new Set(rules.map(partIdOf))];
	return ids.map((id) => {
		const own = rules.filter((rule) => partIdOf(rule) === id);
		const figure = figureOf(items.filter(({ rule }) => partIdOf(rule) === id));
		return { id, kind: own[0]!.kind, rules: own, ...figure };
	});
}

export function coverageOf(input: CoverageInput): Coverage {
	const { people, rules, waivers, assignments } = input;
	const talks = talksWithin(input);
	const known = new Set(Object.values(people).flat());
	const items = requirementsOf(rules, people).map((one): CoverageItem => {
		const stubs = stubsFor(one, talks, known);
		const waiver = waivers.get(one.key) ?? null;
		const given = assignments.get(one.key)?.talker;
		const assigned = given !== undefined && one.talkers.includes(given) ? given : null;
		return { ...one, stubs, waiver, assigned, state: stateOf(stubs, waiver) };
	});
	return { items, total: figureOf(items), parts: partsOf(rules, items), talks: talks.byPair };
}
