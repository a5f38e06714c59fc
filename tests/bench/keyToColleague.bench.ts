/** From a key press on one device, through a real relay, until the letter is on another device. */
import { expect, it } from 'vitest';
import type { Device } from '../support/device.ts';
import { foundDevice, joinDevice } from '../support/device.ts';
import { seededRandom } from '../support/generateProblems.ts';
import { startRelayProcess } from '../support/relayProcess.ts';
import { pause, percentile, printFigures, spread } from './measure.ts';

const KEYS = 300;
/** People type in bursts: five to fifteen letters a second, six on average. */
const FASTEST_MS = 65;
const SLOWEST_MS = 265;

async function openBoth(a: Device, b: Device) {
	const room = await a.session.createDocument('notes', '记录');
	const here = await a.openText(room);
	await expect
		.poll(() => b.session.documents.current().map((document) => document.room))
		.toContain(room);
	return { here, there: await b.openText(room) };
}

async function typeKeys({ here, there }: Awaited<ReturnType<typeof openBoth>>): Promise<number[]> {
	const random = seededRandom(1);
	const pressedAt: number[] = [];
	const latencies: number[] = [];
	there.text.observe(() => {
		const now = performance.now();
		while (latencies.length < there.text.length) latencies.push(now - pressedAt[latencies.length]!);
	});
	for (let i = 0; i < KEYS; i++) {
		pressedAt.push(performance.now());
		here.text.insert(i, String(i % 10));
		await pause(FASTEST_MS + random() * (SLOWEST_MS - FASTEST_MS));
	}
	await expect.poll(() => latencies.length, { timeout: 10_000 }).toBe(KEYS);
	expect(there.text.toString()).toBe(here.text.toString());
	return latencies;
}

it('key press to colleague', async () => {
	const relay = await startRelayProcess();
	const origin = `http://${relay.host}`;
	const a = await foundDevice(origin);
	await expect.poll(() => a.session.connection.current(), { timeout: 20_000 }).toBe('online');
	const b = await joinDevice(origin, a, '梁晓芸');
	const latencies = await typeKeys(await openBoth(a, b));
	const slow = latencies.filter((ms) => ms > 100).length;
	printFigures('key press to colleague (two devices, no browser)', [
		{ what: 'until it is in the document', figure: spread(latencies), bar: 'p95 ≤ 100 ms' },
		{ what: 'p99', figure: `${percentile(latencies, 0.99).toFixed(1)} ms` },
		{ what: 'over 100 ms', figure: `${slow} of ${KEYS}` }
	]);
	await Promise.all([a, b].map(({ session }) => session.close()));
	await relay.dispose();
});
