/**
 * Who with whom as a table: a column for each who may hold talks, a row for each they are held with. A
 * pair has one cell; whoever must talk with any one of several has a cell with each of them.
 */
import type { Coverage, CoverageItem } from './coverage.ts';
import { pairKey } from './requirements.ts';
import type { TalkPeople, TalkPerson } from './talkPeople.ts';
import type { TalkStub } from './talkStub.ts';

/**
 * `missing`: this very talk has to be held. `open`: one of the row's open cells has to be. `free`: it
 * could be held, and nothing waits for it.
 */
export type CellState = 'signed' | 'unsigned' | 'missing' | 'open' | 'waived' | 'free';

export interface MatrixCell {
	readonly row: string;
	readonly column: string;
	readonly state: CellState;
	/** What the cell is asked for by; never empty. */
	readonly items: readonly CoverageItem[];
	readonly stubs: readonly TalkStub[];
	/** It was given to the column's person. */
	readonly assigned: boolean;
}

export interface MatrixRow {
	readonly person: string;
	/** One for each column; null where the two need not talk, or their cell is elsewhere. */
	readonly cells: readonly (MatrixCell | null)[];
	/** What the row comes to. */
	readonly items: readonly CoverageItem[];
}

export interface MatrixSection {
	/** `team`, or a Party group's name; empty for those of none. */
	readonly group: { readonly kind: 'team' } | { readonly kind: 'group'; readonly name: string };
	readonly rows: readonly MatrixRow[];
}

export interface TalkMatrix {
	readonly columns: readonly string[];
	readonly sections: readonly MatrixSection[];
}

const holdersOf = ({ rule, people, partners }: CoverageItem): readonly string[] =>
	rule.need === 'between' ? people.slice(0, 1) : rule.need === 'within' ? people : partners;

function cellState(items: readonly CoverageItem[], stubs: readonly TalkStub[]): CellState {
	if (stubs.some(({ signed }) => signed)) return 'signed';
	if (stubs.length > 0) return 'unsigned';
	const isPair = ({ people }: CoverageItem): boolean => people.length === 2;
	if (items.some((item) => isPair(item) && item.state === 'missing')) return 'missing';
	if (items.some(({ state }) => state === 'missing')) return 'open';
	return items.every(({ state }) => state === 'waived') ? 'waived' : 'free';
}

type Cells = Map<string, Map<string, CoverageItem[]>>;

function place(cells: Cells, row: string, column: string, item: CoverageItem): void {
	const columns = cells.get(row) ?? new Map<string, CoverageItem[]>();
	cells.set(row, columns);
	columns.set(column, [...(columns.get(column) ?? []), item]);
}

function placeAll(items: readonly CoverageItem[], rank: ReadonlyMap<string, number>): Cells {
	const cells: Cells = new Map();
	for (const item of items) {
		const [a, b] = item.people;
		if (b === undefined) for (const partner of item.partners) place(cells, a, partner, item);
		else if ((rank.get(a) ?? Infinity) < (rank.get(b) ?? Infinity)) place(cells, b, a, item);
		else place(cells, a, b, item);
	}
	return cells;
}

function toSections(
	rows: readonly MatrixRow[],
	people: TalkPeople,
	byId: ReadonlyMap<string, TalkPerson>,
	groups: readonly string[]
): MatrixSection[] {
	const isTeam = ({ person }: MatrixRow): boolean => people.team.includes(person);
	const rest = rows.filter((row) => !isTeam(row));
	const groupOf = ({ person }: MatrixRow): string => byId.get(person)?.group ?? '';
	const names = [...new Set([...groups, ...rest.map(groupOf)])].filter(Boolean);
	const sections: MatrixSection[] = [
		{ group: { kind: 'team' }, rows: rows.filter(isTeam) },
		...[...names, ''].map((name): MatrixSection => ({
			group: { kind: 'group', name },
			rows: rest.filter((row) => groupOf(row) === name)
		}))
	];
	return sections.filter((section) => section.rows.length > 0);
}

/** `members` and `groups` in the order they are shown in. */
export function talkMatrix(
	{ items, talks }: Coverage,
	people: TalkPeople,
	members: readonly TalkPerson[],
	groups: readonly string[]
): TalkMatrix {
	const byId = new Map<string, TalkPerson>(members.map((member) => [member.id, member]));
	const order = members.map(({ id }) => id as string);
	const holders = new Set(items.flatMap(holdersOf));
	const columns = order.filter((id) => holders.has(id));
	const cells = placeAll(items, new Map(columns.map((id, at) => [id, at])));
	const rows = order.flatMap((person): MatrixRow[] => {
		const own = cells.get(person);
		if (own === undefined) return [];
		const made = columns.map((column): MatrixCell | null => {
			const asked = own.get(column);
			if (asked === undefined) return null;
			const stubs = talks.get(pairKey(person, column)) ?? [];
			const assigned = asked.some((item) => item.state === 'missing' && item.assigned === column);
			return { row: person, column, state: cellState(asked, stubs), items: asked, stubs, assigned };
		});
		return [{ person, cells: made, items: [...new Set([...own.values()].flat())] }];
	});
	return { columns, sections: toSections(rows, people, byId, groups) };
}
