/** A relay on a free loopback port inside the test, with its storage within reach. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/lib/base/clock.ts';
import { systemClock } from '../../src/lib/base/clock.ts';
import type { RosterRecord } from '../../src/lib/protocol/roster/rosterRecord.ts';
import type { Log } from '../../server/log.ts';
import type { Tuning } from '../../server/relayOptions.ts';
import { createRelay } from '../../server/relay.ts';
import type { BlobStorage } from '../../server/storage/blobStorage.ts';
import { createMemoryBlobs } from '../../server/storage/memoryBlobs.ts';
import { createMemoryStorage } from '../../server/storage/memoryStorage.ts';
import type { RelayStorage } from '../../server/storage/relayStorage.ts';
import type { TestBranch } from './relayBranch.ts';

export interface RelayInProcess {
	/** As in the `Host` header. */
	readonly host: string;
	readonly storage: RelayStorage;
	readonly blobs: BlobStorage;
	/** Events that were logged, by name. */
	readonly logged: string[];
	/** Posts a branch's chain, from record `from` on. */
	post(branch: Pick<TestBranch, 'workspace' | 'records'>, from?: number): Promise<unknown>;
	stop(): Promise<void>;
}

export interface RelayInProcessOptions {
	readonly auth?: boolean;
	readonly storage?: RelayStorage;
	readonly blobs?: BlobStorage;
	readonly clock?: Clock;
	readonly tuning?: Partial<Tuning>;
	readonly spinOn?: string;
	readonly buildDir?: string;
	readonly trustProxy?: boolean;
	/** A free one unless given. */
	readonly port?: number;
}

export async function startRelay(options: RelayInProcessOptions = {}): Promise<RelayInProcess> {
	const storage = options.storage ?? createMemoryStorage('test-relay');
	const logged: string[] = [];
	const log: Log = (_level, event) => logged.push(event);
	const { auth = true, trustProxy = false, buildDir = '/nowhere', clock = systemClock } = options;
	const blobs = options.blobs ?? createMemoryBlobs(clock);
	const relay = createRelay({
		...{ config: { auth, trustProxy, buildDir }, storage, blobs, clock, log },
		tuning: { workers: 1, ...options.tuning },
		...(options.spinOn === undefined ? {} : { spinOn: options.spinOn })
	});
	const server = createServer(relay.handleRequest);
	server.on('upgrade', (request, socket, head) => {
		if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
	});
	await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	let stopping: Promise<void> | null = null;

	async function stop(): Promise<void> {
		server.close();
		await relay.close();
		server.closeAllConnections();
	}

	return {
		host,
		storage,
		blobs,
		logged,
		post: (branch, from = 0) =>
			postRoster(host, branch.workspace, from, branch.records.slice(from)),
		stop: () => (stopping ??= stop())
	};
}

export async function postRoster(
	host: string,
	workspace: string,
	from: number,
	records: readonly RosterRecord[]
): Promise<unknown> {
	const response = await fetch(`http://${host}/api/roster/${workspace}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ from, records })
	});
	return response.json();
}
