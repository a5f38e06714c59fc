/**
 * Resolves when the work is done, has failed, or time is up; the work itself is not called off. For
 * what is good to wait for and must not be waited for for ever.
 */
export function atMost(maxMs: number, work: () => Promise<unknown>): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, maxMs);
		const done = () => {
			clearTimeout(timer);
			resolve();
		};
		work().then(done, done);
	});
}
