/** Times, sizes and tables: what every bench needs to say what it found. Figures never fail a run. */

export interface Figure {
	readonly what: string;
	readonly figure: string;
	/** What docs/architecture.md promises; absent where it promises nothing. */
	readonly bar?: string;
}

const GC_ROUNDS = 3;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Milliseconds. */
export async function timed<T>(run: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
	const started = performance.now();
	const value = await run();
	return { ms: performance.now() - started, value };
}

const toText = (ms: number): string => ms.toFixed(ms < 10 ? 1 : 0);

export const inMs = (ms: number): string => `${toText(ms)} ms`;
export const inMB = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
export const inKB = (bytes: number): string => `${(bytes / 1e3).toFixed(1)} kB`;

/** `share` from 0 to 1; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
	const sorted = samples.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function spread(samples: readonly number[], shares: readonly number[] = [0.5, 0.95]) {
	const parts = shares.map((share) => `p${share * 100} ${toText(percentile(samples, share))}`);
	return `${parts.join(' · ')} · max ${toText(percentile(samples, 1))} ms (n ${samples.length})`;
}

/** What this process holds after a collection; needs --expose-gc to mean anything. */
export async function heldBytes(): Promise<number> {
	for (let i = 0; i < GC_ROUNDS; i++) {
		globalThis.gc?.();
		await pause(20); // finalisers free what they kept between two collections
	}
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

export function printFigures(title: string, figures: readonly Figure[]): void {
	const all = [{ what: title, figure: 'figure', bar: 'bar' }, ...figures];
	const width = (key: keyof Figure) => Math.max(...all.map((line) => (line[key] ?? '').length));
	const line = ({ what, figure, bar = '' }: Figure) =>
		`  ${what.padEnd(width('what'))}  ${figure.padEnd(width('figure'))}  ${bar}`.trimEnd();
	const [head, ...rest] = all.map(line);
	console.log(['', head, `  ${'─'.repeat(head!.length - 2)}`, ...rest].join('\n'));
}
