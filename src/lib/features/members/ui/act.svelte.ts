/** One act on the roster at a time: whether it is under way, and why it did not happen. */
import type { Act, AdministrationFault } from '$lib/core/roster/administration.ts';

export function createAct() {
	let busy = $state(false);
	let fault = $state<AdministrationFault | null>(null);
	return {
		get busy() {
			return busy;
		},
		get fault() {
			return fault;
		},
		clear() {
			fault = null;
		},
		/** What the act gave; null when it did not happen or another is under way. */
		async run<T>(act: () => Act<T>): Promise<{ readonly value: T } | null> {
			if (busy) return null;
			busy = true;
			fault = null;
			try {
				const result = await act();
				if (result.ok) return { value: result.value };
				fault = result.error;
				return null;
			} finally {
				busy = false;
			}
		}
	};
}
