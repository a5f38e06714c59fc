import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { attachRelay } from './server/attach.ts';

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
	test: {
		include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'tests/{sync,support}/**/*.test.ts'],
		environment: 'node',
		expect: { requireAssertions: true },
		testTimeout: 20_000
	}
});
