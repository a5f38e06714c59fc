/** A value that changes over time, for code that must not know Svelte. */
export interface Observable<T> {
	current(): T;
	/** Calls back after each change, not at once. Returns the unsubscribe function. */
	subscribe(listener: () => void): () => void;
}

export interface Source<T> extends Observable<T> {
	/** Keeps the old value and stays silent when the new one is the same by Object.is. */
	set(value: T): void;
}

export function createSource<T>(initial: T): Source<T> {
	let value = initial;
	const listeners = new Set<() => void>();
	return {
		current: () => value,
		set(next) {
			if (Object.is(value, next)) return;
			value = next;
			for (const listener of [...listeners]) listener();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
}
