/** For the benches that need `$lib`: run by run.ts, never by `npm test`. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

export default defineConfig({
	root,
	resolve: { alias: { $lib: `${root}src/lib` } },
	test: {
		include: ['tests/bench/*.bench.ts'],
		environment: 'node',
		execArgv: ['--expose-gc'],
		// One after the other, and nothing else on the machine's cores.
		fileParallelism: false,
		disableConsoleIntercept: true,
		expect: { requireAssertions: true },
		testTimeout: 300_000,
		hookTimeout: 300_000
	}
});
