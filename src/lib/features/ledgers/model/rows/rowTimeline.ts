/** What happened to a row in one line of time: fields that changed, and the steps of its life. */
import type { Life } from '../life/life.ts';
import type { LifeEvent } from '../life/lifeEvent.ts';
import type { RowChange } from './rowHistory.ts';

export type EventEffect = 'applied' | 'duplicate' | 'retracted' | 'ignored' | 'conflict';

interface Dated {
	/** Stands still while the row goes on. */
	readonly key: string;
	/** ISO instant by its author's clock. */
	readonly at: string;
	/** Member id. */
	readonly by: string;
}
export interface ChangeEntry extends Dated {
	readonly kind: 'change';
	readonly change: RowChange;
}
export interface EventEntry extends Dated {
	readonly kind: 'event';
	readonly event: LifeEvent;
	readonly effect: EventEffect;
}
export interface CreatedEntry extends Dated {
	readonly kind: 'created';
}
export type TimelineEntry = ChangeEntry | EventEntry | CreatedEntry;

export interface TimelineSource {
	readonly life: Life;
	readonly createdBy: string | null;
	readonly createdAt: string | null;
}

function effectsOf(life: Life): Map<string, EventEffect> {
	const all = (effect: EventEffect, events: readonly LifeEvent[]) =>
		events.map(({ id }): [string, EventEffect] => [id, effect]);
	return new Map([
		...all('applied', life.applied),
		...all('duplicate', life.duplicates),
		...all('retracted', life.retracted),
		...all('ignored', life.ignored),
		...all(
			'conflict',
			life.conflicts.map(({ event }) => event)
		)
	]);
}

function eventEntries(life: Life): EventEntry[] {
	const effects = effectsOf(life);
	return life.all
		.map((event): EventEntry => {
			const effect = effects.get(event.id) ?? 'ignored';
			return { kind: 'event', key: `event ${event.id}`, at: event.at, by: event.by, event, effect };
		})
		.reverse();
}

const changeEntries = (changes: readonly RowChange[]): ChangeEntry[] =>
	changes.map((change, at) => ({
		kind: 'change',
		// Counted from the oldest: a new one on top leaves the others' keys alone.
		key: `change ${changes.length - at}`,
		at: change.at,
		by: change.by,
		change
	}));

/** A step and the fields it settled are written within the same second: the step comes on top. */
const secondOf = ({ at }: Dated): string => at.slice(0, 19);

/** The latest first. Each of the two keeps its own order, whatever the clocks said. */
export function rowTimeline(
	changes: readonly RowChange[],
	{ life, createdBy, createdAt }: TimelineSource
): TimelineEntry[] {
	const [left, right] = [eventEntries(life), changeEntries(changes)];
	const entries: TimelineEntry[] = [];
	while (left.length > 0 && right.length > 0)
		entries.push(secondOf(left[0]!) >= secondOf(right[0]!) ? left.shift()! : right.shift()!);
	entries.push(...left, ...right);
	if (createdAt !== null)
		entries.push({ kind: 'created', key: 'created', at: createdAt, by: createdBy ?? '' });
	return entries;
}
