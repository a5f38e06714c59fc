/** From an Observable, which knows no Svelte, to something a component can read and follow. */
import { createSubscriber } from 'svelte/reactivity';
import type { Observable } from '$lib/base/observable.ts';

export interface Observed<T> {
	readonly current: T;
}

/** Subscribes while something reactive reads it, and only then. */
export function observed<T>(source: Observable<T>): Observed<T> {
	const follow = createSubscriber((update) => source.subscribe(update));
	return {
		get current() {
			follow();
			return source.current();
		}
	};
}
