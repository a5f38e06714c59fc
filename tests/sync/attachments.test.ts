/** Attachments between real devices and a real relay: added offline, sent, fetched, damaged. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/lib/base/bytes.ts';
import { cryptoRandom } from '../../src/lib/base/ids.ts';
import { parseAttachmentRef, type AttachmentRef } from '../../src/lib/core/blobs/attachmentRef.ts';
import type { AttachmentMeta, BlobState } from '../../src/lib/core/blobs/attachments.ts';
import { readBackup } from '../../src/lib/core/recovery/readBackup.ts';
import { limits } from '../../src/lib/protocol/limits.ts';
import { createMemoryBlobs } from '../../server/storage/memoryBlobs.ts';
import { foundDevice, joinDevice, type Device, type DeviceOptions } from '../support/device.ts';
import {
	startRelay,
	type RelayInProcess,
	type RelayInProcessOptions
} from '../support/relayInProcess.ts';
import { startRelayProcess } from '../support/relayProcess.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const stop of stops.splice(0).toReversed()) await stop();
});

const meta: AttachmentMeta = { name: '整改前照片.jpg', mime: 'image/jpeg', kind: 'photo' };
const randomFile = (kib: number) =>
	new Blob(
		Array.from({ length: kib }, () => cryptoRandom(1_024)),
		{ type: 'image/jpeg' }
	);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

async function relayFor(options: RelayInProcessOptions = {}): Promise<RelayInProcess> {
	const relay = await startRelay(options);
	stops.push(relay.stop);
	return relay;
}
function kept(device: Device): Device {
	stops.push(() => device.session.close());
	return device;
}
const found = async ({ host }: { host: string }, options?: DeviceOptions) =>
	kept(await foundDevice(`http://${host}`, options));
const join_ = async (
	{ host }: { host: string },
	by: Device,
	options?: Parameters<typeof joinDevice>[3]
) => kept(await joinDevice(`http://${host}`, by, '陈卫国', options));

const patient = { timeout: 15_000, interval: 20 };
const online = ({ session }: Device) =>
	expect.poll(() => session.connection.current(), patient).toBe('online');
const stateOf = ({ session }: Device, { id }: Pick<AttachmentRef, 'id'>) =>
	session.attachments.state(id).current();
const reaches = (device: Device, ref: Pick<AttachmentRef, 'id'>, kind: BlobState['kind']) =>
	expect.poll(() => stateOf(device, ref).kind, patient).toBe(kind);

async function added(device: Device, file: Blob, about = meta): Promise<AttachmentRef> {
	const result = await device.session.attachments.add(file, about);
	if (!result.ok) throw new Error(result.error);
	return result.value;
}
async function opened(device: Device, ref: AttachmentRef): Promise<Blob> {
	const result = await device.session.attachments.open(ref);
	if (!result.ok) throw new Error(result.error);
	return result.value;
}
const faultOf = async ({ session }: Device, ref: AttachmentRef) => {
	const result = await session.attachments.open(ref);
	return result.ok ? null : result.error;
};

interface Request {
	readonly method: string;
	readonly bytes: number;
}

/** Sees what goes to blobs' addresses, and may put something else in its place. */
function onBlobs(see: (request: Request, go: () => Promise<Response>) => Promise<Response>) {
	return (real: typeof fetch): typeof fetch =>
		async (address, init) => {
			const go = () => real(address, init);
			if (!String(address).includes('/api/blobs/')) return go();
			const bytes = init?.body instanceof Uint8Array ? init.body.length : 0;
			return see({ method: init?.method ?? 'GET', bytes }, go);
		};
}

