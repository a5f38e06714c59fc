/**
 * After a day of work no word, name or title of the branch stands in the relay's files, in its log,
 * in what crossed the wire, or in a device's IndexedDB.
 */
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dexie } from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { createRosterCrypto } from '../../src/lib/core/crypto/signer.ts';
import { foundWorkspace } from '../../src/lib/core/keys/founding.ts';
import { createVault } from '../../src/lib/core/keys/vault.ts';
import { createDexieBlobs } from '../../src/lib/core/store/dexieBlobs.ts';
import { createDexieRing } from '../../src/lib/core/store/dexieRing.ts';
import { createDexieRoomLogs } from '../../src/lib/core/store/dexieRoomLogs.ts';
import { createDexieRoster } from '../../src/lib/core/store/dexieRoster.ts';
import {
	openWorkspaceDatabase,
	workspaceDatabaseName
} from '../../src/lib/core/store/workspaceDatabase.ts';
import { createRosterKeeper } from '../../src/lib/core/roster/rosterKeeper.ts';
import { createSession } from '../../src/lib/core/createSession.ts';
import {
	branchKind,
	createNetwork,
	foundDevice,
	joinDevice,
	notesKind,
	type Device
} from '../support/device.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';

const words = ['周敬宁', '梁晓芸', '城东实验小学', '三月谈话安排', '家校沟通不够细致'];

let relay: RelayProcess | null = null;
const devices: Device[] = [];
afterEach(async () => {
	await Promise.all(devices.splice(0).map(({ session }) => session.close()));
	await relay?.dispose();
	relay = null;
});

/** Every spelling in which a word could lie about: UTF-8, UTF-16, base64 of either at any offset, JSON escapes. */
function spellings(word: string): Buffer[] {
	const utf8 = Buffer.from(word);
	const base64 = [0, 1, 2].map((offset) => {
		const text = Buffer.concat([Buffer.alloc(offset), utf8]).toString('base64url');
		return Buffer.from(text.slice(Math.ceil((offset * 4) / 3), -2));
	});
	const escaped = [...word].map((char) => `\\u${char.charCodeAt(0).toString(16)}`).join('');
	return [utf8, Buffer.from(word, 'utf16le'), ...base64, Buffer.from(escaped)];
}

const found = (hay: Buffer) =>
	words.filter((word) => spellings(word).some((needle) => hay.includes(needle)));

const filesUnder = (folder: string): Buffer =>
	Buffer.concat(
		readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => readFileSync(join(entry.parentPath, entry.name)))
	);

async function dumpDatabase(name: string): Promise<Buffer> {
	const database = await new Dexie(name).open();
	const parts: Buffer[] = [];
	const collect = (value: unknown): void => {
		if (value instanceof ArrayBuffer) parts.push(Buffer.from(value));
		else if (ArrayBuffer.isView(value))
			parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
		else if (value && typeof value === 'object') Object.values(value).forEach(collect);
		else parts.push(Buffer.from(String(value)));
	};
	for (const table of database.tables) (await table.toArray()).forEach(collect);
	database.close();
	return Buffer.concat(parts);
}

