/**
 * How wrong tries at the app lock slow down the next one. Pure: the vault stores the state before
 * it looks at a secret, so that killing the tab does not save a try.
 */

export interface Tries {
	/** Since the last right one. */
	readonly failed: number;
	/** What had still to be waited when the clock showed `seenAtMs`. */
	readonly leftMs: number;
	readonly seenAtMs: number;
}

export const noTries: Tries = { failed: 0, leftMs: 0, seenAtMs: 0 };

export const FREE_TRIES = 5;
const MINUTE_MS = 60_000;
/** After the fifth wrong try, the sixth, and so on; the last holds for all later ones. */
const WAITS_MS = [MINUTE_MS / 2, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS];

/**
 * The state as of now. A clock that was set back counts as no time passed: what was left is still
 * left, neither less nor until the clock has caught up.
 */
export function triesAt(tries: Tries, nowMs: number): Tries {
	const passedMs = Math.max(0, nowMs - tries.seenAtMs);
	return {
		failed: tries.failed,
		leftMs: Math.max(0, tries.leftMs - passedMs),
		seenAtMs: nowMs
	};
}

/** Counts a try as wrong before it is looked at. Only when nothing is left to wait. */
export function countTry(tries: Tries, nowMs: number): Tries {
	const failed = tries.failed + 1;
	const step = Math.min(failed - FREE_TRIES, WAITS_MS.length - 1);
	return { failed, leftMs: WAITS_MS[step] ?? 0, seenAtMs: nowMs };
}
