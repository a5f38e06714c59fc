/**
 * Which event was made in knowledge of which. Nodes are indices into the events sorted by
 * (tick, id); an honest event's parents have lower ticks, so its edges point to lower indices.
 * Whatever a hostile device wrote, the graph has no cycle, and it depends on the set of events alone.
 */
import type { LifeEvent } from './lifeEvent.ts';

export interface CausalGraph {
	readonly events: readonly LifeEvent[];
	readonly parents: Edges;
}
export type Edges = readonly (readonly number[])[];

/** A committee makes a dozen in a row's life; what lies beyond, by (tick, id), is not looked at. */
export const maxEvents = 5000;

export const byTick = (a: LifeEvent, b: LifeEvent): number =>
	a.tick - b.tick || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** One of each id. Of two that differ the same one is taken whichever came first. */
function distinct(events: Iterable<LifeEvent>): LifeEvent[] {
	const byId = new Map<string, LifeEvent>();
	for (const event of events) {
		const found = byId.get(event.id);
		if (found === undefined || JSON.stringify(event) < JSON.stringify(found))
			byId.set(event.id, event);
	}
	return [...byId.values()].sort(byTick).slice(0, maxEvents);
}

/** A parent that has not arrived yet is left out. */
function knownParents(events: readonly LifeEvent[]): number[][] {
	const indexOf = new Map(events.map(({ id }, index) => [id, index]));
	return events.map(({ after }, index) => {
		const known = after.map((id) => indexOf.get(id) ?? index).filter((parent) => parent !== index);
		return known.length > 1 ? [...new Set(known)] : known;
	});
}

export function childrenOf(parents: Edges): number[][] {
	const children: number[][] = parents.map(() => []);
	parents.forEach((list, child) => list.forEach((parent) => children[parent]!.push(child)));
	return children;
}

/** Takes nodes away, one after the other, that have nothing before them among those left. */
function peel(left: Uint8Array, before: Edges, after: Edges): void {
	const waitsFor = before.map((list) => list.reduce((count, node) => count + left[node]!, 0));
	const ready = [...waitsFor.keys()].filter((node) => left[node] === 1 && waitsFor[node] === 0);
	for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
		left[node] = 0;
		for (const next of after[node]!)
			if (left[next] === 1 && --waitsFor[next]! === 0) ready.push(next);
	}
}

/** Where events claim to come before themselves, only what keeps the order of ticks is believed. */
function cutKnots(events: readonly LifeEvent[], parents: number[][]): number[][] {
	if (parents.every((list, index) => list.every((parent) => parent < index))) return parents;
	const knotted = new Uint8Array(events.length).fill(1);
	const children = childrenOf(parents);
	peel(knotted, parents, children);
	peel(knotted, children, parents);
	return parents.map((list, index) =>
		knotted[index] === 0
			? list
			: list.filter((parent) => knotted[parent] === 0 || events[parent]!.tick < events[index]!.tick)
	);
}

export function createCausalGraph(from: Iterable<LifeEvent>): CausalGraph {
	const events = distinct(from);
	const parents = cutKnots(events, knownParents(events));
	return { events, parents };
}
