/**
 * `npm start`: builds the app when its sources are newer than the build, then starts the relay that
 * serves both. Plain JavaScript, so that an old Node can still say what is wrong.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from './requireNode.js';

requireNode();

const root = fileURLToPath(new URL('..', import.meta.url));

function newest(path) {
	const { mtimeMs } = statSync(path);
	if (!statSync(path).isDirectory() || path.endsWith('paraglide'))
		return path.endsWith('paraglide') ? 0 : mtimeMs;
	return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isStale() {
	const built = join(root, 'build', '200.html');
	if (!existsSync(built)) return true;
	const sources = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package.json'].map(
		(name) => join(root, name)
	);
	return Math.max(...sources.map(newest)) > statSync(built).mtimeMs;
}

if (isStale()) {
	const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
	const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: root,
		stdio: 'inherit'
	});
	if (status !== 0) process.exit(status ?? 1);
}

await import('./main.ts');
