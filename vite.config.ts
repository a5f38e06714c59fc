import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { availableParallelism } from 'node:os';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { attachRelay } from './server/attach.ts';

/** Small and in use nearly everywhere: components, words, state, and what they stand on. */
const SHARED =
	/src\/lib\/(base|state|ui|paraglide\/(runtime|messages\/(ui|app)_))|node_modules\/(svelte|lucide-svelte|@sveltejs\/kit|devalue)\//;

/** The same relay inside Vite's own server, so that `npm run dev` is one command. */
const relay: Plugin = {
	name: 'tongxin-relay',
	apply: () => !process.env.VITEST,
	configureServer: ({ httpServer, middlewares }) =>
		void (httpServer && attachRelay(httpServer, middlewares, import.meta.dirname)),
	configurePreviewServer: ({ httpServer, middlewares }) =>
		void attachRelay(httpServer, middlewares, import.meta.dirname)
};

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './src/project.inlang',
			outdir: './src/lib/paraglide',
			emitTsDeclarations: true
		}),
		sveltekit(),
		relay
	],
	build: {
		rolldownOptions: {
			output: {
				// What many screens share comes as one file and not as a hundred: each costs a request.
				codeSplitting: {
					groups: [{ name: 'shared', test: SHARED, minShareCount: 6 }]
				}
			}
		}
	},
	test: {
		include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'tests/{sync,support}/**/*.test.ts'],
		environment: 'node',
		expect: { requireAssertions: true },
		testTimeout: 20_000,
		// Many wait for a relay more than they work: no core is left free for the runner.
		maxWorkers: availableParallelism()
	}
});
