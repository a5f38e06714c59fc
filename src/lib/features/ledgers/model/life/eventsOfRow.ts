/**
 * Where events lie in a row: in its map `events`, which is made together with the row. A row from
 * before there were events has none, and two devices that made one each would lose the events of
 * one of them; in such a row every event lies under a key of its own instead, for good.
 */
import * as Y from 'yjs';
import { parseLifeEvent, type LifeEvent } from './lifeEvent.ts';

const mapKey = 'events';
const ownKeyPrefix = 'event ';

/** For the skeleton of a new row, before anybody else can see it. */
export const createEvents = (): Y.Map<unknown> => new Y.Map();

/** Of the map alone; what is no event is left out here and left alone there. */
export function readEvents(map: unknown): LifeEvent[] {
	if (!(map instanceof Y.Map)) return [];
	return [...(map as Y.Map<unknown>)].flatMap(([id, value]) => parseLifeEvent(id, value) ?? []);
}

/** Of the whole row. */
export function eventsOfRow(row: Y.Map<unknown>): LifeEvent[] {
	const events = readEvents(row.get(mapKey));
	for (const key of row.keys())
		if (key.startsWith(ownKeyPrefix)) {
			const event = parseLifeEvent(key.slice(ownKeyPrefix.length), row.get(key));
			if (event !== null) events.push(event);
		}
	return events;
}

/** Whether a key of the row belongs to its life: for those who watch a row for changes. */
export const isLifeKey = (key: string): boolean => key === mapKey || key.startsWith(ownKeyPrefix);

/**
 * False when the event does not keep the bounds: what colleagues' devices would not be able to read
 * is not written either. Callers hold the transaction; it is nobody's undo step, as taking a step
 * back is an event too.
 */
export function addEvent(row: Y.Map<unknown>, event: LifeEvent): boolean {
	const { id, ...value } = event;
	if (parseLifeEvent(id, value) === null) return false;
	const map: unknown = row.get(mapKey);
	if (map instanceof Y.Map) {
		if (!map.has(id)) map.set(id, value);
	} else if (!row.has(ownKeyPrefix + id)) row.set(ownKeyPrefix + id, value);
	return true;
}
