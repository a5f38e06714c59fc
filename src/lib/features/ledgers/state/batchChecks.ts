import { m } from '$lib/paraglide/messages.js';

/** What is looked at before words from a talk go into the problem list (domain notes 6.3). */
export const batchChecks = (): string[] => [
	m.batches_check_names(),
	m.batches_check_quotes(),
	m.batches_check_dates(),
	m.batches_check_rewritten()
];
