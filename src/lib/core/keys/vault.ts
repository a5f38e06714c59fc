/**
 * What this device keeps of its keys, in the database `tongxin`. Everything is sealed with a random
 * master key. Without an app lock that master key is sealed by a CryptoKey that cannot be exported:
 * a copy of the rows then opens nothing through the browser's own interfaces. With a lock it opens
 * by the person's secret alone. Rules are numbered V… in SPEC.md.
 */
import { Dexie, type Table } from 'dexie';
import { systemClock, type Clock } from '$lib/base/clock.ts';
import { cryptoRandom, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { KEY_BYTES, openBox, sealBox, type SecretKey } from '../crypto/aead.ts';
import {
	createLockCipher,
	type LockCipher,
	type LockMethod,
	type LockSecret,
	type NewLock
} from './appLock.ts';
import { bytesToKeys, keysToBytes, ownerBytes, ownerOf, type DeviceKeys } from './deviceKeys.ts';
import {
	isKeyRow,
	openFormerBox,
	sealMaster,
	unsealMaster,
	type FormerKeyRow,
	type KeyRow,
	type LockedSeal
} from './keyRow.ts';
import { VAULT_NAME } from './vaultName.ts';
import { countTry, noTries, triesAt } from './wrongTries.ts';

export type { DeviceKeys, KitState } from './deviceKeys.ts';

export interface Lock {
	readonly method: LockMethod;
	/** Wrong tries since the last right one. */
	readonly failed: number;
	/** Before the next try is looked at. */
	readonly waitMs: number;
}

/** `impossible`: the signing key of an older version stays usable whatever is locked around it. */
export type LockState =
	{ readonly kind: 'off' } | { readonly kind: 'impossible' } | ({ readonly kind: 'on' } & Lock);

export type VaultContent =
	| { readonly kind: 'none' }
	| { readonly kind: 'locked'; readonly lock: Lock }
	| { readonly kind: 'open'; readonly keys: DeviceKeys };

export type UnlockProblem =
	| { readonly kind: 'wrong' | 'wait'; readonly lock: Lock }
	/** A passkey was not given or cannot be used here; nothing was counted. */
	| { readonly kind: 'unavailable' };

export interface Vault {
	/** Keeps the lock as it is. While locked it throws: nobody can have keys to save. */
	save(keys: DeviceKeys, nowMs: number): Promise<void>;
	/**
	 * Reads, changes and writes in one transaction, so that two tabs lose nothing of each other's.
	 * Needs a workspace that this vault has loaded or unlocked.
	 */
	change(workspace: WorkspaceId, change: (keys: DeviceKeys) => DeviceKeys): Promise<DeviceKeys>;
	load(workspace: WorkspaceId): Promise<VaultContent>;
	unlock(workspace: WorkspaceId, secret: LockSecret): Promise<Result<DeviceKeys, UnlockProblem>>;
	lockState(workspace: WorkspaceId): Promise<LockState>;
	/** Turns the lock on or changes it; a lock that is on asks for its present secret. */
	setLock(
		workspace: WorkspaceId,
		lock: NewLock,
		present: LockSecret | null
	): Promise<Result<void, UnlockProblem>>;
	removeLock(workspace: WorkspaceId, present: LockSecret): Promise<Result<void, UnlockProblem>>;
	/** Workspaces this device is in, the one used last first. */
	workspaces(): Promise<WorkspaceId[]>;
	/** Remembers that it was opened now. */
	touch(workspace: WorkspaceId, nowMs: number): Promise<void>;
	forget(workspace: WorkspaceId): Promise<void>;
}

export interface VaultOptions {
	readonly clock?: Clock;
	readonly cipher?: LockCipher;
}

type VaultDatabase = Dexie & { keys: Table<KeyRow | FormerKeyRow, WorkspaceId> };

function openVaultDatabase(name: string): VaultDatabase {
	const database = new Dexie(name) as VaultDatabase;
	database.version(1).stores({ keys: 'workspace, openedAt' });
	return database;
}

const newMaster = (): SecretKey => new Redacted(cryptoRandom(KEY_BYTES));

const sealKeys = (keys: DeviceKeys, master: SecretKey) =>
	sealBox(master, ownerBytes(keys), keysToBytes(keys));

function openKeys(row: KeyRow, master: SecretKey): DeviceKeys {
	const bytes = openBox(master, ownerBytes(row), row.box);
	if (!bytes) throw new Error('broken invariant: the vault does not open with its master key');
	return bytesToKeys(row, bytes);
}

const lockOf = ({ method, tries }: LockedSeal): Lock => ({
	method,
	failed: tries.failed,
	waitMs: tries.leftMs
});

export function createVault(name = VAULT_NAME, options: VaultOptions = {}): Vault {
	const { clock = systemClock, cipher = createLockCipher() } = options;
	const database = openVaultDatabase(name);
	/** Of the workspaces that are open in this tab. Gone with the page: that is what locking is. */
	const masters = new Map<WorkspaceId, SecretKey>();

	const inTransaction = <T>(work: () => Promise<T>) =>
		database.transaction('rw', database.keys, work);

	/** The row in today's form. Two tabs may meet an old one at once: the first to write wins. */
	async function readRow(workspace: WorkspaceId): Promise<KeyRow | null> {
		const found = await database.keys.get(workspace);
		if (!found || isKeyRow(found)) return found ?? null;
		const keys = bytesToKeys(found, await openFormerBox(found));
		const master = newMaster();
		const seal = await sealMaster(master);
		return inTransaction(async () => {
			const present = await database.keys.get(workspace);
			if (!present || isKeyRow(present)) return present ?? null;
			const { openedAt } = present;
			const row: KeyRow = { v: 2, ...ownerOf(keys), openedAt, seal, box: sealKeys(keys, master) };
			await database.keys.put(row);
			return row;
		});
	}

	/** Null when it takes a secret that this tab has not been given. */
	async function masterOf(row: KeyRow): Promise<SecretKey | null> {
		const known = masters.get(row.workspace);
		if (known) return known;
		if (row.seal.kind === 'locked') return null;
		const master = await unsealMaster(row.seal);
		masters.set(row.workspace, master);
		return master;
	}

	async function requireMaster(row: KeyRow): Promise<SecretKey> {
		const master = await masterOf(row);
		if (!master) throw new Error('broken invariant: the vault is written to while it is locked');
		return master;
	}

	/** Works on the row as it is now; `work` must not wait for anything but the database. */
	const updateRow = <T>(workspace: WorkspaceId, work: (row: KeyRow) => readonly [KeyRow, T]) =>
		inTransaction(async () => {
			const row = await database.keys.get(workspace);
			if (!row || !isKeyRow(row)) throw new Error('broken invariant: no keys to change');
			const [next, value] = work(row);
			if (next !== row) await database.keys.put(next);
			return value;
		});

	const updateTries = (workspace: WorkspaceId, isTrying: boolean) =>
		updateRow(workspace, (row) => {
			if (row.seal.kind !== 'locked') return [row, null];
			const before = triesAt(row.seal.tries, clock.now());
			const refused = before.leftMs > 0;
			const tries = isTrying && !refused ? countTry(before, clock.now()) : before;
			const seal: LockedSeal = { ...row.seal, tries };
			return [
				{ ...row, seal },
				{ seal, refused }
			];
		});

	const forgiveTries = (workspace: WorkspaceId) =>
		updateRow(workspace, (row) => [
			row.seal.kind === 'locked' ? { ...row, seal: { ...row.seal, tries: noTries } } : row,
			undefined
		]);

	/** The try counts as wrong until it has proved right. A passkey guards itself. */
	async function openSeal(
		workspace: WorkspaceId,
		secret: LockSecret
	): Promise<Result<SecretKey, UnlockProblem>> {
		const attempt = await updateTries(workspace, secret.method !== 'passkey');
		if (!attempt) throw new Error('broken invariant: a secret was given where no lock is');
		const { seal, refused } = attempt;
		if (refused && secret.method !== 'passkey') return err({ kind: 'wait', lock: lockOf(seal) });
		const opened = await cipher.unwrap(seal, secret);
		if (opened.ok) {
			await forgiveTries(workspace);
			return opened;
		}
		return err(
			opened.error === 'unavailable'
				? { kind: 'unavailable' }
				: { kind: 'wrong', lock: lockOf(seal) }
		);
	}

	async function load(workspace: WorkspaceId): Promise<VaultContent> {
		const row = await readRow(workspace);
		if (!row) return { kind: 'none' };
		const master = await masterOf(row);
		if (master) return { kind: 'open', keys: openKeys(row, master) };
		const tries = await updateTries(workspace, false);
		// Otherwise another tab has just turned the lock off.
		return tries ? { kind: 'locked', lock: lockOf(tries.seal) } : load(workspace);
	}

	return {
		load,
		async save(keys, nowMs) {
			const { workspace } = keys;
			const row = await readRow(workspace);
			const master = row ? await requireMaster(row) : newMaster();
			const fresh = await sealMaster(master);
			await inTransaction(async () => {
				const present = await database.keys.get(workspace);
				const seal = present && isKeyRow(present) ? present.seal : fresh;
				const box = sealKeys(keys, master);
				await database.keys.put({ v: 2, ...ownerOf(keys), openedAt: nowMs, seal, box });
			});
			masters.set(workspace, master);
		},
		async change(workspace, change) {
			const row = await readRow(workspace);
			if (!row) throw new Error('broken invariant: no keys to change');
			const master = await requireMaster(row);
			return updateRow(workspace, (present) => {
				const keys = change(openKeys(present, master));
				return [{ ...present, box: sealKeys(keys, master) }, keys];
			});
		},
		async unlock(workspace, secret) {
			const master = await openSeal(workspace, secret);
			if (!master.ok) return master;
			masters.set(workspace, master.value);
			return ok(openKeys((await readRow(workspace))!, master.value));
		},
		async lockState(workspace) {
			const row = await readRow(workspace);
			if (row?.seal.kind !== 'locked') return { kind: row?.signing ? 'impossible' : 'off' };
			const tries = await updateTries(workspace, false);
			return tries ? { kind: 'on', ...lockOf(tries.seal) } : { kind: 'off' };
		},
		async setLock(workspace, lock, present) {
			const row = await readRow(workspace);
			if (!row || row.signing) throw new Error('broken invariant: this vault cannot be locked');
			let master = await requireMaster(row);
			if (row.seal.kind === 'locked') {
				if (!present) throw new Error('broken invariant: a lock is changed without its secret');
				const opened = await openSeal(workspace, present);
				if (!opened.ok) return opened;
				master = opened.value;
			}
			const wrapped = await cipher.wrap(master, lock);
			if (!wrapped.ok) return err({ kind: 'unavailable' });
			await updateRow(workspace, (now) => [
				{ ...now, seal: { kind: 'locked', ...wrapped.value, tries: noTries } },
				undefined
			]);
			return ok(undefined);
		},
		async removeLock(workspace, present) {
			const opened = await openSeal(workspace, present);
			if (!opened.ok) return opened;
			const seal = await sealMaster(opened.value);
			await updateRow(workspace, (row) => [{ ...row, seal }, undefined]);
			return ok(undefined);
		},
		workspaces: () => database.keys.orderBy('openedAt').reverse().primaryKeys(),
		async touch(workspace, nowMs) {
			await database.keys.update(workspace, { openedAt: nowMs });
		},
		async forget(workspace) {
			masters.delete(workspace);
			await database.keys.delete(workspace);
		}
	};
}
