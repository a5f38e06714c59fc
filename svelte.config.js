import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	// Our own files are runes only; lucide-svelte is still written in Svelte 4 syntax.
	compilerOptions: {
		runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true)
	},
	kit: {
		adapter: adapter({ fallback: '200.html', precompress: true }),
		// The shell is one static page served by the relay for every address; see docs/architecture.md.
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'connect-src': ['self', 'ws:', 'wss:'],
				'worker-src': ['self'],
				'manifest-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['none']
			}
		},
		typescript: {
			config: (config) => ({
				...config,
				include: [...config.include, '../server/**/*', '../tests/**/*.ts', '../*.config.ts'],
				// Kit leaves the service worker out for its other globals; it names its own.
				exclude: config.exclude.filter(
					(/** @type {string} */ path) => !path.includes('service-worker')
				)
			})
		}
	}
};
