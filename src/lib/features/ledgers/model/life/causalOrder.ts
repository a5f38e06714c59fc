/**
 * The one order in which a set of events is gone through: causes first; of what is ready, closings
 * last; then by (tick, id). So a closing comes after everything that is not built on a closing.
 * Positions are indices into that order.
 */
import { childrenOf, createCausalGraph, type CausalGraph, type Edges } from './causalGraph.ts';
import type { LifeEvent } from './lifeEvent.ts';
import { createRankHeap } from './rankHeap.ts';

export interface CausalOrder {
	readonly events: readonly LifeEvent[];
	/** Each lower than the position it belongs to. */
	readonly parents: Edges;
	/** Whether the event at `a` was known to the author of the one at `b`. */
	isBefore(a: number, b: number): boolean;
}

function sortNodes(graph: CausalGraph, isClosing: (event: LifeEvent) => boolean): number[] {
	const { events, parents } = graph;
	const children = childrenOf(parents);
	const count = events.length;
	const waitsFor = parents.map((list) => list.length);
	const ready = createRankHeap();
	const putIfReady = (node: number): void => {
		if (waitsFor[node] === 0) ready.put(isClosing(events[node]!) ? count + node : node);
	};
	for (let node = 0; node < count; node++) putIfReady(node);
	const order: number[] = [];
	for (let rank = ready.take(); rank !== undefined; rank = ready.take()) {
		const node = rank % count;
		order.push(node);
		for (const child of children[node]!) {
			waitsFor[child]!--;
			putIfReady(child);
		}
	}
	return order;
}

/** One row of bits an event, for those that came before it: 3 MB at the most events there can be. */
function ancestorBits(parents: Edges): Uint32Array {
	const words = Math.ceil(parents.length / 32);
	const bits = new Uint32Array(parents.length * words);
	parents.forEach((list, position) => {
		const row = position * words;
		for (const parent of list) {
			const from = parent * words;
			for (let word = 0; word < words; word++) bits[row + word]! |= bits[from + word]!;
			bits[row + (parent >>> 5)]! |= 1 << (parent & 31);
		}
	});
	return bits;
}

/** Nothing was ever done at the same time: as nearly all rows are, and a tenth of the work. */
const isChain = ({ parents }: CausalGraph): boolean =>
	parents.every((list, node) =>
		node === 0 ? list.length === 0 : list.length === 1 && list[0] === node - 1
	);

export function orderCausally(
	from: Iterable<LifeEvent>,
	isClosing: (event: LifeEvent) => boolean
): CausalOrder {
	const graph = createCausalGraph(from);
	if (isChain(graph)) return { ...graph, isBefore: (a, b) => a < b };
	const order = sortNodes(graph, isClosing);
	const positionOf = new Map(order.map((node, position) => [node, position]));
	const parents = order.map((node) => graph.parents[node]!.map((one) => positionOf.get(one)!));
	const words = Math.ceil(order.length / 32);
	let bits: Uint32Array | null = null;
	return {
		events: order.map((node) => graph.events[node]!),
		parents,
		isBefore(a, b) {
			bits ??= ancestorBits(parents);
			return ((bits[b * words + (a >>> 5)]! >>> (a & 31)) & 1) === 1;
		}
	};
}
