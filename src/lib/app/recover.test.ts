import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newRoomId, type WorkspaceId } from '$lib/base/ids.ts';
import { err, ok } from '$lib/base/result.ts';
import { sealBlob, type SealedBlob } from '$lib/core/blobs/sealBlob.ts';
import { createRosterCrypto } from '$lib/core/crypto/signer.ts';
import type { Enrolled } from '$lib/core/keys/enrolment.ts';
import { foundWorkspace } from '$lib/core/keys/founding.ts';
import { createVault } from '$lib/core/keys/vault.ts';
import { createKit, kitFromIdentity, kitLink, type Kit } from '$lib/core/recovery/kit.ts';
import { kitWords } from '$lib/core/recovery/kitWords.ts';
import { writeBackup } from '$lib/core/recovery/writeBackup.ts';
import { createDexieBlobs } from '$lib/core/store/dexieBlobs.ts';
import { createDexieRoomLogs } from '$lib/core/store/dexieRoomLogs.ts';
import { createDexieRoster } from '$lib/core/store/dexieRoster.ts';
import { openWorkspaceDatabase } from '$lib/core/store/workspaceDatabase.ts';
import type { RelayApi } from '$lib/core/sync/relayApi.ts';
import type { RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import { findBranch, recoverBranch, type FoundBranch, type RecoverContext } from './recover.ts';
import { readKitText } from './recoverKit.ts';

const NOW = 1_678_842_000_000;
const clock = { now: () => NOW };
const crypto = createRosterCrypto();

/** As much of a relay as a chain needs; `null` records: it has never heard of the branch. */
function createFakeRelay(workspace: WorkspaceId, records: RosterRecord[] | null) {
	const relay = { records, isReachable: true, losesAnswers: false };
	const whenReachable = async <T>(answer: () => T) =>
		relay.isReachable ? answer() : err('unreachable' as const);
	const api: RelayApi = {
		origin: 'https://desk.example',
		info: () => whenReachable(() => ok({ relayId: 'r', now: NOW, protocol: 'tongxin.1' })),
		readRoster: (_workspace, from) =>
			whenReachable(() =>
				relay.records
					? ok({ length: relay.records.length, records: relay.records.slice(from) })
					: err('unknown-workspace' as const)
			),
		appendRoster: (_workspace, from, more) =>
			whenReachable(() => {
				relay.records = [...(relay.records ?? []).slice(0, from), ...more];
				if (relay.losesAnswers) return err('unreachable' as const);
				return ok({ status: 'ok' as const, length: relay.records.length });
			})
	};
	const fetch: typeof globalThis.fetch = async (address) => {
		if (!relay.isReachable) throw new TypeError('no network');
		const found = String(address).endsWith(workspace.slice(0, 8)) && relay.records;
		return Response.json({ workspaces: found ? [workspace] : [] });
	};
	const context: RecoverContext = { clock, crypto, api, fetch, label: 'Windows · Edge' };
	return { relay, context };
}

async function foundBranch(): Promise<{ enrolled: Enrolled; kit: Kit }> {
	const profile = { name: '周敬宁', post: '书记', branch: '城东实验小学党支部' };
	const enrolled = await foundWorkspace(profile, { clock, crypto });
	if (enrolled.keys.kit.state !== 'unsaved') throw new Error('a founder has a kit');
	const kit = await kitFromIdentity(enrolled.keys.kit.identity.reveal());
	return { enrolled, kit: kit! };
}

async function backupOf({ records, keys }: Enrolled, kit: Kit, blobs?: AsyncIterable<SealedBlob>) {
	const room = newRoomId();
	const log = new Y.Doc();
	log.getArray('log').push([new Uint8Array([1, 2, 3])]);
	const saved = {
		room,
		kind: 'plan',
		title: '整改计划',
		circle: 'commons' as const,
		historyOf: null,
		log: Y.encodeStateAsUpdate(log),
		readable: null
	};
	const input = {
		...{ workspace: keys.workspace, branch: '城东实验小学党支部', appVersion: '1' },
		...{ madeAt: new Date(NOW).toISOString(), records, commons: keys.commons, ring: [] },
		...{ rooms: [saved], roomCount: 1, ...(blobs ? { blobs, blobCount: 1 } : {}) }
	};
	const file = await writeBackup(input, [kit.recipient]);
	if (!file.ok) throw new Error('not called off');
	return { file: file.value, room };
}

let vaultCount = 0;
let vault = createVault();
beforeEach(() => {
	vault = createVault(`vault ${++vaultCount}`);
});

const valueOf = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
	if (!result.ok) throw new Error(`not expected: ${String(result.error)}`);
	return result.value;
};

