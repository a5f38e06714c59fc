/** What stood against a step that has no effect: for telling people who did what at the same time. */
import type { Conflict, Life } from '../model/life/life.ts';
import type { LifeEvent } from '../model/life/lifeEvent.ts';
import { stepOf, type LifeMachine } from '../model/life/machine.ts';

/** Everything its author knew, itself included. */
function knownTo(event: LifeEvent, byId: ReadonlyMap<string, LifeEvent>): Set<string> {
	const known = new Set<string>();
	const open = [event];
	for (let at = open.pop(); at !== undefined; at = open.pop()) {
		if (known.has(at.id)) continue;
		known.add(at.id);
		open.push(...at.after.flatMap((id) => byId.get(id) ?? []));
	}
	return known;
}

/** Null where nothing that happened at the same time stands against it. */
export function opponentOf(
	machine: LifeMachine,
	life: Life,
	{ event, reason }: Conflict
): LifeEvent | null {
	if (reason === 'ring') return null;
	const byId = new Map(life.all.map((one) => [one.id, one]));
	const known = knownTo(event, byId);
	const retracted = new Set(life.retracted.map(({ id }) => id));
	const applied = new Set(life.applied.map(({ id }) => id));
	const isMeant = (one: LifeEvent): boolean => {
		const step = stepOf(machine, one.type);
		if (reason === 'beatenByDoubt') return step?.doubt === true && !retracted.has(one.id);
		if (!applied.has(one.id)) return false;
		return reason === 'otherTarget' ? one.type === event.type : Boolean(step?.to);
	};
	const against = life.all.filter(
		(one) => !known.has(one.id) && isMeant(one) && !knownTo(one, byId).has(event.id)
	);
	return against.findLast(({ id }) => applied.has(id)) ?? against.at(-1) ?? null;
}