describe('what others can see', () => {
	it('finds a word that is really there, in every spelling', () => {
		for (const word of words)
			for (const needle of spellings(word))
				expect(found(Buffer.concat([Buffer.from('x'), needle, Buffer.from('y')]))).toContain(word);
		expect(found(Buffer.from('nothing'))).toEqual([]);
	});

	it(
		'R13 leaves no readable word on the relay, in its log or on the wire',
		{ timeout: 60_000 },
		async () => {
			relay = await startRelayProcess();
			const origin = `http://${relay.host}`;
			const a = await foundDevice(origin);
			devices.push(a);
			await expect.poll(() => a.session.connection.current(), { timeout: 10_000 }).toBe('online');
			const b = await joinDevice(origin, a, '梁晓芸');
			devices.push(b);
			const wire: Buffer[] = [];
			b.network.tap((bytes) => wire.push(Buffer.from(bytes)));
			a.session.root.doc.getMap('members').set('x', { name: '周敬宁' });
			const room = await a.session.createDocument('notes', '三月谈话安排');
			const { text } = await a.openText(room);
			for (const char of '家校沟通不够细致') {
				text.insert(text.length, char);
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			await expect.poll(() => b.session.documents.current().length, { timeout: 10_000 }).toBe(1);
			const copy = await b.openText(room);
			await expect.poll(() => copy.text.toString(), { timeout: 10_000 }).toBe('家校沟通不够细致');
			await expect.poll(() => a.session.save.current().held.by, { timeout: 10_000 }).toBe(2);
			expect(wire.length).toBeGreaterThan(3);
			expect(found(Buffer.concat(wire))).toEqual([]);
			await relay.stop();
			const files = filesUnder(relay.dataDir);
			expect(files.length).toBeGreaterThan(1000);
			expect(found(files)).toEqual([]);
			expect(found(Buffer.from(relay.log()))).toEqual([]);
		}
	);

	it('D6 leaves no readable word in IndexedDB', { timeout: 30_000 }, async () => {
		const crypto = createRosterCrypto();
		const clock = { now: () => Date.now() };
		const enrolled = await foundWorkspace(
			{ name: '周敬宁', post: '书记', branch: '城东实验小学党支部' },
			{ clock, crypto }
		);
		const vault = createVault();
		await vault.save(enrolled.keys, clock.now());
		const database = openWorkspaceDatabase(enrolled.keys.workspace);
		const store = createDexieRoster(database);
		await store.append(0, enrolled.records);
		const keeper = await createRosterKeeper(enrolled.keys.workspace, store, crypto);
		if (!keeper.ok) throw new Error(keeper.error);
		const network = createNetwork();
		network.cut();
		const { workspace } = enrolled.keys;
		const stored = await vault.load(workspace);
		if (stored.kind !== 'open') throw new Error(stored.kind);
		const session = await createSession({
			origin: 'http://127.0.0.1:9',
			keys: stored.keys,
			changeKeys: (change) => vault.change(workspace, change),
			ring: createDexieRing(database),
			blobs: createDexieBlobs(database),
			estimate: null,
			keeper: keeper.value,
			logs: createDexieRoomLogs(database),
			crypto,
			clock,
			rootKind: branchKind,
			kinds: [notesKind],
			isLeader: () => true,
			journalStorage: null,
			sightingStorage: null,
			dutyWaitMs: () => 50,
			branchName: () => '城东实验小学党支部',
			appVersion: 'test',
			checkpointWaitMs: () => 60_000,
			WebSocket: network.WebSocket,
			fetch: network.fetch
		});
		const room = await session.createDocument('notes', '三月谈话安排');
		const document = await session.openDocument(room);
		document.doc.getText('text').insert(0, '家校沟通不够细致，梁晓芸记');
		// A room with a key of its own: neither its title nor its words, and not the key either.
		const own = await session.createDocument('notes', '三月谈话安排', { kind: 'private' });
		const privately = await session.openDocument(own);
		privately.doc.getText('text').insert(0, '家校沟通不够细致');
		await expect.poll(() => session.save.current().stored, { timeout: 10_000 }).toBe(true);
		const dump = Buffer.concat([
			await dumpDatabase('tongxin'),
			await dumpDatabase(workspaceDatabaseName(session.workspace))
		]);
		expect(dump.length).toBeGreaterThan(1000);
		expect(found(dump)).toEqual([]);
		for (const key of enrolled.keys.commons.values())
			expect(dump.includes(Buffer.from(key.reveal()))).toBe(false);
		expect(dump.includes(Buffer.from(enrolled.keys.ageIdentity.reveal()))).toBe(false);
		const { kit } = enrolled.keys;
		if (kit.state !== 'unsaved') throw new Error(kit.state);
		expect(dump.includes(Buffer.from(kit.identity.reveal()))).toBe(false);
		document.close();
		privately.close();
		await session.close();
		database.close();
	});
});
