/** The rows of the vault's table, today's and the first version's, and the unlocked master key. */
import { cryptoRandom, type DeviceId, type MemberId, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import type { SecretKey } from '../crypto/aead.ts';
import type { WrappedMaster } from './appLock.ts';
import type { Tries } from './wrongTries.ts';

/** No lock: the master key, sealed by a CryptoKey that cannot be exported. */
export interface OpenSeal {
	readonly kind: 'open';
	readonly wrapping: CryptoKey;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly sealed: ArrayBuffer;
}

export type LockedSeal = { readonly kind: 'locked'; readonly tries: Tries } & WrappedMaster;

interface AnyKeyRow {
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly member: MemberId;
	readonly openedAt: number;
	/** Only of devices that the first version made; theirs cannot be sealed with the rest. */
	readonly signing: CryptoKey | null;
	readonly publicKey: Uint8Array<ArrayBuffer> | null;
}

export interface KeyRow extends AnyKeyRow {
	readonly v: 2;
	readonly seal: OpenSeal | LockedSeal;
	/** The device's secrets under the master key. */
	readonly box: Uint8Array<ArrayBuffer>;
}

/** The first version sealed the secrets themselves by a CryptoKey. */
export interface FormerKeyRow extends AnyKeyRow {
	readonly wrapping: CryptoKey;
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly sealed: ArrayBuffer;
}

const IV_BYTES = 12;

export const isKeyRow = (row: KeyRow | FormerKeyRow): row is KeyRow => 'v' in row;

type SealedByKey = Pick<OpenSeal, 'wrapping' | 'iv' | 'sealed'>;

const openSealed = async ({ wrapping, iv, sealed }: SealedByKey) =>
	new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, wrapping, sealed));

export const openFormerBox = (row: FormerKeyRow): Promise<Uint8Array> => openSealed(row);

export async function sealMaster(master: SecretKey): Promise<OpenSeal> {
	const usages: KeyUsage[] = ['encrypt', 'decrypt'];
	const wrapping = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages);
	const iv = cryptoRandom(IV_BYTES);
	const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapping, master.reveal());
	return { kind: 'open', wrapping, iv, sealed };
}

export const unsealMaster = async (seal: OpenSeal): Promise<SecretKey> =>
	new Redacted(await openSealed(seal));
