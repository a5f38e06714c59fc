/** What is wrong with a recovery card or with coming back by it, in words. */
import { m } from '$lib/paraglide/messages.js';
import type { RecoverProblem } from './recover.ts';
import type { KitTextFault } from './recoverKit.ts';

/** `not-loaded`: a part of the app that is fetched when it is needed did not come. */
export type RestoreProblem = RecoverProblem | 'not-loaded';

const problems: Record<RestoreProblem, () => string> = {
	unreachable: m.recovery_problem_unreachable,
	'unknown-workspace': m.recovery_problem_unknown_workspace,
	'kit-unknown': m.recovery_problem_kit_unknown,
	damaged: m.recovery_problem_damaged,
	'not-a-backup': m.recovery_problem_not_a_backup,
	'wrong-key': m.recovery_problem_wrong_key,
	'newer-format': m.recovery_problem_newer_format,
	aborted: m.recovery_problem_aborted,
	'disk-full': m.recovery_problem_disk_full,
	'store-failed': m.recovery_problem_store_failed,
	'no-code': m.recovery_problem_no_code,
	'bad-code': m.recovery_problem_bad_code,
	'too-many-tries': m.recovery_problem_too_many_tries,
	'other-workspace': m.recovery_problem_other_workspace,
	'not-loaded': m.recovery_problem_not_loaded
};

/** Every browser has words of its own for a module that it could not fetch; all say `module`. */
export const thrownProblem = (error: unknown): RestoreProblem =>
	error instanceof TypeError && /\bmodule\b/i.test(error.message) ? 'not-loaded' : 'store-failed';

export const recoverProblemText = (problem: RestoreProblem): string => problems[problem]();

export function kitFaultText(fault: KitTextFault): string {
	switch (fault.kind) {
		case 'unknown-character': {
			const { position, character } = fault;
			return m.recovery_restore_words_unknown({ position, character });
		}
		case 'wrong-count':
			return m.recovery_restore_words_count({ count: fault.count });
		case 'wrong-checksum':
			return m.recovery_restore_words_checksum();
		case 'empty':
			return m.recovery_restore_text_empty();
		case 'bad-link':
			return m.recovery_restore_text_link();
		case 'bad-key':
			return m.recovery_restore_text_key();
	}
}
