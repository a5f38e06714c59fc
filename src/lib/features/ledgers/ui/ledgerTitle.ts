import { m } from '$lib/paraglide/messages.js';

/** A list made for a year is titled with the bare year, so that it reads well in any language. */
export const ledgerTitle = (title: string): string =>
	/^\d{4}$/.test(title) ? m.ledgers_new_title({ year: title }) : title;
