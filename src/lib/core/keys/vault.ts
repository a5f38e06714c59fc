/**
 * What this device keeps of its keys, in the database `tongxin`: the signing key as a CryptoKey
 * that cannot be exported, everything else sealed with another such key. A copy of the database
 * files alone therefore opens nothing through the browser's own interfaces.
 */
import { Dexie, type Table } from 'dexie';
import { bytesToUtf8, utf8ToBytes, base64UrlToBytes, bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, type DeviceId, type MemberId, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import type { SecretKey } from '../crypto/aead.ts';
import type { SigningKey } from '../crypto/signer.ts';

export interface DeviceKeys {
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly member: MemberId;
	readonly signing: SigningKey;
	readonly ageIdentity: Redacted<string>;
	/** Commons key by epoch. */
	readonly commons: ReadonlyMap<number, SecretKey>;
}

interface KeyRow {
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly member: MemberId;
	readonly openedAt: number;
	readonly wrapping: CryptoKey;
	readonly signing: CryptoKey | null;
	readonly publicKey: Uint8Array<ArrayBuffer> | null;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly sealed: ArrayBuffer;
}

interface Secrets {
	readonly ageIdentity: string;
	readonly commons: readonly (readonly [number, string])[];
	readonly seed: string | null;
}

export interface Vault {
	save(keys: DeviceKeys, nowMs: number): Promise<void>;
	load(workspace: WorkspaceId): Promise<DeviceKeys | null>;
	/** Workspaces this device is in, the one used last first. */
	workspaces(): Promise<WorkspaceId[]>;
	/** Remembers that it was opened now. */
	touch(workspace: WorkspaceId, nowMs: number): Promise<void>;
	forget(workspace: WorkspaceId): Promise<void>;
}

const IV_BYTES = 12;

function secretsOf({ ageIdentity, commons, signing }: DeviceKeys): Secrets {
	return {
		ageIdentity: ageIdentity.reveal(),
		commons: [...commons].map(([epoch, key]) => [epoch, bytesToBase64Url(key.reveal())]),
		seed: signing.kind === 'portable' ? bytesToBase64Url(signing.seed.reveal()) : null
	};
}

function signingOf(row: KeyRow, seed: string | null): SigningKey {
	if (row.signing && row.publicKey)
		return { kind: 'native', privateKey: row.signing, publicKey: row.publicKey };
	return { kind: 'portable', seed: new Redacted(base64UrlToBytes(seed ?? '')!) };
}

export function createVault(name = 'tongxin'): Vault {
	const database = new Dexie(name) as Dexie & { keys: Table<KeyRow, WorkspaceId> };
	database.version(1).stores({ keys: 'workspace, openedAt' });

	return {
		async save(keys, nowMs) {
			const wrapping = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
				'encrypt',
				'decrypt'
			]);
			const iv = cryptoRandom(IV_BYTES);
			const plain = utf8ToBytes(JSON.stringify(secretsOf(keys)));
			await database.keys.put({
				workspace: keys.workspace,
				device: keys.device,
				member: keys.member,
				openedAt: nowMs,
				wrapping,
				signing: keys.signing.kind === 'native' ? keys.signing.privateKey : null,
				publicKey: keys.signing.kind === 'native' ? keys.signing.publicKey : null,
				iv,
				sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapping, plain)
			});
		},
		async load(workspace) {
			const row = await database.keys.get(workspace);
			if (!row) return null;
			const plain = await crypto.subtle.decrypt(
				{ name: 'AES-GCM', iv: row.iv },
				row.wrapping,
				row.sealed
			);
			const secrets = JSON.parse(bytesToUtf8(new Uint8Array(plain))) as Secrets;
			return {
				workspace,
				device: row.device,
				member: row.member,
				signing: signingOf(row, secrets.seed),
				ageIdentity: new Redacted(secrets.ageIdentity),
				commons: new Map(
					secrets.commons.map(([epoch, key]) => [epoch, new Redacted(base64UrlToBytes(key)!)])
				)
			};
		},
		workspaces: () => database.keys.orderBy('openedAt').reverse().primaryKeys(),
		async touch(workspace, nowMs) {
			await database.keys.update(workspace, { openedAt: nowMs });
		},
		async forget(workspace) {
			await database.keys.delete(workspace);
		}
	};
}
