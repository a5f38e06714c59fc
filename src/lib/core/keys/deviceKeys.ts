/** The secrets of one device in one workspace, and their form inside the vault's sealed box. */
import { base64UrlToBytes, bytesToBase64Url, bytesToUtf8, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, type DeviceId, type MemberId, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { KEY_BYTES, type SecretKey } from '../crypto/aead.ts';
import type { SigningKey } from '../crypto/signer.ts';

/** The recovery kit's secret stays here until it is printed or declined; then only the fact. */
export type KitState =
	| { readonly state: 'none' }
	| {
			readonly state: 'unsaved';
			readonly identity: Redacted<string>;
			readonly madeAtMs: number;
			/** This device came in by it: it is on paper, and here only until all rooms have come. */
			readonly isOnPaper?: boolean;
	  }
	| { readonly state: 'kept' | 'declined'; readonly atMs: number };

export interface DeviceKeys {
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly member: MemberId;
	readonly signing: SigningKey;
	readonly ageIdentity: Redacted<string>;
	/** Commons key by epoch; empty while the device waits for a secretary's approval. */
	readonly commons: ReadonlyMap<number, SecretKey>;
	/** Seals the rows of the key ring in the workspace's database. */
	readonly ringKey: SecretKey;
	readonly kit: KitState;
}

type KitSecrets =
	| { readonly state: 'none' }
	| {
			readonly state: 'unsaved';
			readonly identity: string;
			readonly madeAtMs: number;
			readonly isOnPaper?: boolean;
	  }
	| { readonly state: 'kept' | 'declined'; readonly atMs: number };

/** As JSON inside the box. A `native` signing key is not in here: it cannot be read out. */
interface Secrets {
	readonly ageIdentity: string;
	readonly commons: readonly (readonly [number, string])[];
	readonly seed: string | null;
	/** Absent in what the first version wrote. */
	readonly ringKey?: string;
	readonly kit?: KitSecrets;
}

export interface SecretsOwner {
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly member: MemberId;
	readonly signing: CryptoKey | null;
	readonly publicKey: Uint8Array<ArrayBuffer> | null;
}

export const newRingKey = (): SecretKey => new Redacted(cryptoRandom(KEY_BYTES));

function secretOf(text: string): SecretKey {
	const bytes = base64UrlToBytes(text);
	if (bytes?.length !== KEY_BYTES)
		throw new Error('broken invariant: a key in the vault is damaged');
	return new Redacted(bytes);
}

const textOf = (key: SecretKey) => bytesToBase64Url(key.reveal());

export const ownerOf = ({ workspace, device, member, signing }: DeviceKeys): SecretsOwner => ({
	workspace,
	device,
	member,
	signing: signing.kind === 'native' ? signing.privateKey : null,
	publicKey: signing.kind === 'native' ? signing.publicKey : null
});

/** Binds a sealed box to its row: it cannot be put into another workspace's. */
export const ownerBytes = ({
	workspace,
	device,
	member
}: Pick<SecretsOwner, 'workspace' | 'device' | 'member'>): Uint8Array<ArrayBuffer> =>
	utf8ToBytes(`tongxin.vault.2\n${workspace}\n${device}\n${member}`);

export function keysToBytes(keys: DeviceKeys): Uint8Array<ArrayBuffer> {
	const { ageIdentity, commons, signing, ringKey, kit } = keys;
	const secrets: Secrets = {
		ageIdentity: ageIdentity.reveal(),
		commons: [...commons].map(([epoch, key]) => [epoch, textOf(key)]),
		seed: signing.kind === 'portable' ? textOf(signing.seed) : null,
		ringKey: textOf(ringKey),
		kit: kit.state === 'unsaved' ? { ...kit, identity: kit.identity.reveal() } : kit
	};
	return utf8ToBytes(JSON.stringify(secrets));
}

function signingOf({ signing, publicKey }: SecretsOwner, seed: string | null): SigningKey {
	if (signing && publicKey) return { kind: 'native', privateKey: signing, publicKey };
	return { kind: 'portable', seed: secretOf(seed ?? '') };
}

/** Throws when the box was damaged: its bytes are our own, so that is no expected failure. */
export function bytesToKeys(owner: SecretsOwner, bytes: Uint8Array): DeviceKeys {
	const secrets = JSON.parse(bytesToUtf8(bytes)) as Secrets;
	const kit = secrets.kit ?? { state: 'none' };
	return {
		workspace: owner.workspace,
		device: owner.device,
		member: owner.member,
		signing: signingOf(owner, secrets.seed),
		ageIdentity: new Redacted(secrets.ageIdentity),
		commons: new Map(secrets.commons.map(([epoch, key]) => [epoch, secretOf(key)])),
		ringKey: secrets.ringKey ? secretOf(secrets.ringKey) : newRingKey(),
		kit: kit.state === 'unsaved' ? { ...kit, identity: new Redacted(kit.identity) } : kit
	};
}