async function stored(workspace: WorkspaceId) {
	const database = openWorkspaceDatabase(workspace);
	const records = await createDexieRoster(database).load();
	const rooms = await createDexieRoomLogs(database).unsent();
	database.close();
	return { records, rooms };
}

async function expectBack(found: FoundBranch, relayRecords: readonly RosterRecord[] | null) {
	const { workspace } = found.recovery.roster;
	const content = await vault.load(workspace);
	if (content.kind !== 'open') throw new Error('the vault has the keys');
	expect(content.keys.member).toBe(found.recovery.rosterKit.member);
	expect(content.keys.commons.size).toBe(1);
	expect(content.keys.kit.state).toBe('unsaved');
	const { records, rooms } = await stored(workspace);
	expect(records).toHaveLength(found.recovery.records.length + 1);
	if (relayRecords) expect(relayRecords).toEqual(records);
	return rooms;
}

describe('recovering', () => {
	it('brings a branch back from the characters, the code and the relay alone', async () => {
		const { enrolled, kit } = await foundBranch();
		const { workspace } = enrolled.keys;
		const { relay, context } = createFakeRelay(workspace, [...enrolled.records]);
		const given = valueOf(await readKitText((await kitWords(kit)).join('')));
		const code = ` ${workspace.slice(0, 8)} `;
		const found = valueOf(await findBranch(given, code, null, context));
		expect(found.recovery.branch).toBe('城东实验小学党支部');
		expect(found.recovery.profile.name).toBe('周敬宁');
		expect(await recoverBranch(found, vault, context)).toEqual(ok(workspace));
		await expectBack(found, relay.records);
	});

	it('brings it back from the kit and a backup file when there is no relay', async () => {
		const { enrolled, kit } = await foundBranch();
		const { workspace } = enrolled.keys;
		const { file, room } = await backupOf(enrolled, kit);
		const { relay, context } = createFakeRelay(workspace, null);
		const given = { kit, workspace: null };
		const emptied = valueOf(await findBranch(given, '', file, context));
		expect(emptied.withoutRelay).toBe('unknown-workspace');
		relay.isReachable = false;
		const found = valueOf(await findBranch(given, '', file, context));
		expect(found.withoutRelay).toBe('unreachable');
		const shares: number[] = [];
		const work = { progress: (share: number) => void shares.push(share) };
		expect(await recoverBranch(found, vault, context, work)).toEqual(ok(workspace));
		expect(await expectBack(found, null)).toEqual([room]);
		expect(shares).toEqual([1]);
	});

	it('B17 brings attachments back, to be sent again', async () => {
		const { enrolled, kit } = await foundBranch();
		const sealed = await sealBlob(new Blob(['照片']));
		async function* blobs() {
			yield sealed;
		}
		const { file } = await backupOf(enrolled, kit, blobs());
		const { context } = createFakeRelay(enrolled.keys.workspace, [...enrolled.records]);
		const found = valueOf(await findBranch({ kit, workspace: null }, '', file, context));
		const workspace = valueOf(await recoverBranch(found, vault, context));
		const database = openWorkspaceDatabase(workspace);
		const store = createDexieBlobs(database);
		expect(await store.list()).toEqual([
			{ id: sealed.id, size: sealed.bytes.length, sentTo: null }
		]);
		expect(await store.get(sealed.id)).toEqual(sealed.bytes);
		database.close();
	});

	it('uses the chain of the relay where it knows the branch, and the logs of the backup', async () => {
		const { enrolled, kit } = await foundBranch();
		const { file, room } = await backupOf(enrolled, kit);
		const { relay, context } = createFakeRelay(enrolled.keys.workspace, [...enrolled.records]);
		const found = valueOf(await findBranch({ kit, workspace: null }, '', file, context));
		expect(found.withoutRelay).toBeNull();
		await recoverBranch(found, vault, context);
		expect(await expectBack(found, relay.records)).toEqual([room]);
	});

	it('can be tried again after a tab was killed before the keys were stored', async () => {
		const { enrolled, kit } = await foundBranch();
		const { workspace } = enrolled.keys;
		const { file, room } = await backupOf(enrolled, kit);
		const { relay, context } = createFakeRelay(workspace, [...enrolled.records]);
		const found = valueOf(await findBranch({ kit, workspace: null }, '', file, context));
		const dying = { ...vault, save: () => Promise.reject(new Error('killed')) };
		await expect(recoverBranch(found, dying, context)).rejects.toThrow('killed');
		expect((await vault.load(workspace)).kind).toBe('none');
		expect(relay.records).toHaveLength(enrolled.records.length);
		expect(await recoverBranch(found, vault, context)).toEqual(ok(workspace));
		expect(await expectBack(found, relay.records)).toEqual([room]);
	});

	it('leaves nothing behind when the relay does not answer any more', async () => {
		const { enrolled, kit } = await foundBranch();
		const { workspace } = enrolled.keys;
		const { relay, context } = createFakeRelay(workspace, [...enrolled.records]);
		const found = valueOf(await findBranch({ kit, workspace }, '', null, context));
		relay.isReachable = false;
		expect(await recoverBranch(found, vault, context)).toEqual(err('unreachable'));
		expect((await vault.load(workspace)).kind).toBe('none');
		expect((await stored(workspace)).records).toEqual([]);
	});

	it('keeps its keys when the relay was told and the answer was lost', async () => {
		const { enrolled, kit } = await foundBranch();
		const { workspace } = enrolled.keys;
		const { relay, context } = createFakeRelay(workspace, [...enrolled.records]);
		const found = valueOf(await findBranch({ kit, workspace }, '', null, context));
		relay.losesAnswers = true;
		expect(await recoverBranch(found, vault, context)).toEqual(ok(workspace));
		await expectBack(found, relay.records);
	});

	it('says what is wrong: no code, a wrong one, another kit, another branch', async () => {
		const { enrolled, kit } = await foundBranch();
		const other = await foundBranch();
		const { workspace } = enrolled.keys;
		const { context } = createFakeRelay(workspace, [...enrolled.records]);
		const find = (given: Kit, code: string) =>
			findBranch({ kit: given, workspace: null }, code, null, context);
		expect(await find(kit, '')).toEqual(err('no-code'));
		expect(await find(kit, 'short')).toEqual(err('bad-code'));
		expect(await find(kit, 'AAAAAAAA')).toEqual(err('unknown-workspace'));
		expect(await find(await createKit(), workspace.slice(0, 8))).toEqual(err('kit-unknown'));
		const { file } = await backupOf(enrolled, kit);
		const elsewhere = { kit, workspace: other.enrolled.keys.workspace };
		expect(await findBranch(elsewhere, '', file, context)).toEqual(err('other-workspace'));
		const wrong = { kit: other.kit, workspace: null };
		expect(await findBranch(wrong, '', file, context)).toEqual(err('wrong-key'));
	});
});

