/** The talks that a set of rules asks of the people there are. */
import type { TalkGroup, TalkPeople } from './talkPeople.ts';
import type { TalkRule } from './talkRules.ts';

export interface Requirement {
	/** Unique in its campaign. */
	readonly id: string;
	/**
	 * Names the people only, whichever rule asks: what was waived or given to somebody stays so when a
	 * rule is put another way.
	 */
	readonly key: string;
	readonly rule: TalkRule;
	/** Two who must talk with each other, or one who must talk with some of `partners`. */
	readonly people: readonly [string] | readonly [string, string];
	/** For one: whom to talk with, at least one of them. */
	readonly partners: readonly string[];
	/** Who may hold the talk; whose business it is first. Never empty. */
	readonly talkers: readonly string[];
}

export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

type Pair = readonly [string, string];

const allPairs = (ids: readonly string[]): Pair[] =>
	ids.flatMap((a, at) => ids.slice(at + 1).map((b): Pair => [a, b]));

/** Somebody may stand in both groups: a pair is one pair all the same. */
function crossPairs(of: readonly string[], others: readonly string[]): Pair[] {
	const pairs = of.flatMap((a) => others.filter((b) => b !== a).map((b): Pair => [a, b]));
	const seen = new Set<string>();
	return pairs.filter(([a, b]) => {
		const key = pairKey(a, b);
		return !seen.has(key) && seen.add(key);
	});
}

const pairRequirement = (rule: TalkRule, [a, b]: Pair): Requirement => {
	const key = `pair ${pairKey(a, b)}`;
	return { id: `${rule.id} ${key}`, key, rule, people: [a, b], partners: [], talkers: [a, b] };
};

/** Among peers it is one's own business to find one; elsewhere the others come. */
function oneRequirement(
	rule: TalkRule,
	person: string,
	group: TalkGroup,
	partners: readonly string[]
): Requirement {
	const key = `some ${person} ${group}`;
	const talkers = rule.of === group ? [person, ...partners] : partners;
	return { id: `${rule.id} ${key}`, key, rule, people: [person], partners, talkers };
}

function ofRule(rule: TalkRule, people: TalkPeople): Requirement[] {
	const of = people[rule.of];
	switch (rule.need) {
		case 'within':
			return allPairs(of).map((pair) => pairRequirement(rule, pair));
		case 'between':
			return crossPairs(of, people[rule.with]).map((pair) => pairRequirement(rule, pair));
		case 'some':
			return of.flatMap((person) => {
				const partners = people[rule.with].filter((other) => other !== person);
				// Nobody there to talk with: nothing can be asked.
				return partners.length === 0 ? [] : [oneRequirement(rule, person, rule.with, partners)];
			});
	}
}

/** In the order of the rules, then of the register. */
export const requirementsOf = (rules: readonly TalkRule[], people: TalkPeople): Requirement[] =>
	rules.flatMap((rule) => ofRule(rule, people));
