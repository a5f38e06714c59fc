import { m } from '$lib/paraglide/messages.js';
import { parseYearTitle } from '../model/yearTitle.ts';

/** Made for a year: called in the language of who reads. */
export function ledgerTitle(title: string): string {
	const made = parseYearTitle(title);
	if (made === null) return title;
	const { year, number } = made;
	return number === 1 ? m.ledgers_new_title({ year }) : m.ledgers_new_title_more({ year, number });
}
