/** What coverage is called on the screen and on paper. */
import type { Ymd } from '$lib/base/typedDate.ts';
import { m } from '$lib/paraglide/messages.js';
import type { CoverageItem, CoveragePart } from '../model/coverage/coverage.ts';
import type { WaiverReason, Waiver } from '../model/coverage/talkDuties.ts';
import type { CellState } from '../model/coverage/talkMatrix.ts';
import type { PairKind, TalkGroup } from '../model/coverage/talkPeople.ts';
import type { RuleSet, TalkRule } from '../model/coverage/talkRules.ts';

const groupWords: Record<TalkGroup, () => string> = {
	principals: m.coverage_group_principals,
	deputies: m.coverage_group_deputies,
	team: m.coverage_group_team,
	others: m.coverage_group_others,
	committee: m.coverage_group_committee,
	plain: m.coverage_group_plain,
	party: m.coverage_group_party
};
export const groupWord = (group: TalkGroup): string => groupWords[group]();

/** As one says it where it is clear who is meant. */
const shortWords: Record<TalkGroup, () => string> = {
	principals: m.coverage_short_principals,
	deputies: m.coverage_short_deputies,
	team: m.coverage_short_team,
	others: m.coverage_short_others,
	committee: m.coverage_short_committee,
	plain: m.coverage_short_plain,
	party: m.coverage_short_party
};
export const shortGroupWord = (group: TalkGroup): string => shortWords[group]();

const kindWords: Record<PairKind, () => string> = {
	P1: m.coverage_kind_P1,
	P2: m.coverage_kind_P2,
	P3: m.coverage_kind_P3,
	other: m.coverage_kind_other
};
export const kindWord = (kind: PairKind): string => kindWords[kind]();

/** What a rule is about, in the two groups’ words. */
export function ruleTitle(rule: TalkRule): string {
	const of = shortGroupWord(rule.of);
	if (rule.need === 'within') return m.coverage_part_within({ of });
	const other = shortGroupWord(rule.with);
	if (of === other) return m.coverage_part_within({ of });
	return rule.need === 'between'
		? m.coverage_part_pair({ one: of, other })
		: m.coverage_part_pair({ one: other, other: of });
}

export const kindOrRule = (rule: TalkRule): string =>
	rule.kind === 'other' ? ruleTitle(rule) : kindWord(rule.kind);

export const partTitle = ({ rules }: CoveragePart): string => kindOrRule(rules[0]!);

const needWords: Record<TalkRule['need'], () => string> = {
	between: m.coverage_need_between,
	within: m.coverage_need_within,
	some: m.coverage_need_some
};
export const needWord = (need: TalkRule['need']): string => needWords[need]();

const setWords: Record<RuleSet['name'], () => string> = {
	strict: m.coverage_rules_strict,
	relaxed: m.coverage_rules_relaxed,
	yearly: m.coverage_rules_yearly,
	own: m.coverage_rules_own
};
const setHints: Record<RuleSet['name'], () => string> = {
	strict: m.coverage_rules_strict_hint,
	relaxed: m.coverage_rules_relaxed_hint,
	yearly: m.coverage_rules_yearly_hint,
	own: m.coverage_rules_own_hint
};
export const ruleSetWord = (name: RuleSet['name']): string => setWords[name]();
export const ruleSetHint = (name: RuleSet['name']): string => setHints[name]();

const reasonWords: Record<WaiverReason, () => string> = {
	sick: m.coverage_reason_sick,
	away: m.coverage_reason_away,
	other: m.coverage_reason_other
};
export const reasonWord = (reason: WaiverReason): string => reasonWords[reason]();

export const waiverWord = ({ reason, note }: Waiver): string =>
	note === '' ? reasonWord(reason) : m.coverage_waived_note({ reason: reasonWord(reason), note });

/** The year only where it is another one. */
export function dayWord(day: Ymd, today: Ymd): string {
	const [year = '', month, date] = day.split('-');
	const words = { year, month: Number(month), day: Number(date) };
	return year === today.slice(0, 4) ? m.coverage_date_day(words) : m.coverage_date_year(words);
}

const stateWords: Record<CellState, () => string> = {
	signed: m.coverage_state_signed,
	unsigned: m.coverage_state_unsigned,
	missing: m.coverage_state_missing,
	open: m.coverage_state_open,
	waived: m.coverage_state_waived,
	free: m.coverage_state_free
};
export const stateWord = (state: CellState): string => stateWords[state]();

/** With the reason, where all that a cell is asked for by was waived. */
export function stateWithReason(state: CellState, items: readonly CoverageItem[]): string {
	const waiver = state === 'waived' ? items.find((item) => item.waiver)?.waiver : null;
	return waiver ? m.coverage_state_waived_why({ reason: waiverWord(waiver) }) : stateWord(state);
}
