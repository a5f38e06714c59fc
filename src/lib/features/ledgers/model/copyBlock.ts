import type { Problem, ProblemField } from './problem.ts';

/** How the person reads a field: its title, and what stands in it. */
export interface ProblemWords {
	title(field: ProblemField | 'number'): string;
	text(problem: Problem, field: ProblemField | 'number'): string;
}

/** The rows as a block of cells with a header, ready for a spreadsheet or to be pasted back. */
export function problemsToBlock(
	problems: readonly Problem[],
	fields: readonly (ProblemField | 'number')[],
	words: ProblemWords
): string[][] {
	return [
		fields.map((field) => words.title(field)),
		...problems.map((problem) => fields.map((field) => words.text(problem, field)))
	];
}
