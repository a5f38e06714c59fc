/** The words for what the model holds, in the language of the moment. */
import { m } from '$lib/paraglide/messages.js';
import { itemByNo, type Catalogue } from '../model/catalogue.ts';
import { daysUntil, dueStateOf } from '../model/dueState.ts';
import type { People } from '../model/people.ts';
import {
	readable,
	type Problem,
	type ProblemField,
	type ProblemLevel,
	type ProblemSource,
	type RectKind
} from '../model/problem.ts';

const titles: Record<ProblemField, () => string> = {
	aspect: m.ledgers_field_aspect,
	itemNo: m.ledgers_field_itemNo,
	manifestation: m.ledgers_field_manifestation,
	sources: m.ledgers_field_sources,
	rootCause: m.ledgers_field_rootCause,
	leaderId: m.ledgers_field_leaderId,
	responsibleId: m.ledgers_field_responsibleId,
	remark: m.ledgers_field_remark,
	rectKind: m.ledgers_field_rectKind,
	due: m.ledgers_field_due,
	level: m.ledgers_field_level,
	urgent: m.ledgers_field_urgent
};

const sources: Record<ProblemSource, () => string> = {
	selfCheck: m.ledgers_source_selfCheck,
	talk: m.ledgers_source_talk,
	opinions: m.ledgers_source_opinions,
	orgLifeMeeting: m.ledgers_source_orgLifeMeeting,
	memberAppraisal: m.ledgers_source_memberAppraisal,
	circular: m.ledgers_source_circular,
	upperFeedback: m.ledgers_source_upperFeedback,
	visit: m.ledgers_source_visit,
	other: m.ledgers_source_other
};

const kinds: Record<RectKind, () => string> = {
	immediate: m.ledgers_kind_immediate,
	timed: m.ledgers_kind_timed,
	longTerm: m.ledgers_kind_longTerm
};

const levels: Record<ProblemLevel, () => string> = {
	branch: m.ledgers_level_branch,
	team: m.ledgers_level_team,
	person: m.ledgers_level_person,
	school: m.ledgers_level_school
};

export const fieldTitle = (field: ProblemField): string => titles[field]();
export const sourceLabel = (source: ProblemSource): string => sources[source]();
export const kindLabel = (kind: RectKind): string => kinds[kind]();
export const levelLabel = (level: ProblemLevel): string => levels[level]();

export interface WordsContext {
	readonly people: People;
	readonly catalogue: Catalogue | null;
}

export const personName = (people: People, id: string): string =>
	people.nameOf(id) || m.ledgers_unknown_person();

/** A colleague by name; myself in another tab as what it is. */
export const peerName = (list: { self: string; people: People }, id: string): string =>
	id === list.self ? m.ledgers_own_window() : personName(list.people, id);

export function itemLabel(catalogue: Catalogue | null, no: number): string {
	const item = itemByNo(catalogue, no);
	return item === null ? String(no) : m.ledgers_item_named({ no, text: item.text });
}

/** What is shown in a cell and copied out of it. An unreadable one is empty: its mark says so. */
export function fieldText(problem: Problem, field: ProblemField, context: WordsContext): string {
	switch (field) {
		case 'itemNo': {
			const no = readable(problem.itemNo);
			return no === null ? '' : itemLabel(context.catalogue, no);
		}
		case 'sources':
			return (readable(problem.sources) ?? []).map(sourceLabel).join('、');
		case 'leaderId':
		case 'responsibleId': {
			const id = readable(problem[field]);
			return id === null ? '' : personName(context.people, id);
		}
		case 'rectKind': {
			const kind = readable(problem.rectKind);
			return kind === null ? '' : kindLabel(kind);
		}
		case 'level': {
			const level = readable(problem.level);
			return level === null ? '' : levelLabel(level);
		}
		case 'urgent':
			return readable(problem.urgent) === true ? m.ledgers_field_urgent() : '';
		default:
			return readable(problem[field]) ?? '';
	}
}

export interface DueMark {
	readonly tone: 'danger' | 'warning';
	readonly label: string;
}

export function dueMark(problem: Problem, today: string): DueMark | null {
	const state = dueStateOf(problem, today);
	const due = readable(problem.due);
	if (due === null || (state !== 'overdue' && state !== 'soon')) return null;
	const days = daysUntil(due, today);
	if (state === 'overdue') return { tone: 'danger', label: m.ledgers_overdue({ days: -days }) };
	const label = days === 0 ? m.ledgers_due_today() : m.ledgers_due_soon({ days });
	return { tone: 'warning', label };
}
