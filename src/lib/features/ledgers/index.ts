export { ledgerKind } from './model/ledgerKind.ts';
export type { People } from './model/people.ts';
export { openProblemsOf, reassignProblems, type OpenProblem } from './model/openProblems.ts';
export { ledgerTitle } from './ui/ledgerTitle.ts';
