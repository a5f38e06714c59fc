/** A device whose disk is slow beside a relay that answers at once. */
import { afterEach, describe, expect, it } from 'vitest';
import { foundDevice, startDevice, type Device } from '../support/device.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';

let relay: RelayProcess | null = null;
const devices: Device[] = [];

afterEach(async () => {
	await Promise.all(devices.splice(0).map(({ session }) => session.close()));
	await relay?.dispose();
	relay = null;
});

describe('a session that is still being put together', () => {
	it('hears nothing of the relay before it can take it in', async () => {
		relay = await startRelayProcess();
		const origin = `http://${relay.host}`;
		const first = await foundDevice(origin);
		devices.push(first);
		await expect.poll(() => first.session.connection.current(), { timeout: 20_000 }).toBe('online');
		const unhandled: unknown[] = [];
		const note = (reason: unknown) => unhandled.push(reason);
		process.on('uncaughtException', note);
		try {
			const enrolled = {
				keys: first.keys(),
				records: first.keeper.records(0),
				roster: first.keeper.roster.current()
			};
			const slow = await startDevice(origin, enrolled, { slowDiskMs: 700 });
			devices.push(slow);
			await expect
				.poll(() => slow.session.connection.current(), { timeout: 20_000 })
				.toBe('online');
		} finally {
			process.off('uncaughtException', note);
		}
		expect(unhandled).toEqual([]);
	});
});
