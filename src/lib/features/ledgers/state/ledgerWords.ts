/** The words for what the model holds, in the language of the moment. */
import { m } from '$lib/paraglide/messages.js';
import { itemByNo, type Catalogue } from '../model/catalogue/catalogue.ts';
import { hintOf, isMistakable, type People } from '../model/people.ts';
import type { OpinionFieldId, ProblemFieldId, TableName } from '../model/rows/fields.ts';
import type { LedgerRow } from '../model/rows/ledgerRow.ts';
import type { ViewLedger } from '../model/view/savedView.ts';

type Words<T extends string = string> = Readonly<Record<T, () => string>>;

/** Keys come from colleagues' devices too: `constructor` is no word of ours. */
const wordFor = (words: Words | undefined, key: string): string | null =>
	words !== undefined && Object.hasOwn(words, key) ? words[key]!() : null;

const problemTitles: Words<ProblemFieldId> = {
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
	ownerMemberId: m.personal_owner,
	urgent: m.ledgers_field_urgent,
	topics: m.ledgers_field_topics,
	goal: m.ledgers_field_goal,
	result: m.ledgers_field_result,
	department: m.ledgers_field_department,
	verifierId: m.ledgers_field_verifierId,
	reviewCadence: m.ledgers_field_reviewCadence,
	nextReviewOn: m.ledgers_field_nextReviewOn,
	sourceBatch: m.ledgers_field_sourceBatch
};

const opinionTitles: Words<OpinionFieldId> = {
	on: m.ledgers_opinion_on,
	channel: m.ledgers_opinion_channel,
	group: m.ledgers_opinion_group,
	words: m.ledgers_opinion_words,
	topics: m.ledgers_opinion_topics,
	itemNo: m.ledgers_field_itemNo,
	urgent: m.ledgers_field_urgent,
	responsibleId: m.ledgers_field_responsibleId,
	measure: m.ledgers_opinion_measure,
	due: m.ledgers_opinion_due,
	result: m.ledgers_opinion_result,
	replyOn: m.ledgers_opinion_replyOn,
	replyWay: m.ledgers_opinion_replyWay,
	satisfaction: m.ledgers_opinion_satisfaction,
	remark: m.ledgers_field_remark,
	problemId: m.ledgers_opinion_problem
};

/** Columns that are worked out. */
const computedTitles: Words = {
	number: m.ledgers_field_number,
	code: m.ledgers_column_code,
	status: m.ledgers_column_status,
	formStatus: m.ledgers_column_formStatus,
	measures: m.ledgers_column_measures,
	evidence: m.ledgers_column_evidence,
	closing: m.ledgers_column_closing,
	reply: m.ledgers_column_reply,
	problem: m.ledgers_opinion_problem,
	createdBy: m.ledgers_column_createdBy,
	createdOn: m.ledgers_column_createdOn,
	returns: m.ledgers_column_returns,
	extensions: m.ledgers_column_extensions,
	openDays: m.ledgers_column_openDays,
	comments: m.ledgers_column_comments,
	submitted: m.personal_column_submitted,
	involved: m.ledgers_column_involved,
	mentions: m.views_mentions
};

const titlesOf: Readonly<Record<TableName, Words>> = {
	problems: { ...computedTitles, ...problemTitles },
	opinions: { ...computedTitles, ...opinionTitles }
};

/** The problem list and the rectification ledger call two columns otherwise. */
const rectificationTitles: Words = {
	manifestation: m.ledgers_rectification_manifestation,
	result: m.ledgers_rectification_result
};

export const fieldTitle = (table: TableName, field: string): string =>
	wordFor(titlesOf[table], field) ?? field;

export const columnTitle = (ledger: ViewLedger, column: string): string =>
	(ledger === 'rectification' ? wordFor(rectificationTitles, column) : null) ??
	fieldTitle(ledger === 'opinions' ? 'opinions' : 'problems', column);

