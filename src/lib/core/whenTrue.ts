import type { Observable } from '$lib/base/observable.ts';

/**
 * Resolves when the condition holds after a change of one of the sources, or when time is up;
 * without `maxMs` it waits for as long as it takes.
 */
export function whenTrue(
	sources: readonly Pick<Observable<unknown>, 'subscribe'>[],
	condition: () => boolean,
	maxMs?: number
): Promise<void> {
	return new Promise((resolve) => {
		if (condition()) return resolve();
		const stops = sources.map((source) => source.subscribe(() => condition() && finish()));
		const timer = maxMs === undefined ? undefined : setTimeout(finish, maxMs);
		function finish() {
			clearTimeout(timer);
			stops.forEach((stop) => stop());
			resolve();
		}
	});
}
