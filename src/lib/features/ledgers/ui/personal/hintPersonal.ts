import { m } from '$lib/paraglide/messages.js';
import { toasts } from '$lib/ui/toasts.svelte.ts';

/** Said when a problem of the shared list becomes one person's; nothing is refused. */
export function hintPersonal(column: string, value: string): void {
	if (column === 'level' && value === 'person')
		toasts.show({ text: m.personal_hint(), key: 'ledgers personal' });
}
