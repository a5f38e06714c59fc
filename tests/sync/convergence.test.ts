/**
 * A committee's devices against a real relay, with cut networks, devices that die, a relay that is
 * killed or emptied, updates that come twice or swapped, and a clock three days fast. Everybody
 * must end with the same words, and nothing that was called stored or delivered may be missing.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import * as prng from 'lib0/prng';
import { afterEach, describe, expect, it } from 'vitest';
import type { RoomId } from '../../src/lib/base/ids.ts';
import { foundDevice, joinDevice, type Device } from '../support/device.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';

const THREE_DAYS_MS = 3 * 86_400_000;
const seeds = process.env.SEED
	? [Number(process.env.SEED)]
	: [1, 20230313, Math.floor(Math.random() * 2 ** 31)];

let relay: RelayProcess | null = null;
const devices: Device[] = [];

afterEach(async () => {
	await Promise.all(devices.splice(0).map(({ session }) => session.close()));
	await relay?.dispose();
	relay = null;
});

const originOf = ({ host }: RelayProcess) => `http://${host}`;
const online = (device: Device) =>
	expect.poll(() => device.session.connection.current(), { timeout: 20_000 }).toBe('online');

interface Writer {
	device: Device | null;
	room: RoomId;
	text: Awaited<ReturnType<Device['openText']>> | null;
	restart: (() => Promise<Device>) | null;
	/** Words not yet known to be on the disk. */
	fresh: string[];
}

async function openWriter(device: Device, room: RoomId): Promise<Writer> {
	return { device, room, text: await device.openText(room), restart: null, fresh: [] };
}

/** Anywhere but inside a word, so that a word stays whole. */
function betweenWords(random: prng.PRNG, text: string): number {
	const at = text.indexOf('〉', prng.int32(random, 0, text.length));
	return at < 0 ? text.length : at + 1;
}

/** One random event; words go to `safe` once the device says they are stored. */
async function step(
	random: prng.PRNG,
	writers: Writer[],
	relayNow: RelayProcess,
	safe: Set<string>,
	count: number
) {
	const writer = writers[prng.int32(random, 0, writers.length - 1)]!;
	if (writer.device?.session.save.current().stored)
		writer.fresh.splice(0).forEach((word) => safe.add(word));
	const dice = prng.int32(random, 0, 99);
	if (!writer.device || !writer.text) {
		if (dice < 80 && writer.restart) {
			writer.device = await writer.restart();
			devices.push(writer.device);
			writer.text = await writer.device.openText(writer.room);
		}
		return;
	}
	if (dice < 70) {
		const word = `〈${count}〉`;
		writer.text.text.insert(betweenWords(random, writer.text.text.toString()), word);
		writer.fresh.push(word);
	} else if (dice < 78) writer.device.network.cut();
	else if (dice < 90) {
		writer.device.network.heal();
		writer.device.session.nudge();
	} else if (dice < 94) {
		writer.restart = writer.device.crash().restart;
		devices.splice(devices.indexOf(writer.device), 1);
		writer.device = null;
		writer.text = null;
		writer.fresh = [];
	} else if (dice < 97) await relayNow.restart();
	else {
		await relayNow.kill9();
		rmSync(relayNow.dataDir, { recursive: true, force: true });
		await relayNow.restart();
	}
	if (prng.bool(random))
		await new Promise((resolve) => setTimeout(resolve, prng.int32(random, 0, 30)));
}

