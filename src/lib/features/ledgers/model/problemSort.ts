import type { People } from './people.ts';
import {
	problemLevels,
	problemSources,
	readable,
	rectKinds,
	type Problem,
	type ProblemField
} from './problem.ts';

export type SortField = ProblemField;
export type SortKey = string | number | null;

const collator = new Intl.Collator('zh-Hans', { numeric: true });
/** Sorting looks no further into a long text: nobody tells two rows apart there. */
const keyChars = 40;

/** What a row is sorted by; null for an empty or unreadable cell. */
export function sortKeyOf(problem: Problem, field: SortField, people: People): SortKey {
	switch (field) {
		case 'rectKind':
			return rankIn(rectKinds, readable(problem.rectKind));
		case 'level':
			return rankIn(problemLevels, readable(problem.level));
		case 'sources':
			return rankIn(problemSources, readable(problem.sources)?.[0] ?? null);
		case 'leaderId':
		case 'responsibleId': {
			const id = readable(problem[field]);
			return id === null ? null : people.nameOf(id);
		}
		case 'due': {
			const due = readable(problem.due);
			return due === null ? null : Number(due.replaceAll('-', ''));
		}
		case 'urgent':
			return readable(problem.urgent) === true ? 0 : null;
		case 'itemNo':
			return readable(problem.itemNo);
		default:
			return readable(problem[field])?.slice(0, keyChars) ?? null;
	}
}

function rankIn<T>(ranks: readonly T[], value: T | null): number | null {
	return value === null ? null : ranks.indexOf(value);
}

export function compareKeys(a: SortKey, b: SortKey): number {
	if (a === b) return 0;
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return collator.compare(String(a), String(b));
}