describe('a file added with no network', () => {
	it('A5 A7 A10 A12 is kept, sent when there is one, and comes to the others when asked for', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		const other = await join_(relay, one);
		one.network.cut();
		const file = randomFile(1_500);
		const thumb = randomFile(5);
		const ref = await added(one, file, { ...meta, thumb });
		expect(parseAttachmentRef(JSON.parse(JSON.stringify(ref)))).toEqual(ref);
		expect(ref).toMatchObject({ ...meta, size: file.size, by: one.session.self.member });
		expect(stateOf(one, ref)).toEqual({ kind: 'local' });
		const { pending } = one.session.attachments;
		expect(pending.current().count).toBe(2);
		expect(pending.current().bytes).toBeGreaterThan(file.size);
		const restarted = kept(await one.crash().restart());
		expect(await bytesOf(await opened(restarted, ref))).toEqual(await bytesOf(file));
		await reaches(restarted, ref, 'delivered');
		await expect
			.poll(() => restarted.session.attachments.pending.current(), patient)
			.toEqual({ count: 0, bytes: 0 });
		expect(stateOf(other, ref)).toEqual({ kind: 'missing' });
		const shown = await opened(other, ref);
		expect(await bytesOf(shown)).toEqual(await bytesOf(file));
		expect(shown.type).toBe('image/jpeg');
		expect(stateOf(other, ref)).toEqual({ kind: 'delivered' });
		expect((await other.session.attachments.open(ref.thumb!)).ok).toBe(true);
		other.network.cut();
		expect(await bytesOf(await opened(other, ref))).toEqual(await bytesOf(file));
	});

	it('A12 A10 is said to be not here, or not sent yet', async () => {
		const relay = await relayFor();
		const one = await found(relay, { isLeader: () => false });
		const other = await join_(relay, one);
		await online(other);
		const ref = await added(one, randomFile(2));
		// Another tab leads: this one sends nothing.
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(stateOf(one, ref)).toEqual({ kind: 'local' });
		expect(await faultOf(other, ref)).toBe('not-sent');
		expect(stateOf(other, ref)).toEqual({ kind: 'absent' });
		other.network.cut();
		await expect.poll(() => other.session.connection.current(), patient).not.toBe('online');
		expect(await faultOf(other, ref)).toBe('not-here');
	});
});

