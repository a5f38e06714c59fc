/** The event for a step that somebody takes now, in knowledge of everything this device has. */
import type { Life } from './life.ts';
import { maxParents, type EventExtras, type EventType, type LifeEvent } from './lifeEvent.ts';

const isSaid = ([, value]: [string, unknown]): boolean => value !== undefined && value !== '';

export function nextEvent(
	life: Pick<Life, 'heads' | 'nextTick' | 'status'>,
	type: EventType,
	by: string,
	nowIso: string,
	id: string,
	extras: EventExtras = {}
): LifeEvent {
	return {
		...(Object.fromEntries(Object.entries(extras).filter(isSaid)) as EventExtras),
		id,
		type,
		by,
		at: nowIso,
		tick: life.nextTick,
		after: life.heads.slice(-maxParents),
		from: life.status
	};
}
