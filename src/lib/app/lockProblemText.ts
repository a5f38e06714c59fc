/** Why a lock did not open, in words. */
import type { UnlockProblem } from '$lib/core/keys/vault.ts';
import { FREE_TRIES } from '$lib/core/keys/wrongTries.ts';
import { m } from '$lib/paraglide/messages.js';
import { leftToText } from './Countdown.svelte.ts';

/** `isCounting`: the screen itself shows how long is left. */
export function lockProblemText(problem: UnlockProblem, isCounting = false): string | null {
	if (problem.kind === 'unavailable') return m.lock_problem_passkey();
	const { failed, waitMs } = problem.lock;
	const wait = waitMs > 0 ? m.lock_problem_wait({ time: leftToText(waitMs) }) : '';
	if (problem.kind === 'wait') return isCounting ? null : wait;
	if (failed < FREE_TRIES) return m.lock_problem_wrong_left({ left: FREE_TRIES - failed });
	return isCounting ? m.lock_problem_wrong() : m.lock_problem_wrong() + (wait && ` ${wait}`);
}