describe('sending', () => {
	it('A7 A8 goes on where it was when the line breaks off again and again', async () => {
		const relay = await relayFor();
		let puts = 0;
		let sent = 0;
		const relayAnswers = onBlobs(async ({ method, bytes }, go) => {
			if (method !== 'PUT') return go();
			puts += 1;
			if (puts === 2) throw new TypeError('the line is gone');
			const response = await go();
			sent += bytes;
			// Taken in, but the answer is lost.
			if (puts === 3) throw new TypeError('the line is gone');
			return response;
		});
		const one = await found(relay, { relayAnswers });
		await online(one);
		const file = randomFile(1_400);
		const ref = await added(one, file);
		await reaches(one, ref, 'delivered');
		const { size } = (await one.disk.blobs.open().list())[0]!;
		expect(sent).toBe(size); // no byte was taken in twice
		expect(puts).toBeGreaterThan(4);
	});

	it('A7 A12 sends the smallest first, and says how far it is', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		one.network.cut();
		await expect.poll(() => one.session.connection.current(), patient).not.toBe('online');
		const large = await added(one, randomFile(1_600));
		const small = await added(one, randomFile(3));
		const seen: string[] = [];
		const shares: number[] = [];
		const follow = (name: string, { id }: AttachmentRef) => {
			const source = one.session.attachments.state(id);
			source.subscribe(() => {
				const state = source.current();
				seen.push(`${name} ${state.kind}`);
				if (state.kind === 'sending') shares.push(state.share);
			});
		};
		follow('large', large);
		follow('small', small);
		one.network.heal();
		one.session.nudge();
		await reaches(one, large, 'delivered');
		expect(seen.indexOf('small delivered')).toBeLessThan(seen.indexOf('large sending'));
		expect(shares.some((share) => share > 0 && share < 1)).toBe(true);
		expect(shares.toSorted((a, b) => a - b).filter((share) => share > 0)).toEqual(
			shares.filter((share) => share > 0)
		);
	});

	it('A8 says that the relay has no room, keeps the file here and sends the others', async () => {
		const relay = await relayFor({ tuning: { maxWorkspaceBlobBytes: 20_000 } });
		const one = await found(relay);
		await online(one);
		const large = await added(one, randomFile(40));
		const small = await added(one, randomFile(1));
		await reaches(one, large, 'refused');
		await reaches(one, small, 'delivered');
		expect((await opened(one, large)).size).toBe(40 * 1_024);
		expect(one.session.attachments.pending.current().count).toBe(1);
	});

	it('A9 fills an emptied relay again, also with what was only fetched', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		const other = await join_(relay, one);
		await Promise.all([online(one), online(other)]);
		const [first, second] = [await added(one, randomFile(3)), await added(one, randomFile(4))];
		await reaches(one, first, 'delivered');
		await reaches(one, second, 'delivered');
		await opened(other, first);
		await one.session.close();
		await relay.stop();
		const port = Number(relay.host.split(':')[1]);
		const blobs = createMemoryBlobs({ now: Date.now });
		const emptied = await relayFor({ port, blobs });
		expect(emptied.host).toBe(relay.host);
		other.session.nudge();
		await expect
			.poll(async () => (await blobs.stat(other.session.workspace, first.id)).complete, patient)
			.toBe(true);
		expect((await blobs.stat(other.session.workspace, second.id)).complete).toBe(false);
		await reaches(other, first, 'delivered');
	});

	it('A13 U1 sends nothing from an observer', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		const methods: string[] = [];
		const relayAnswers = onBlobs(({ method }, go) => {
			methods.push(method);
			return go();
		});
		const invitation = { role: 'observer' } as const;
		const watching = await join_(relay, one, { invitation, relayAnswers });
		await Promise.all([online(one), online(watching)]);
		const ref = await added(one, randomFile(3));
		await reaches(one, ref, 'delivered');
		await opened(watching, ref);
		expect(await watching.session.attachments.add(randomFile(1), meta)).toEqual({
			ok: false,
			error: 'read-only'
		});
		expect(watching.session.attachments.pending.current().count).toBe(0);
		expect(new Set(methods)).toEqual(new Set(['GET']));
	});
});

describe('what does not fit', () => {
	it('A6 is refused by name, and nothing of it stays', async () => {
		const relay = await relayFor();
		let estimate: StorageEstimate = { quota: 1e9, usage: 0 };
		const one = await found(relay, { estimate: async () => estimate });
		one.network.cut();
		const add = (file: Blob) => one.session.attachments.add(file, meta);
		const huge = { size: limits.maxBlobBytes + 1 } as Blob; // its bytes are not even looked at
		expect(await add(huge)).toEqual({ ok: false, error: 'too-large' });
		const gone = randomFile(1);
		gone.slice = () => {
			throw new DOMException('gone', 'NotReadableError');
		};
		expect(await add(gone)).toEqual({ ok: false, error: 'unreadable' });
		estimate = { quota: 1e9, usage: 1e9 - 1e6 };
		expect(await add(randomFile(600))).toEqual({ ok: false, error: 'disk-full' });
		one.disk.blobs.full = true;
		expect(await add(randomFile(1))).toEqual({ ok: false, error: 'disk-full' });
		expect(one.disk.blobs.held.size).toBe(0);
		// Words are written all the same.
		const room = await one.session.createDocument('notes', '台账');
		const { text } = await one.openText(room);
		text.insert(0, '照片没有存下，文字还在');
		await expect.poll(() => one.session.save.current().stored, patient).toBe(true);
	});

	it('A6 takes a file that just fits when it is sealed, and not one that does not', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		one.network.cut();
		const file = new Blob([new Uint8Array(limits.maxBlobBytes - 1)]);
		expect(await one.session.attachments.add(file, meta)).toEqual({
			ok: false,
			error: 'too-large'
		});
		const less = new Blob([new Uint8Array(limits.maxBlobBytes - 20_000)]);
		expect((await one.session.attachments.add(less, meta)).ok).toBe(true);
	});
});

