/** What a browser without idle callbacks (Safari) is given instead: a little at a time. */
const SLICE_MS = 8;
const REST_MS = 60;

/** Runs `step` while the page has nothing else to do, until it says false. Gives the way to stop it. */
export function whileIdle(step: () => boolean): () => void {
	let stopped = false;
	const work = (isTime: () => boolean): void => {
		while (!stopped && isTime()) if (!step()) return;
		if (!stopped) next();
	};
	const next = (): void => {
		if ('requestIdleCallback' in globalThis)
			requestIdleCallback((deadline) => work(() => deadline.timeRemaining() > 4));
		else {
			const end = performance.now() + SLICE_MS + REST_MS;
			setTimeout(() => work(() => performance.now() < end), REST_MS);
		}
	};
	next();
	return () => void (stopped = true);
}
