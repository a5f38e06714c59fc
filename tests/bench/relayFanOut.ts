/**
 * How fast the relay carries updates: one room with n clients, and many rooms with few. Prints
 * figures and fails nothing. Run as `node tests/bench/relayFanOut.ts [clients] [seconds]`.
 */
import { performance } from 'node:perf_hooks';
import * as Y from 'yjs';
import { encodeUpdate } from '../../src/lib/protocol/channelMessages.ts';
import { connectMux, type RelayMuxClient } from '../support/relayMuxClient.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';
import { pause, printFigures, spread, type Figure } from './measure.ts';

const SEALED_ENTRY_BYTES = 200;
const SEND_EVERY_MS = 10;
const SHARES = [0.5, 0.95, 0.99];

interface Load {
	readonly name: string;
	readonly workspaces: number;
	readonly clientsEach: number;
	readonly updatesPerSecond: number;
}

interface Writer {
	readonly client: RelayMuxClient;
	readonly doc: Y.Doc;
	sent: number;
}

const clients = Number(process.argv[2] ?? 200);
const seconds = Number(process.argv[3] ?? 5);

/** An entry that carries the time it was sent at, as long as a sealed one. */
function stampedUpdate(doc: Y.Doc): Uint8Array {
	const entry = new Uint8Array(SEALED_ENTRY_BYTES);
	new DataView(entry.buffer).setFloat64(0, performance.now());
	const before = Y.encodeStateVector(doc);
	doc.getArray<Uint8Array>('log').push([entry]);
	return Y.encodeStateAsUpdate(doc, before);
}

function sentAt(update: Uint8Array): number {
	// The entry is the last thing before the empty delete set.
	const { buffer, byteOffset, length } = update;
	return new DataView(buffer, byteOffset, length).getFloat64(length - 1 - SEALED_ENTRY_BYTES);
}

async function join(
	relay: RelayProcess,
	workspace: number,
	onUpdate: (update: Uint8Array) => void
) {
	const client = await connectMux(`ws://${relay.host}/sync/workspace-${workspace}`);
	client.control({ type: 'open', channel: 1, room: 'room' });
	await client.nextControl('opened');
	client.ws.on('message', () => {
		for (const heard of client.heard.splice(0))
			if ('content' in heard && heard.content.kind === 'update') onUpdate(heard.content.update);
	});
	return { client, doc: new Y.Doc(), sent: 0 };
}

function sendFor(writers: readonly Writer[], updatesPerSecond: number): Promise<number> {
	const started = performance.now();
	let sent = 0;
	return new Promise((resolve) => {
		const timer = setInterval(() => {
			const elapsed = (performance.now() - started) / 1000;
			for (; sent < elapsed * updatesPerSecond; sent++) {
				const writer = writers[sent % writers.length]!;
				writer.client.send(1, encodeUpdate(stampedUpdate(writer.doc)));
			}
			if (elapsed < seconds) return;
			clearInterval(timer);
			resolve(sent);
		}, SEND_EVERY_MS);
	});
}

async function run({ name, workspaces, clientsEach, updatesPerSecond }: Load): Promise<Figure[]> {
	const relay = await startRelayProcess(['--no-auth']);
	const latencies: number[] = [];
	const writers: Writer[] = [];
	let lastHeard = 0;
	for (let workspace = 0; workspace < workspaces; workspace++)
		for (let i = 0; i < clientsEach; i++)
			writers.push(
				await join(relay, workspace, (update) => {
					lastHeard = performance.now();
					latencies.push(lastHeard - sentAt(update));
				})
			);
	const started = performance.now();
	const sent = await sendFor(writers, updatesPerSecond);
	const expected = sent * (clientsEach - 1);
	while (latencies.length < expected && performance.now() - lastHeard < 3_000) await pause(50);
	const tookS = (lastHeard - started) / 1000;
	for (const { client } of writers) client.ws.terminate();
	await relay.dispose();
	const delivered = `${latencies.length} of ${expected} deliveries`;
	return [
		{
			what: `${name}: updates in`,
			figure: `${(sent / tookS).toFixed(0)} /s, ${delivered}`,
			bar: `${updatesPerSecond} /s`
		},
		{ what: `${name}: sent to heard`, figure: spread(latencies, SHARES), bar: 'p99 < 100 ms' }
	];
}

const loads: readonly Load[] = [
	{ name: `one room of ${clients}`, workspaces: 1, clientsEach: clients, updatesPerSecond: 200 },
	{ name: '100 branches of 7', workspaces: 100, clientsEach: 7, updatesPerSecond: 2_000 },
	{ name: '500 branches of 7', workspaces: 500, clientsEach: 7, updatesPerSecond: 2_000 }
];
const figures: Figure[] = [];
for (const load of loads) figures.push(...(await run(load)));
printFigures('relay fan-out', figures);
