/**
 * The language of the page. Messages read it through a rune, so that switching needs no reload and
 * loses nothing that is being typed.
 */
import {
	extractLocaleFromNavigator,
	isLocale,
	overwriteGetLocale
} from '$lib/paraglide/runtime.js';
import { baseLocale, type Locale } from '$lib/paraglide/runtime.js';
import { storedChoice, type StoredChoice } from './storedChoice.ts';

export type { Locale };

export function createLocale(
	stored: StoredChoice,
	preferred: () => Locale | undefined,
	apply: (locale: Locale) => void
) {
	let current = $state<Locale>(baseLocale);
	return {
		get current() {
			return current;
		},
		set(next: Locale) {
			current = next;
			stored.write(next);
			apply(next);
		},
		/** What was chosen last time, else what the browser prefers, else Chinese. */
		start() {
			const kept = stored.read();
			current = isLocale(kept) ? kept : (preferred() ?? baseLocale);
			apply(current);
		}
	};
}

export const locale = createLocale(
	// Paraglide's own key: its localStorage strategy and this agree.
	storedChoice('PARAGLIDE_LOCALE'),
	extractLocaleFromNavigator,
	(chosen) => (document.documentElement.lang = chosen)
);

/** Once, in the root layout, before anything is shown. */
export function startLocale(): void {
	overwriteGetLocale(() => locale.current);
	locale.start();
}