const choices: Readonly<Record<string, Words>> = {
	sources: {
		selfCheck: m.ledgers_source_selfCheck,
		talk: m.ledgers_source_talk,
		opinions: m.ledgers_source_opinions,
		orgLifeMeeting: m.ledgers_source_orgLifeMeeting,
		memberAppraisal: m.ledgers_source_memberAppraisal,
		circular: m.ledgers_source_circular,
		upperFeedback: m.ledgers_source_upperFeedback,
		visit: m.ledgers_source_visit,
		other: m.ledgers_source_other
	},
	rectKind: {
		immediate: m.ledgers_kind_immediate,
		timed: m.ledgers_kind_timed,
		longTerm: m.ledgers_kind_longTerm
	},
	level: {
		branch: m.ledgers_level_branch,
		team: m.ledgers_level_team,
		person: m.ledgers_level_person,
		school: m.ledgers_level_school
	},
	reviewCadence: {
		monthly: m.ledgers_cadence_monthly,
		quarterly: m.ledgers_cadence_quarterly,
		halfYearly: m.ledgers_cadence_halfYearly,
		yearly: m.ledgers_cadence_yearly
	},
	topics: {
		safety: m.ledgers_topic_safety,
		lawfulTeaching: m.ledgers_topic_lawfulTeaching,
		tutoring: m.ledgers_topic_tutoring,
		fees: m.ledgers_topic_fees,
		afterClass: m.ledgers_topic_afterClass,
		food: m.ledgers_topic_food,
		teachingQuality: m.ledgers_topic_teachingQuality,
		teacherEthics: m.ledgers_topic_teacherEthics
	},
	channel: {
		parentMeeting: m.ledgers_channel_parentMeeting,
		teacherForum: m.ledgers_channel_teacherForum,
		box: m.ledgers_channel_box,
		phone: m.ledgers_channel_phone,
		visit: m.ledgers_channel_visit,
		online: m.ledgers_channel_online,
		staffCongress: m.ledgers_channel_staffCongress,
		talk: m.ledgers_source_talk,
		other: m.ledgers_source_other
	},
	group: {
		parents: m.ledgers_group_parents,
		teachers: m.ledgers_group_teachers,
		students: m.ledgers_group_students,
		public: m.ledgers_group_public,
		members: m.ledgers_group_members,
		society: m.ledgers_group_society
	},
	satisfaction: {
		satisfied: m.ledgers_satisfaction_satisfied,
		fair: m.ledgers_satisfaction_fair,
		unsatisfied: m.ledgers_satisfaction_unsatisfied,
		unrated: m.ledgers_satisfaction_unrated
	}
};

/** A word that is no key is a branch's own, and stands as it is. */
export const choiceLabel = (field: string, key: string): string =>
	wordFor(Object.hasOwn(choices, field) ? choices[field] : undefined, key) ?? key;

const statuses: Readonly<Record<TableName, Words>> = {
	problems: {
		draft: m.ledgers_status_draft,
		toVerify: m.ledgers_status_toVerify,
		toRectify: m.ledgers_status_toRectify,
		rectifying: m.ledgers_status_rectifying,
		toAccept: m.ledgers_status_toAccept,
		closed: m.ledgers_status_closed,
		longTerm: m.ledgers_status_longTerm,
		rejected: m.ledgers_status_rejected,
		merged: m.ledgers_status_merged
	},
	opinions: {
		new: m.ledgers_ostatus_new,
		merged: m.ledgers_ostatus_merged,
		inHand: m.ledgers_ostatus_inHand,
		done: m.ledgers_ostatus_done,
		replied: m.ledgers_ostatus_replied,
		declined: m.ledgers_ostatus_declined,
		transferred: m.ledgers_ostatus_transferred
	}
};

export const statusLabel = (table: TableName, status: string): string =>
	wordFor(statuses[table], status) ?? status;

/** 完成状态 as the rectification form has it: three words only. */
export function formStatusLabel(status: string): string {
	if (status === 'closed') return m.ledgers_formStatus_done();
	return status === 'longTerm' ? m.ledgers_status_longTerm() : m.ledgers_formStatus_open();
}

export const ledgerName = (ledger: ViewLedger): string =>
	({
		problems: m.ledgers_problem_list,
		rectification: m.ledgers_rectification,
		opinions: m.ledgers_opinions,
		personal: m.personal_list
	})[ledger]();

/** Which problem of the shared list a row of a personal one became. */
export const submittedWords = ({ submissions }: Pick<LedgerRow, 'submissions'>): string =>
	submissions.length === 0
		? m.personal_not_submitted()
		: m.personal_submitted_as({ code: submissions.map(({ code }) => code).join('、') });

export const personName = (people: People, id: string): string =>
	people.nameOf(id) || m.ledgers_unknown_person();

/** In a table, where people of one name must not be confused. */
export function nameApart(people: People, id: string): string {
	const name = personName(people, id);
	if (isMistakable(people, id)) return m.ledgers_person_left({ name });
	const detail = hintOf(people, id);
	return detail === '' ? name : m.ledgers_name_detail({ name, detail });
}

/** A colleague by name; myself in another tab as what it is. */
export const peerName = (list: { self: string; people: People }, id: string): string =>
	id === list.self ? m.ledgers_own_window() : personName(list.people, id);

export function itemLabel(catalogue: Catalogue | null, no: number): string {
	const item = itemByNo(catalogue, no);
	return item === null ? String(no) : m.ledgers_item_named({ no, text: item.text });
}
