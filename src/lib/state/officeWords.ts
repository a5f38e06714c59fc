/**
 * A form that is handed in speaks Chinese, whatever language the screen speaks. Messages ask for the
 * language each time they are read, so it is another one for as long as a form is made.
 */
import { getLocale, overwriteGetLocale } from '$lib/paraglide/runtime.js';

/** `make` must not wait for anything. */
export function inOfficeWords<T>(make: () => T): T {
	const before = getLocale;
	overwriteGetLocale(() => 'zh-Hans');
	try {
		return make();
	} finally {
		overwriteGetLocale(before);
	}
}
