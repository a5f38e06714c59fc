/**
 * `npm test`: every check and every test, in the order in which a fault is cheapest to find. Ends
 * with `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from '../server/requireNode.js';

requireNode();

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tongxin-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
/** Names of what failed, told once more at the end: a log is often read from there. */
const failures = [];

/** Every relay, worker and tool is a process of its own: what one has compiled the next takes over. */
process.env.NODE_COMPILE_CACHE ??= join(folder, 'compiled');

const title = (name) => process.stdout.write(`\n── ${name}\n`);
const bin = (path) => join('node_modules', path);
const indent = (text) =>
	text
		.split('\n')
		.slice(0, 12)
		.map((line) => `  ${line}`)
		.join('\n');

function fail(name, count = 1) {
	total.failed += count;
	failures.push(name);
}

function run(name, args, env = {}) {
	title(name);
	const { status } = spawnSync(process.execPath, args, {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, ...env }
	});
	return status === 0;
}

/** A check counts as one test. What it says is kept until those before it have spoken. */
function check({ args }) {
	const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
	const said = [];
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(part));
	return new Promise((resolve) => {
		child.on('error', (error) => said.push(Buffer.from(`${error}\n`)));
		child.on('close', (status) => resolve({ ok: status === 0, said: Buffer.concat(said) }));
	});
}

/** As many at a time as there are cores, each after the one whose files it needs. */
async function runChecks(checks) {
	const results = new Map(checks.map(({ name }) => [name, Promise.withResolvers()]));
	const waiting = [...checks];
	const done = new Set();
	const isReady = ({ after }) => !after || done.has(after);
	async function work() {
		while (waiting.length > 0) {
			const [next] = waiting.splice(Math.max(0, waiting.findIndex(isReady)), 1);
			if (!isReady(next)) await results.get(next.after).promise;
			results.get(next.name).resolve(await check(next));
			done.add(next.name);
		}
	}
	for (let core = 0; core < availableParallelism(); core++) void work();
	for (const { name } of checks) {
		const { ok, said } = await results.get(name).promise;
		title(name);
		process.stdout.write(said);
		if (ok) total.passed += 1;
		else fail(name);
	}
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
	total.skipped += report?.numPendingTests ?? 0;
	const results = (report?.testResults ?? []).filter(({ status }) => status === 'failed');
	for (const { name, message, assertionResults } of results) {
		const failed = assertionResults.filter(({ status }) => status === 'failed');
		for (const { fullName, failureMessages } of failed)
			fail(`${relative(root, name)} › ${fullName}\n${indent(failureMessages.join('\n'))}`);
		// A file that does not load fails no test of its own.
		if (failed.length === 0) fail(`${relative(root, name)}\n${indent(message)}`);
	}
	if (!ok && results.length === 0) fail('unit and sync tests did not end well');
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
	total.skipped += stats?.skipped ?? 0;
	if (stats?.unexpected) fail('screens, as listed above', stats.unexpected);
	else if (!ok) fail('screens did not end well');
}

// The longest comes as soon as it can; what needs nothing keeps the other core busy until then.
await runChecks([
	{
		name: 'messages',
		args: [
			bin('@inlang/paraglide-js/bin/run.js'),
			...['compile', '--project', './src/project.inlang', '--outdir', './src/lib/paraglide'],
			'--emit-ts-declarations'
		]
	},
	{
		name: 'formatting',
		args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']
	},
	{ name: 'kit', after: 'messages', args: [bin('@sveltejs/kit/svelte-kit.js'), 'sync'] },
	{ name: 'lint', after: 'kit', args: [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
	{
		name: 'types',
		after: 'kit',
		args: [bin('svelte-check/bin/svelte-check'), '--fail-on-warnings', '--output', 'human']
	},
	{ name: 'rules of the SPECs', args: ['tests/support/specRules.ts'] },
	{ name: 'paths in the documents', args: ['tests/support/documentPaths.ts'] },
	{
		name: 'build',
		after: 'kit',
		args: [bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn']
	}
]);
unitTests();
await screenTests();

rmSync(folder, { recursive: true, force: true });
if (failures.length > 0) title(`failed\n${failures.join('\n')}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed === 0 ? 0 : 1);
