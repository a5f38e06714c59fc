/**
 * Somebody took a device of his own out, which takes no secretary; the commons key is renewed by
 * one, after a wait, so that seldom two do it.
 */
import type { Clock } from '$lib/base/clock.ts';
import type { Observable } from '$lib/base/observable.ts';
import type { Roster } from '$lib/protocol/roster/roster.ts';
import type { Connection } from '../workspaceSession.ts';

export interface RotationOptions {
	readonly roster: Observable<Roster>;
	readonly connection: Observable<Connection>;
	readonly clock: Clock;
	/** Whether it falls to this tab of this device. */
	readonly isOurs: () => boolean;
	readonly rotateIfDue: () => Promise<unknown>;
	readonly waitMs: () => number;
}

const REST_MS = 10 * 60_000;

/** Since the newest rotation. */
function isSomebodyGone({ devices, rotations }: Roster): boolean {
	const since = rotations.at(-1)?.seq ?? 0;
	return [...devices.values()].some(({ retired }) => (retired ?? -1) > since);
}

/** `consider` looks whether it has become this tab's to do. */
export function rotateWhenDue(options: RotationOptions): { consider(): void; stop(): void } {
	const { roster, connection, clock } = options;
	let rotatedAt = -Infinity;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function rotate() {
		rotatedAt = clock.now();
		options.rotateIfDue().catch(() => undefined);
	}

	function consider() {
		if (!roster.current().rotationDue || !options.isOurs()) return;
		clearTimeout(timer);
		// A kit or a link that is replaced again and again must not keep everybody busy.
		const rest = isSomebodyGone(roster.current()) ? 0 : rotatedAt + REST_MS - clock.now();
		timer = setTimeout(rotate, Math.max(options.waitMs(), rest));
	}

	const stops = [
		roster.subscribe(consider),
		connection.subscribe(() => connection.current() === 'online' && consider())
	];
	consider();
	return {
		consider,
		stop() {
			clearTimeout(timer);
			stops.forEach((stop) => stop());
		}
	};
}
