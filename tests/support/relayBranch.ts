/** Devices, rosters and tokens for tests of the relay: real keys, records and signatures. */
import { bytesToBase64Url } from '../../src/lib/base/bytes.ts';
import { newId, type DeviceId } from '../../src/lib/base/ids.ts';
import { applyRecords } from '../../src/lib/protocol/roster/foldRoster.ts';
import { deviceIdOf, type Roster } from '../../src/lib/protocol/roster/roster.ts';
import {
	signRecord,
	type BodyOf,
	type ClaimBody,
	type InviteBody,
	type RosterBody,
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

const RECIPIENT = `age1${'q'.repeat(58)}`;

/** Of a new person, or a further one of somebody's. */
export async function createTestDevice(member: string = newId()): Promise<TestDevice> {
	const key = await createTestKey();
	return {
		...key,
		id: await deviceIdOf(key.publicKey, webRosterCrypto),
		card: { signKey: key.name, ageRecipient: RECIPIENT, member }
	};
}

/** Kinds of record that a device which is in writes. */
type ActType = Extract<RosterBody, { by: string }>['type'];
/** The fields of an act that are not the same on all. */
export type ActFields = {
	[Type in ActType]: Omit<BodyOf<Type>, 'v' | 'seq' | 'at' | 'prev' | 'by'>;
}[ActType];

export interface TestBranch {
	readonly founder: TestDevice;
	readonly workspace: string;
	readonly records: readonly RosterRecord[];
	/** Writes any act, whether it holds or not. */
	act(by: TestDevice, fields: ActFields, prove?: TestKey): Promise<RosterRecord>;
	/** Takes back the newest records, down to a length: for what did not hold, or to make a fork. */
	cut(length: number): void;
	invite(by: TestDevice, fields?: Partial<InviteBody>): Promise<TestKey>;
	claim(invite: TestKey, device: TestDevice, fields?: Partial<ClaimBody>): Promise<RosterRecord>;
	/** Invites and claims at once. */
	admit(role: Role): Promise<TestDevice>;
	/** A claim that waits for a secretary. */
	knock(by?: TestDevice): Promise<TestDevice>;
	/** A further device of the same person. */
	pair(device: TestDevice): Promise<TestDevice>;
	/** Prints a kit; its key is what the paper holds. */
	kit(by: TestDevice): Promise<TestKey>;
	recover(kit: TestKey, device: TestDevice): Promise<RosterRecord>;
	retire(by: TestDevice, ...devices: TestDevice[]): Promise<RosterRecord>;
	setRole(by: TestDevice, of: TestDevice, role: Role, restricted?: boolean): Promise<RosterRecord>;
	rotate(by: TestDevice, epoch: number): Promise<RosterRecord>;
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

	async function push(body: RosterBody, by: TestKey, prove?: TestKey): Promise<RosterRecord> {
		const record = await signRecord(body, by.sign, prove?.sign);
		records.push(record);
		return record;
	}

	const act: TestBranch['act'] = async (by, fields, prove) =>
		push({ ...(await link()), by: by.id, ...fields }, by, prove);

	async function invite(by: TestDevice, fields: Partial<InviteBody> = {}): Promise<TestKey> {
		const key = await createTestKey();
		const commons = fields.approval ? {} : { commons: 'AAAA' };
		await act(by, {
			...{ type: 'invite', inviteKey: key.name, role: 'officer', expiresAt: at + DAY_MS, uses: 1 },
			...commons,
			...fields
		});
		return key;
	}

	async function claim(key: TestKey, device: TestDevice, fields: Partial<ClaimBody> = {}) {
		const body: ClaimBody = {
			...{ ...(await link()), type: 'claim', inviteKey: key.name, device: device.card },
			...{ profile: 'AAAA', ...fields }
		};
		return push(body, device, key);
	}

	return {
		founder,
		workspace: await hashOf(founding),
		records,
		act,
		cut(length) {
			records.length = length;
		},
		invite,
		claim,
		async admit(role) {
			const device = await createTestDevice();
			await claim(await invite(founder, { role }), device);
			return device;
		},
		async knock(by = founder) {
			const device = await createTestDevice();
			await claim(await invite(by, { approval: true }), device);
			return device;
		},
		async pair(device) {
			const { member } = device.card;
			const further = await createTestDevice(member);
			await claim(await invite(device, { member }), further);
			return further;
		},
		async kit(by) {
			const kit = await createTestKey();
			const fields = { signKey: kit.name, recipient: RECIPIENT, commons: 'AAAA' };
			await act(by, { type: 'kit', ...fields }, kit);
			return kit;
		},
		recover: async (kit, device) =>
			push(
				{
					...{ ...(await link()), type: 'recover', kitKey: kit.name, device: device.card },
					profile: 'AAAA'
				},
				device,
				kit
			),
		retire: (by, ...devices) => act(by, { type: 'retire', devices: devices.map(({ id }) => id) }),
		setRole: (by, { card }, role, restricted = false) =>
			act(by, { type: 'role', member: card.member, role, restricted }),
		rotate: (by, epoch) => act(by, { type: 'rotate', epoch, commons: 'AAAA', previous: 'AAAA' })
	};
}

/** What the branch's chain comes to; throws where it does not hold. */
export async function rosterOf({ records }: Pick<TestBranch, 'records'>): Promise<Roster> {
	const roster = await applyRecords(null, records, webRosterCrypto);
	if (!roster.ok) throw new Error(roster.error);
	return roster.value;
}

/** Why it does not hold, or null. */
export async function faultOf({ records }: Pick<TestBranch, 'records'>): Promise<string | null> {
	const roster = await applyRecords(null, records, webRosterCrypto);
	return roster.ok ? null : roster.error;
}

export const deviceToken = (
	device: TestDevice,
	host: string,
	workspace: string,
	now = Date.now()
) => createToken(`device:${device.id}`, host, workspace, now, device.sign);

export const inviteToken = (key: TestKey, host: string, workspace: string, now = Date.now()) =>
	createToken(`invite:${key.name}`, host, workspace, now, key.sign);

export const kitToken = (kit: TestKey, host: string, workspace: string, now = Date.now()) =>
	createToken(`kit:${kit.name}`, host, workspace, now, kit.sign);

export const offers = (token: string): string[] => [protocolName, `${tokenProtocolPrefix}${token}`];