describe('readKitText', () => {
	it('takes a kit as link, line and characters', async () => {
		const { enrolled, kit } = await foundBranch();
		const { workspace } = enrolled.keys;
		const link = kitLink('https://desk.example', workspace, kit);
		const words = await kitWords(kit);
		const forms = [link, kit.identity.reveal().toLowerCase(), `1 ${words.join('　')}\n`];
		for (const form of forms) {
			const given = valueOf(await readKitText(form));
			expect(given.kit.recipient).toBe(kit.recipient);
			expect(given.workspace).toBe(form === link ? workspace : null);
		}
	});

	it('says what is wrong with it', async () => {
		const words = (await kitWords(await createKit())).join('');
		expect(await readKitText('  ')).toEqual(err({ kind: 'empty' }));
		expect(await readKitText('https://desk.example/join#a.b')).toEqual(err({ kind: 'bad-link' }));
		expect(await readKitText('AGE-SECRET-KEY-1QQQ')).toEqual(err({ kind: 'bad-key' }));
		expect(await readKitText(words.slice(0, 20))).toEqual(err({ kind: 'wrong-count', count: 20 }));
		expect(await readKitText(`${words.slice(0, 3)}囧${words.slice(4)}`)).toEqual(
			err({ kind: 'unknown-character', position: 4, character: '囧' })
		);
	});
});
