/**
 * `npm test`: every check and every test, in the order in which a fault is cheapest to find. Ends
 * with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from '../server/requireNode.js';

requireNode();

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tongxin-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };

function run(name, args, env = {}) {
	process.stdout.write(`\n── ${name}\n`);
	const { status } = spawnSync(process.execPath, args, {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, ...env }
	});
	return status === 0;
}

const bin = (path) => join('node_modules', path);

/** A check counts as one test. */
function check(name, ...args) {
	if (run(name, args)) total.passed += 1;
	else total.failed += 1;
}

function readReport(path) {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return null;
	}
}

function unitTests() {
	const path = join(folder, 'unit.json');
	const ok = run('unit and sync tests', [
		bin('vitest/vitest.mjs'),
		'run',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${path}`
	]);
	const report = readReport(path);
	total.passed += report?.numPassedTests ?? 0;
	total.failed += report?.numFailedTests ?? 0;
	total.skipped += report?.numPendingTests ?? 0;
	// A file that does not load fails no test of its own.
	if (!ok && !report?.numFailedTests) total.failed += 1;
}

async function screenTests() {
	const { findBrowser } = await import('./support/findBrowser.ts');
	const path = join(folder, 'screens.json');
	const env = { CHROMIUM_PATH: await findBrowser(), PLAYWRIGHT_JSON_OUTPUT_NAME: path };
	const ok = run(
		'screens',
		[
			bin('@playwright/test/cli.js'),
			'test',
			'--config',
			'tests/e2e/playwright.config.ts',
			'--reporter=list,json'
		],
		env
	);
	const stats = readReport(path)?.stats;
	total.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0);
	total.failed += stats?.unexpected ?? 0;
	total.skipped += stats?.skipped ?? 0;
	if (!ok && !stats?.unexpected) total.failed += 1;
}

check(
	'messages',
	bin('@inlang/paraglide-js/bin/run.js'),
	'compile',
	'--project',
	'./src/project.inlang',
	'--outdir',
	'./src/lib/paraglide',
	'--emit-ts-declarations'
);
check('kit', bin('@sveltejs/kit/svelte-kit.js'), 'sync');
check('formatting', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.');
check('lint', bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0');
check('types', bin('svelte-check/bin/svelte-check'), '--fail-on-warnings', '--output', 'human');
check('rules of the SPECs', 'tests/support/specRules.ts');
check('paths in the documents', 'tests/support/documentPaths.ts');
unitTests();
check('build', bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn');
await screenTests();

rmSync(folder, { recursive: true, force: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed === 0 ? 0 : 1);
