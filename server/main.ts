/** Starts the relay: reads the environment, constructs, listens, and takes it down again. */
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../src/lib/base/clock.ts';
import { newId } from '../src/lib/base/ids.ts';
import { parseConfig, usage, type RelayConfig } from './config.ts';
import { createLog, errorName } from './log.ts';
import { defaultTuning } from './relayOptions.ts';
import { createRelay } from './relay.ts';
import { createFileBlobs } from './storage/fileBlobs.ts';
import { openSqliteStorage, type OpenFault } from './storage/sqliteStorage.ts';

const OPEN_FAULTS: Record<OpenFault, string> = {
	'newer-schema': 'was written by a newer version of Tongxin; use that version or another folder',
	'in-use': 'is in use by another relay; stop it or set DATA_DIR to another folder',
	unreadable: 'cannot be read or written as a relay store'
};
const NO_AUTH_WARNING = `
  ############################################################################
  #  --no-auth: EVERYBODY on this machine may read and write EVERY room.     #
  #  For trials and measurements only. Never put real work into this relay.  #
  ############################################################################
`;
/** Long enough for a roster over a bad line; nobody may hold a post open for longer. */
const REQUEST_TIMEOUT_MS = 30_000;
const CLOSE_DEADLINE_MS = 5_000;

function fail(message: string): never {
	process.stderr.write(`tongxin: ${message}\n`);
	process.exit(1);
}

function run(config: RelayConfig): void {
	const log = createLog(systemClock, (line) => process.stderr.write(line));
	const storage = openSqliteStorage(config.dataDir, { newRelayId: () => newId() });
	if (!storage.ok) fail(`the data folder ${config.dataDir} ${OPEN_FAULTS[storage.error]}`);
	const workers = Math.min(defaultTuning.workers, availableParallelism());
	// Without the door there are no devices to count sockets by, and only this machine's own.
	const tuning = config.auth ? { workers } : { workers, maxSocketsPerWorkspace: 10_000 };
	const blobs = createFileBlobs(join(config.dataDir, 'blobs'));
	const relay = createRelay({
		...{ config, storage: storage.value, blobs, clock: systemClock, log, tuning }
	});
	const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, relay.handleRequest);
	server.on('upgrade', (request, socket, head) => {
		if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
	});
	server.on('error', (error) => fail(`cannot listen on ${config.host}: ${errorName(error)}`));
	server.listen(config.port, config.host, () => {
		const address = server.address();
		const port = typeof address === 'object' && address ? address.port : config.port;
		const host = config.host.includes(':') ? `[${config.host}]` : config.host;
		if (!config.auth) process.stderr.write(NO_AUTH_WARNING);
		process.stdout.write(`Tongxin is ready at http://${host}:${port}\n`);
	});

	let closing = false;
	async function close(signal: string): Promise<void> {
		if (closing) return;
		closing = true;
		log('info', 'closing', { signal });
		setTimeout(() => process.exit(1), CLOSE_DEADLINE_MS).unref();
		server.close();
		await relay.close();
		server.closeAllConnections();
		log('info', 'closed');
		process.exit(0);
	}
	for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void close(signal));
}

const root = fileURLToPath(new URL('..', import.meta.url));
const request = parseConfig(process.argv.slice(2), process.env, root);
if (!request.ok) fail(request.error);
if (request.value.kind === 'help') process.stdout.write(usage);
else run(request.value.config);