describe('fetching', () => {
	it('A10 goes on where a transfer broke off', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		await online(one);
		const file = randomFile(900);
		const ref = await added(one, file);
		await reaches(one, ref, 'delivered');
		const statuses: number[] = [];
		const relayAnswers = onBlobs(async ({ method }, go) => {
			const response = await go();
			if (method !== 'GET') return response;
			statuses.push(response.status);
			if (statuses.length > 2) return response;
			const part = (await bytesOf(await response.blob())).slice(0, 300_000);
			const broken = new ReadableStream<Uint8Array>({
				start: (controller) => controller.enqueue(part),
				pull: (controller) => controller.error(new TypeError('the line is gone'))
			});
			return new Response(broken, { status: response.status, headers: response.headers });
		});
		const other = await join_(relay, one, { relayAnswers });
		await online(other);
		expect(await bytesOf(await opened(other, ref))).toEqual(await bytesOf(file));
		expect(statuses).toEqual([200, 206, 206]);
	});

	it('A10 asks for no more than a few at a time, and for one only once', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		await online(one);
		const refs: AttachmentRef[] = [];
		for (let i = 0; i < 12; i++) refs.push(await added(one, randomFile(1)));
		await expect.poll(() => one.session.attachments.pending.current().count, patient).toBe(0);
		let [atOnce, most, all] = [0, 0, 0];
		const relayAnswers = onBlobs(async (_request, go) => {
			most = Math.max(most, ++atOnce);
			all += 1;
			return go().finally(() => (atOnce -= 1));
		});
		const other = await join_(relay, one, { relayAnswers });
		await online(other);
		const results = await Promise.all([...refs, ...refs].map((ref) => faultOf(other, ref)));
		expect(results.every((fault) => fault === null)).toBe(true);
		expect(most).toBe(4);
		expect(all).toBe(12);
	});

	it('A11 A2 shows nothing that a relay has changed, and takes no more than a blob may have', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		await online(one);
		const ref = await added(one, randomFile(30));
		await reaches(one, ref, 'delivered');
		let lie: (bytes: Uint8Array<ArrayBuffer>) => Response = (bytes) => new Response(bytes);
		const relayAnswers = onBlobs(async (_request, go) =>
			lie(await bytesOf(await (await go()).blob()))
		);
		const other = await join_(relay, one, { relayAnswers });
		await online(other);
		const answerWith = (bytes: Uint8Array<ArrayBuffer>) =>
			new Response(bytes, { headers: { 'content-length': `${bytes.length}` } });
		lie = (bytes) => answerWith(bytes.with(9_000, bytes[9_000]! ^ 1));
		expect(await faultOf(other, ref)).toBe('damaged');
		lie = () => new Response(new Uint8Array(9), { headers: { 'content-length': `${1e12}` } });
		expect(await faultOf(other, ref)).toBe('not-here');
		let pulls = 0;
		lie = () =>
			new Response(
				new ReadableStream({
					pull(controller) {
						pulls += 1;
						controller.enqueue(new Uint8Array(1_000_000));
					}
				}),
				{ headers: { 'content-length': '1000' } }
			);
		expect(await faultOf(other, ref)).toBe('not-here');
		expect(pulls).toBeLessThan(40);
		expect(other.disk.blobs.held.size).toBe(0);
	});

	it('A11 brings back what the disk has damaged, and says so when it cannot', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		await online(one);
		const file = randomFile(3);
		const ref = await added(one, file);
		await reaches(one, ref, 'delivered');
		const damage = () => {
			const held = one.disk.blobs.held.get(ref.id)!;
			one.disk.blobs.held.set(ref.id, { ...held, bytes: held.bytes.with(99, held.bytes[99]! ^ 1) });
		};
		damage();
		expect(await bytesOf(await opened(one, ref))).toEqual(await bytesOf(file));
		damage();
		one.network.cut();
		await expect.poll(() => one.session.connection.current(), patient).not.toBe('online');
		expect(await faultOf(one, ref)).toBe('damaged');
	});

	it('A11 says of one whose key does not open it that it is damaged', async () => {
		const relay = await relayFor();
		const one = await found(relay);
		const [ref, other] = [await added(one, randomFile(1)), await added(one, randomFile(1))];
		expect(await faultOf(one, { ...ref, key: other.key })).toBe('damaged');
		expect(await faultOf(one, { ...ref, key: 'no key at all' })).toBe('damaged');
	});
});

