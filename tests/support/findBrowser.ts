/**
 * A Chromium for the browser tests: the first candidate that really starts. Says which one it took,
 * and what to do when there is none.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';

export const launchArgs = [
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
];

const SPARTICUZ = '@sparticuz/chromium@153';

async function starts(executablePath: string): Promise<boolean> {
	try {
		const browser = await chromium.launch({ executablePath, args: launchArgs, timeout: 30_000 });
		await browser.close();
		return true;
	} catch {
		return false;
	}
}

function onPath(name: string): string | null {
	const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
	return found.status === 0 ? found.stdout.trim() : null;
}

function quietly(command: string, args: readonly string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore', timeout: 600_000 });
		return true;
	} catch {
		return false;
	}
}

async function fromNpm(): Promise<string | null> {
	const folder = join(tmpdir(), 'tongxin-test-browser');
	mkdirSync(folder, { recursive: true });
	if (!quietly('npm', ['install', '--prefix', folder, '--no-save', SPARTICUZ])) return null;
	const entry = join(folder, 'node_modules', '@sparticuz', 'chromium', 'build', 'esm', 'index.js');
	const { default: packed } = (await import(pathToFileURL(entry).href)) as {
		default: { executablePath(): Promise<string> };
	};
	return packed.executablePath();
}

function fromApt(name: string): Found {
	if (process.getuid?.() !== 0 || !onPath('apt-get')) return null;
	const install = `apt-get update && apt-get install -y ${name} fonts-wqy-microhei`;
	return quietly('sh', ['-c', install]) ? onPath(name) : null;
}

type Found = string | false | null | undefined;

const candidates: readonly (readonly [name: string, find: () => Found | Promise<Found>])[] = [
	['CHROMIUM_PATH', () => process.env.CHROMIUM_PATH],
	["Playwright's own", () => chromium.executablePath()],
	...[
		// Without the windows and menus nobody sees: a fifth less time.
		'chromium-headless-shell',
		'google-chrome',
		'google-chrome-stable',
		'chromium',
		'chromium-browser',
		'microsoft-edge'
	].map((name) => [name, () => onPath(name)] as const),
	[
		"Playwright's own, installed now",
		() =>
			quietly('npx', ['playwright', 'install', '--only-shell', 'chromium'])
				? chromium.executablePath()
				: null
	],
	['chromium-headless-shell, installed now with apt-get', () => fromApt('chromium-headless-shell')],
	['chromium, installed now with apt-get', () => fromApt('chromium')],
	[`${SPARTICUZ}, installed now`, fromNpm]
];

/** Path of a Chromium that starts. Exits with advice when there is none. */
export async function findBrowser(): Promise<string> {
	for (const [name, find] of candidates) {
		const path = await Promise.resolve(find()).catch(() => null);
		if (!path || !(await starts(path))) continue;
		process.stdout.write(`Browser for the tests: ${name} (${path})\n`);
		return path;
	}
	process.stderr.write(
		'No Chromium was found and none could be installed.\n' +
			'Install Chrome or Chromium, or set CHROMIUM_PATH to one, and run "npm test" again.\n'
	);
	process.exit(1);
}
