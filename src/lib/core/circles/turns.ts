/** One thing at a time for each name, in the order asked for. */
export interface Turns<K> {
	/** What fails does not keep the next from its turn. */
	run<T>(name: K, task: () => Promise<T>): Promise<T>;
	/** Resolves when what was asked for so far is over. */
	over(name: K): Promise<unknown>;
}

export function createTurns<K>(): Turns<K> {
	const turns = new Map<K, Promise<unknown>>();
	return {
		run(name, task) {
			const run = (turns.get(name) ?? Promise.resolve()).then(task);
			const over = run
				.catch(() => undefined)
				.then(() => {
					if (turns.get(name) === over) turns.delete(name);
				});
			turns.set(name, over);
			return run;
		},
		over: (name) => turns.get(name) ?? Promise.resolve()
	};
}