it('B16 goes into a backup, unless the disk has damaged it', async () => {
	const relay = await relayFor();
	const one = await found(relay);
	await online(one);
	const [ref, rotten] = [await added(one, randomFile(40)), await added(one, randomFile(1))];
	const held = one.disk.blobs.held.get(rotten.id)!;
	one.disk.blobs.held.set(rotten.id, { ...held, bytes: held.bytes.with(9, 0) });
	const { kit } = one.keys();
	if (kit.state !== 'unsaved') throw new Error('a founder has a kit');
	const made = await one.session.backup(() => {}, new AbortController().signal);
	if (!made.ok) throw new Error(made.error);
	expect(made.value.report).toMatchObject({ attachments: 1, damagedAttachments: 0 });
	expect(made.value.attachmentsLeftOut).toBe(1);
	const backup = await readBackup(kit.identity, made.value.file);
	if (!backup.ok) throw new Error(backup.error);
	expect([...backup.value.blobs.keys()]).toEqual([ref.id]);
});

/** All that lies in a folder, as one piece. */
function contentsOf(folder: string): Buffer {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const files = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
	return Buffer.concat([Buffer.from(names.join('\n')), ...files.map((path) => readFileSync(path))]);
}

it('A3 A2 leaves no word, name, type or key of a file with the relay or in the clear here', async () => {
	const child = await startRelayProcess();
	stops.push(child.dispose);
	const sentBytes: Uint8Array[] = [];
	const relayAnswers =
		(real: typeof fetch): typeof fetch =>
		(address, init) => {
			sentBytes.push(utf8ToBytes(`${String(address)} ${JSON.stringify(init?.headers ?? {})}`));
			if (init?.body instanceof Uint8Array) sentBytes.push(new Uint8Array(init.body));
			return real(address, init);
		};
	const one = await found(child, { relayAnswers });
	await online(one);
	const words = '食堂油烟管道的检修记录';
	const name = '检修记录-2023.docx';
	const mime = 'application/x-tongxin-test';
	const ref = await added(one, new Blob([words.repeat(5_000)]), { name, mime, kind: 'file' });
	// As a feature does: the reference goes into a document.
	const room = await one.session.createDocument('notes', '台账');
	const document = await one.session.openDocument(room);
	document.doc.getMap('evidence').set(ref.id, ref);
	await reaches(one, ref, 'delivered');
	await expect.poll(() => one.session.save.current().delivered, patient).toBe(true);
	document.close();
	const here = Buffer.concat([...one.disk.blobs.held.values()].map(({ bytes }) => bytes));
	const logs = Buffer.concat([...one.disk.rooms.values()].flatMap(({ updates }) => updates));
	const places = [contentsOf(child.dataDir), Buffer.concat(sentBytes), here, logs];
	expect(places[0]!.includes(ref.id)).toBe(true); // the search does find what is there
	for (const secret of [words, name, mime, ref.key, ref.key.slice(17, 40)])
		for (const place of places) expect(place.includes(secret)).toBe(false);
	expect(child.log()).not.toContain(ref.id);
});
