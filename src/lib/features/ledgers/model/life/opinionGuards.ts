/** 意见建议台账: what each step asks for. */
import {
	isSaid,
	laterDue,
	mergeGuards,
	needsDate,
	needsField,
	needsInput,
	needsNote,
	rule,
	someConflict
} from './guardParts.ts';
import type { Guards } from './guards.ts';

const notYetProblem = rule(
	'alreadyProblem',
	({ row }) => row.life.problemId !== null || isSaid(row.values.problemId)
);

export const opinionGuards: Guards = {
	take: [needsField('words'), needsField('responsibleId')],
	merge: mergeGuards,
	finish: [needsField('result')],
	reply: [needsField('replyWay')],
	decline: [needsNote],
	transfer: [needsInput('target')],
	reopen: [needsNote],
	toProblem: [needsField('words'), notYetProblem],
	extend: [needsNote, needsDate('due'), laterDue],
	settle: [someConflict]
};
