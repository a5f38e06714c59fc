/** `npm run bench [name…]`: every bench, or those named, one after the other. Figures fail nothing. */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = [
	'node_modules/vitest/vitest.mjs',
	'run',
	'--reporter=dot',
	'--config',
	'tests/bench/vitest.config.ts'
];

const benches: Readonly<Record<string, readonly string[]>> = {
	verify: [...vitest, 'verify'],
	roomOpen: [...vitest, 'roomOpen'],
	ledgerView: [...vitest, 'ledgerView'],
	ledgerNumbers: [...vitest, 'ledgerNumbers'],
	talkMatrix: [...vitest, 'talkMatrix'],
	keyToColleague: [...vitest, 'keyToColleague'],
	todayCold: [...vitest, 'todayCold'],
	talksCold: [...vitest, 'talksCold'],
	relayFanOut: ['tests/bench/relayFanOut.ts'],
	firstLoad: ['tests/bench/firstLoad.ts'],
	longWriting: ['tests/bench/longWriting.ts'],
	grid: ['tests/bench/grid.ts']
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
	console.error(
		`No bench is called ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`
	);
	process.exit(1);
}

for (const [name, args] of Object.entries(benches)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	const load = loadavg()[0]?.toFixed(1);
	console.log(`\n── ${name} (load ${load} on ${cpus().length} cores, Node ${process.version})`);
	const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
	if (status !== 0) process.exitCode = 1;
}
