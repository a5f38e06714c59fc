/** Devices, rosters and tokens for tests of the relay: real keys, records and signatures. */
import { bytesToBase64Url } from '../../src/lib/base/bytes.ts';
import { newId, type DeviceId } from '../../src/lib/base/ids.ts';
import { deviceIdOf } from '../../src/lib/protocol/roster/roster.ts';
import {
	signRecord,
	type ClaimBody,
	type InviteBody,
	type RosterRecord,
	type Role
} from '../../src/lib/protocol/roster/rosterRecord.ts';
import { webRosterCrypto } from '../../src/lib/protocol/roster/webCrypto.ts';
import { createToken, protocolName, tokenProtocolPrefix } from '../../src/lib/protocol/token.ts';

export interface TestKey {
	readonly publicKey: Uint8Array<ArrayBuffer>;
	/** The public key as text. */
	readonly name: string;
	sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

export interface TestDevice extends TestKey {
	readonly id: DeviceId;
	readonly card: { signKey: string; ageRecipient: string; member: string };
}

export async function createTestKey(): Promise<TestKey> {
	const { privateKey, publicKey } = await crypto.subtle.generateKey('Ed25519', true, [
		'sign',
		'verify'
	]);
	const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
	return {
		publicKey: raw,
		name: bytesToBase64Url(raw),
		sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, bytes))
	};
}

export async function createTestDevice(): Promise<TestDevice> {
	const key = await createTestKey();
	return {
		...key,
		id: await deviceIdOf(key.publicKey, webRosterCrypto),
		card: { signKey: key.name, ageRecipient: `age1${'q'.repeat(58)}`, member: newId() }
	};
}

export interface TestBranch {
	readonly founder: TestDevice;
	readonly workspace: string;
	readonly records: readonly RosterRecord[];
	invite(by: TestDevice, fields?: Partial<InviteBody>): Promise<TestKey>;
	claim(invite: TestKey, device: TestDevice, fields?: Partial<ClaimBody>): Promise<RosterRecord>;
	/** Invites and claims at once. */
	admit(role: Role): Promise<TestDevice>;
}

export const DAY_MS = 86_400_000;

async function hashOf(record: RosterRecord): Promise<string> {
	const bytes = new Uint8Array(Buffer.from(record.body, 'base64url'));
	return bytesToBase64Url(await webRosterCrypto.sha256(bytes));
}

/** A branch whose chain grows by the records made here. */
export async function createTestBranch(at = Date.now()): Promise<TestBranch> {
	const founder = await createTestDevice();
	const founding = await signRecord(
		{
			...{ v: 1, seq: 0, at, type: 'found', prev: null, device: founder.card },
			...{ rootRoom: newId(), commons: 'AAAA', profile: 'AAAA' }
		},
		founder.sign
	);
	const records = [founding];
	const link = async () =>
		({ v: 1, seq: records.length, at, prev: await hashOf(records.at(-1)!) }) as const;

	async function invite(by: TestDevice, fields: Partial<InviteBody> = {}): Promise<TestKey> {
		const key = await createTestKey();
		const body: InviteBody = {
			...{ ...(await link()), type: 'invite', by: by.id, inviteKey: key.name, role: 'officer' },
			...{ expiresAt: at + DAY_MS, uses: 1, commons: 'AAAA', ...fields }
		};
		records.push(await signRecord(body, by.sign));
		return key;
	}

	async function claim(key: TestKey, device: TestDevice, fields: Partial<ClaimBody> = {}) {
		const body: ClaimBody = {
			...{ ...(await link()), type: 'claim', inviteKey: key.name, device: device.card },
			...{ profile: 'AAAA', ...fields }
		};
		const record = await signRecord(body, device.sign, key.sign);
		records.push(record);
		return record;
	}

	return {
		founder,
		workspace: await hashOf(founding),
		records,
		invite,
		claim,
		async admit(role) {
			const device = await createTestDevice();
			await claim(await invite(founder, { role }), device);
			return device;
		}
	};
}

export const deviceToken = (
	device: TestDevice,
	host: string,
	workspace: string,
	now = Date.now()
) => createToken(`device:${device.id}`, host, workspace, now, device.sign);

export const inviteToken = (key: TestKey, host: string, workspace: string, now = Date.now()) =>
	createToken(`invite:${key.name}`, host, workspace, now, key.sign);

export const offers = (token: string): string[] => [protocolName, `${tokenProtocolPrefix}${token}`];
