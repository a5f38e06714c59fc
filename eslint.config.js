import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import tongxin from './.ci/lint/layers.js';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{
		ignores: ['build', '.svelte-kit', 'src/lib/paraglide', 'node_modules', 'data', 'test-results']
	},
	...ts.configs.recommendedTypeChecked,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		plugins: { tongxin },
		rules: {
			'tongxin/layers': 'error',
			'tongxin/no-cycles': 'error',
			'no-undef': 'off', // the type checker knows better
			'no-console': 'error',
			eqeqeq: ['error', 'always'],
			'@typescript-eslint/no-base-to-string': 'off', // misfires on Y.Text
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{
					fixStyle: 'separate-type-imports',
					prefer: 'type-imports',
					disallowTypeAnnotations: false
				}
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' }
			],
			'@typescript-eslint/require-await': 'off', // ports are asynchronous, adapters need not be
			'@typescript-eslint/unbound-method': 'off', // Paraglide's messages and our closures need no this
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// SvelteKit's resolve() serves base paths; the app lives at the root of its origin.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			// The linter sees generics of components and rune modules as any; svelte-check types them.
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/no-redundant-type-constituents': 'off',
			// Maps in here are built anew or are caches behind a subscriber; what is shown is state.
			'svelte/prefer-svelte-reactivity': 'off'
		}
	},
	{
		files: ['**/*.ts'],
		// Types that a component's module script exports come out as errors outside svelte-check.
		rules: {
			'@typescript-eslint/no-redundant-type-constituents': 'off'
		}
	},
	{
		files: ['**/*.js'],
		extends: [ts.configs.disableTypeChecked]
	},
	{
		files: ['server/**', 'tests/**', '.ci/**'],
		rules: { 'no-console': 'off' }
	},
	{
		files: ['**/*.test.ts', '**/*Contract.ts'],
		rules: { '@typescript-eslint/no-non-null-assertion': 'off' }
	}
);
