/**
 * The relay inside another HTTP server, namely Vite's: same addresses, same store, one port. Paths
 * that are not the relay's are left alone, so that hot reloading goes on working.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { systemClock } from '../src/lib/base/clock.ts';
import { newId } from '../src/lib/base/ids.ts';
import { isSyncPath } from './auth/door.ts';
import { parseConfig, type Environment } from './config.ts';
import { isRelayPath } from './http/router.ts';
import { createLog } from './log.ts';
import { createRelay, type Relay } from './relay.ts';
import { createFileBlobs } from './storage/fileBlobs.ts';
import { openSqliteStorage } from './storage/sqliteStorage.ts';

type Next = () => void;

/** As much of Connect, and of Vite's server, as is needed. */
export interface Middlewares {
	use(handler: (request: IncomingMessage, response: ServerResponse, next: Next) => void): unknown;
}
export interface UpgradingServer {
	on(event: 'upgrade', listener: (r: IncomingMessage, s: Duplex, head: Buffer) => void): unknown;
	on(event: 'close', listener: () => void): unknown;
}

const RETRY_MS = 200;
const RETRIES = 50;

/** A dev server that restarts has both its old and its new self open for a moment. */
async function openRelay(root: string, env: Environment): Promise<Relay> {
	const parsed = parseConfig([], env, root);
	if (!parsed.ok || parsed.value.kind !== 'run') throw new Error('the environment does not parse');
	const { config } = parsed.value;
	const log = createLog(systemClock, (line) => process.stderr.write(line));
	for (let attempt = 0; ; attempt++) {
		const storage = openSqliteStorage(config.dataDir, { newRelayId: () => newId() });
		if (storage.ok) {
			const blobs = createFileBlobs(join(config.dataDir, 'blobs'));
			return createRelay({ config, storage: storage.value, blobs, clock: systemClock, log });
		}
		if (storage.error !== 'in-use' || attempt === RETRIES)
			throw new Error(`the data folder ${config.dataDir}: ${storage.error}`);
		await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
	}
}

/** `root` is the project's folder. */
export function attachRelay(
	server: UpgradingServer | Server,
	middlewares: Middlewares,
	root: string,
	env: Environment = process.env
): void {
	const relay = openRelay(root, env);
	relay.catch((error: unknown) => {
		process.stderr.write(`tongxin: no relay: ${error instanceof Error ? error.message : ''}\n`);
	});

	middlewares.use((request, response, next) => {
		if (!isRelayPath(request.url ?? '')) return next();
		relay.then(
			(own) => own.handleRequest(request, response),
			() => next()
		);
	});
	server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		if (!isSyncPath(request.url ?? '')) return;
		relay.then(
			(own) => own.handleUpgrade(request, socket, head),
			() => socket.destroy()
		);
	});
	server.on('close', () => {
		relay.then(
			(own) => own.close(),
			() => undefined
		);
	});
}
