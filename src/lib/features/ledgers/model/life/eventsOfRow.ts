/**
 * Where events lie in a row: each under a key of its own. In a map they would need somebody to make
 * it, and two devices that made one each would lose the events of one of them.
 */
import type * as Y from 'yjs';
import { parseLifeEvent, type LifeEvent } from './lifeEvent.ts';

const prefix = 'event ';

/** What is no event is left out here and left alone there. */
export const eventsOfRow = (row: Y.Map<unknown>): LifeEvent[] =>
	[...row.keys()]
		.filter((key) => key.startsWith(prefix))
		.flatMap((key) => parseLifeEvent(key.slice(prefix.length), row.get(key)) ?? []);

/**
 * False when the event does not keep the bounds: what colleagues' devices would not be able to read
 * is not written either. Callers hold the transaction; it is nobody's undo step, as taking a step
 * back is an event too.
 */
export function addEvent(row: Y.Map<unknown>, event: LifeEvent): boolean {
	const { id, ...value } = event;
	if (parseLifeEvent(id, value) === null) return false;
	if (!row.has(prefix + id)) row.set(prefix + id, value);
	return true;
}
