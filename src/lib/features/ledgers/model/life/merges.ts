/**
 * Rows of one ledger merged into each other, followed to the row that stands for them. Two people
 * offline can merge A into B and B into A: the later of the merges that make such a ring loses, and
 * its row is folded anew without it.
 */
import { byTick } from './causalGraph.ts';
import { foldLife, type FoldOptions } from './foldLife.ts';
import type { Life } from './life.ts';
import type { LifeMachine } from './machine.ts';

export interface MergeRow {
	readonly id: string;
	readonly life: Life;
	readonly trashed?: boolean;
}

/** The end of the chain is not there, or in the trash, or the rings are too many to undo. */
export type MergeTrouble = 'missing' | 'trashed' | 'ring';

export interface MergeEnd {
	/** The row that stands for this one: the last one that is there; null if that is itself. */
	readonly into: string | null;
	readonly trouble: MergeTrouble | null;
	/** To be used in place of the row's own: differs where a merge lost. */
	readonly life: Life;
}

/** Each round takes one merge from every ring; people make one ring in a blue moon. */
const maxRounds = 40;

type Lives = Map<string, Life>;

/** Every row has at most one way on, so rings have no row in common. */
function ringsIn(lives: Lives): string[][] {
	const seenFrom = new Map<string, string>();
	const rings: string[][] = [];
	for (const start of lives.keys()) {
		const path: string[] = [];
		let at: string | null = start;
		while (at !== null && lives.has(at) && !seenFrom.has(at)) {
			seenFrom.set(at, start);
			path.push(at);
			at = lives.get(at)!.mergedInto;
		}
		if (at !== null && seenFrom.get(at) === start) rings.push(path.slice(path.indexOf(at)));
	}
	return rings;
}

function loserOf(ring: readonly string[], lives: Lives): string {
	const isLater = (a: string, b: string): boolean =>
		(byTick(lives.get(a)!.mergedBy!, lives.get(b)!.mergedBy!) || (a < b ? -1 : 1)) > 0;
	return ring.reduce((last, id) => (isLater(id, last) ? id : last));
}

/** Only merged rows can be part of a ring; `lives` keeps what they are folded anew to. */
function breakRings(lives: Lives, machine: LifeMachine, options: FoldOptions): void {
	const overruled = new Map<string, Set<string>>();
	for (let round = 0; round < maxRounds; round++) {
		const rings = ringsIn(lives);
		if (rings.length === 0) return;
		for (const ring of rings) {
			const id = loserOf(ring, lives);
			const life = lives.get(id)!;
			const lost = overruled.get(id) ?? new Set();
			overruled.set(id, lost.add(life.mergedBy!.id));
			lives.set(id, foldLife(machine, life.all, { ...options, overruled: lost }));
		}
	}
}

type End = Omit<MergeEnd, 'life'>;

type Rows = ReadonlyMap<string, MergeRow>;

function endsOf(lives: Lives, rows: Rows): Map<string, End> {
	const ends = new Map<string, End>();
	for (const id of ringsIn(lives).flat()) ends.set(id, { into: null, trouble: 'ring' });
	const nextOf = (id: string): string | null =>
		ends.has(id) ? null : (lives.get(id)?.mergedInto ?? null);
	const ownEnd = (id: string): End => {
		const row = rows.get(id);
		return { into: null, trouble: !row ? 'missing' : row.trashed ? 'trashed' : null };
	};
	for (const start of lives.keys()) {
		const path: string[] = [];
		let at = start;
		for (let next = nextOf(at); next !== null; next = nextOf(at)) {
			path.push(at);
			at = next;
		}
		let end = ends.get(at) ?? ownEnd(at);
		for (const id of path.reverse()) {
			end = { ...end, into: end.into ?? (rows.has(at) ? at : null) };
			ends.set(id, end);
			at = id;
		}
	}
	return ends;
}

/** Of the rows that are merged, and of those whose merge lost; all others stand for themselves. */
export function resolveMerges(
	rows: readonly MergeRow[],
	machine: LifeMachine,
	options: FoldOptions = {}
): ReadonlyMap<string, MergeEnd> {
	const lives: Lives = new Map();
	for (const { id, life } of rows) if (life.mergedInto !== null) lives.set(id, life);
	if (lives.size === 0) return new Map();
	breakRings(lives, machine, options);
	const ends = endsOf(lives, new Map(rows.map((row) => [row.id, row])));
	const itself: End = { into: null, trouble: null };
	return new Map([...lives].map(([id, life]) => [id, { ...(ends.get(id) ?? itself), life }]));
}
