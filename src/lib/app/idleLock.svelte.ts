/** Locks when nobody has touched any tab for a while: the choice of how long, and the watch. */
import { systemClock } from '$lib/base/clock.ts';
import { storedChoice } from '$lib/state/storedChoice.ts';
import { createIdleTime } from './idleTime.ts';

export const idleChoices = [1, 5, 15, 60] as const;
export type IdleMinutes = (typeof idleChoices)[number];

const DEFAULT_MINUTES: IdleMinutes = 15;
const MINUTE_MS = 60_000;
const CHECK_EVERY_MS = 5_000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

const chosen = storedChoice('idle-lock-minutes');
const lastInput = storedChoice('last-input');

/** Read anew each time: another tab may have chosen. */
function readMinutes(): IdleMinutes {
	const minutes = Number(chosen.read());
	return idleChoices.find((one) => one === minutes) ?? DEFAULT_MINUTES;
}

class IdleLock {
	#minutes = $state<IdleMinutes>(readMinutes());

	get minutes() {
		return this.#minutes;
	}
	set minutes(next: IdleMinutes) {
		this.#minutes = next;
		chosen.write(String(next));
	}
}

export const idleLock = new IdleLock();

/** Calls once, when the time is up; gives the way to stop watching. */
export function watchIdle(onIdle: () => void): () => void {
	const idle = createIdleTime(lastInput, systemClock);
	const stop = new AbortController();
	const limitMs = () => readMinutes() * MINUTE_MS;
	const finish = () => {
		stop.abort();
		onIdle();
	};
	const look = () => idle.isUp(limitMs()) && finish();
	const touch = () => idle.touch(limitMs()) || finish();

	const timer = setInterval(look, CHECK_EVERY_MS);
	stop.signal.addEventListener('abort', () => clearInterval(timer));
	const options = { signal: stop.signal, passive: true, capture: true };
	for (const input of INPUTS) addEventListener(input, touch, options);
	// A phone that slept runs no timer: the first thing on waking is to look at the clock.
	document.addEventListener('visibilitychange', look, options);
	addEventListener('pageshow', look, options);
	return () => stop.abort();
}