describe('a committee in a bad network', () => {
	it.for(seeds)(
		'converges and loses nothing that was called safe (seed %i)',
		{ timeout: 120_000 },
		async (seed) => {
			console.log(`seed ${seed}`);
			const random = prng.create(seed);
			for (let i = 0; i < 50; i++) prng.bool(random); // small seeds start alike
			relay = await startRelayProcess();
			const origin = originOf(relay);
			const tricks = () => prng.int32(random, 0, 9) === 0;
			const founder = await foundDevice(origin, { tricks });
			devices.push(founder);
			await online(founder);
			const fast = { now: () => Date.now() + THREE_DAYS_MS };
			for (const [name, clock] of [
				['梁晓芸', undefined],
				['潘志远', fast]
			] as const)
				devices.push(
					await joinDevice(origin, founder, name, { tricks, ...(clock ? { clock } : {}) })
				);
			await Promise.all(devices.map(online));
			const room = await founder.session.createDocument('notes', '记录');
			for (const { session } of devices)
				await expect.poll(() => session.documents.current().length, { timeout: 10_000 }).toBe(1);
			const writers = await Promise.all(devices.map((device) => openWriter(device, room)));

			const safe = new Set<string>();
			for (let count = 0; count < 150; count++) await step(random, writers, relay, safe, count);

			for (const writer of writers) {
				writer.device ??= await writer.restart!();
				if (!devices.includes(writer.device)) devices.push(writer.device);
				writer.text ??= await writer.device.openText(room);
				writer.device.network.heal();
				writer.device.session.nudge();
				writer.fresh.forEach((word) => safe.add(word));
			}
			await Promise.all(writers.map(({ device }) => online(device!)));
			const texts = () => writers.map(({ text }) => text!.text.toString());
			await expect.poll(() => new Set(texts()).size, { timeout: 30_000 }).toBe(1);
			const settled = () =>
				writers.every(({ device }) => {
					const { stored, delivered, held } = device!.session.save.current();
					return stored && delivered && held.by === 3 && held.of === 3;
				});
			await expect.poll(settled, { timeout: 30_000 }).toBe(true);
			const [text] = texts();
			expect([...safe].filter((word) => !text!.includes(word))).toEqual([]);
			expect(safe.size).toBeGreaterThan(20);
		}
	);

	it(
		'refills an emptied relay, and a new device gets everything from it',
		{ timeout: 60_000 },
		async () => {
			relay = await startRelayProcess();
			const founder = await foundDevice(originOf(relay));
			devices.push(founder);
			await online(founder);
			const room = await founder.session.createDocument('notes', '记录');
			const { text, close } = await founder.openText(room);
			text.insert(0, '谈话提纲');
			await expect
				.poll(() => founder.session.save.current().delivered, { timeout: 10_000 })
				.toBe(true);
			close();
			await relay.kill9();
			rmSync(relay.dataDir, { recursive: true, force: true });
			await relay.restart();
			founder.session.nudge();
			await online(founder);
			const second = await joinDevice(originOf(relay), founder, '许国平');
			devices.push(second);
			await online(second);
			await expect
				.poll(() => second.session.documents.current().length, { timeout: 15_000 })
				.toBe(1);
			const copy = await second.openText(room);
			await expect.poll(() => copy.text.toString(), { timeout: 15_000 }).toBe('谈话提纲');
		}
	);

	it(
		'catches up in the background with documents that are not open',
		{ timeout: 60_000 },
		async () => {
			relay = await startRelayProcess();
			const a = await foundDevice(originOf(relay));
			devices.push(a);
			await online(a);
			const b = await joinDevice(originOf(relay), a, '何立群');
			devices.push(b);
			await online(b);
			const rooms = await Promise.all(
				Array.from({ length: 12 }, (_, i) => a.session.createDocument('notes', `第${i}份`))
			);
			for (const room of rooms) {
				const { text, close } = await a.openText(room);
				text.insert(0, room);
				close();
			}
			await expect
				.poll(() => a.session.save.current(), { timeout: 30_000 })
				.toMatchObject({ stored: true, delivered: true, held: { by: 2, of: 2 } });
			b.network.cut();
			const { restart } = b.crash();
			devices.splice(devices.indexOf(b), 1);
			await relay.stop();
			const offline = await restart();
			devices.push(offline);
			for (const room of rooms) expect((await offline.openText(room)).text.toString()).toBe(room);
		}
	);

	it(
		'replaces a long tail by a checkpoint that others open from',
		{ timeout: 60_000 },
		async () => {
			relay = await startRelayProcess();
			const a = await foundDevice(originOf(relay), { checkpointWaitMs: () => 200 });
			devices.push(a);
			await online(a);
			const room = await a.session.createDocument('notes', '长文');
			const { text } = await a.openText(room);
			const roomOf = () =>
				a.session.documentsOpen.openRooms().find(({ scope }) => scope.room === room)!;
			const count = () => roomOf().entries().length;
			for (let i = 0; i < 30; i++) {
				text.insert(text.length, randomBytes(9_000).toString('base64'));
				await roomOf().idle();
			}
			expect(count()).toBeGreaterThan(20);
			await expect.poll(count, { timeout: 15_000 }).toBeLessThan(10);
			const b = await joinDevice(originOf(relay), a, '林静');
			devices.push(b);
			await online(b);
			await expect.poll(() => b.session.documents.current().length, { timeout: 10_000 }).toBe(1);
			const copy = await b.openText(room);
			await expect.poll(() => copy.text.toString(), { timeout: 10_000 }).toBe(text.toString());
		}
	);
});
