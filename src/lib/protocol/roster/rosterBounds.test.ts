/** What somebody who is in can make the chain hold, and that it never stops others from acting. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
	createTestBranch,
	createTestDevice,
	createTestKey,
	DAY_MS,
	faultOf,
	rosterOf,
	type TestBranch,
	type TestDevice,
	type TestKey
} from '../../../../tests/support/relayBranch.ts';
import { limits } from '../limits.ts';
import { applyRecord } from './foldRoster.ts';
import { activeDevices, isOpenInvite, type Roster } from './roster.ts';
import { signRecord, type RosterBody } from './rosterRecord.ts';
import { webRosterCrypto } from './webCrypto.ts';

const AT = 1_700_000_000_000;
const HOUR_MS = 60 * 60_000;

let branch: TestBranch;
let founder: TestDevice;
let observer: TestDevice;
beforeEach(async () => {
	branch = await createTestBranch(AT);
	({ founder } = branch);
	observer = await branch.admit('observer');
});

const link = (by: TestDevice, fields = {}) =>
	branch.invite(by, { member: by.card.member, ...fields });
const revoke = (by: TestDevice, inviteKey: string) => branch.act(by, { type: 'revoke', inviteKey });
const openLinks = ({ invites }: Roster, nowMs = AT) =>
	[...invites.values()].filter((invite) => isOpenInvite(invite, nowMs)).map(({ key }) => key);

/** Acts of one person, as cheap as they come. */
async function writeOwn(by: TestDevice, count: number): Promise<void> {
	const { name } = await link(by);
	for (let written = 1; written < count; written++) await revoke(by, name);
}

describe('links for further devices', () => {
	it('R33 stay open five at a time, however they are dated, and the newest are good', async () => {
		const keys = [];
		for (let i = 0; i < 7; i++) {
			const at = AT + i * DAY_MS; // as if the ones before had run out
			keys.push(await link(observer, { at, expiresAt: at + HOUR_MS }));
		}
		const second = await createTestDevice(observer.card.member);
		await branch.claim(keys[1]!, second, { at: AT });
		expect(await faultOf(branch)).toBe('invite-revoked');
		branch.cut(branch.records.length - 1);
		expect(openLinks(await rosterOf(branch))).toEqual(keys.slice(2).map(({ name }) => name));
		await branch.claim(keys[2]!, second, { at: AT });
		expect(await faultOf(branch)).toBeNull();
	});

	it('R33 are counted for each person alone, and other links not at all', async () => {
		const guests = [];
		for (let i = 0; i < 7; i++) guests.push(await branch.invite(founder));
		for (let i = 0; i < 7; i++) await link(observer);
		for (let i = 0; i < 5; i++) await link(founder);
		const roster = await rosterOf(branch);
		expect(openLinks(roster).length).toBe(7 + 5 + 5);
		expect(roster.rotationDue).toBe(false);
	});

	it('R33 R7 last an hour at most', async () => {
		const key = await link(observer, { expiresAt: AT + DAY_MS });
		expect(openLinks(await rosterOf(branch), AT + HOUR_MS)).toEqual([key.name]);
		expect(openLinks(await rosterOf(branch), AT + HOUR_MS + 1)).toEqual([]);
		const late = await createTestDevice(observer.card.member);
		await branch.claim(key, late, { at: AT + HOUR_MS + 1 });
		expect(await faultOf(branch)).toBe('invite-expired');
		branch.cut(branch.records.length - 1);
		const brief = await link(observer, { expiresAt: AT + 1 });
		expect(openLinks(await rosterOf(branch), AT + 1)).toContain(brief.name);
		expect(openLinks(await rosterOf(branch), AT + 2)).not.toContain(brief.name);
	});

	it.each(['a link', 'a kit'])('R33 lead to 16 devices at the same time, by %s', async (way) => {
		const kit = await branch.kit(founder);
		const bring = async () => {
			if (way === 'a link') return branch.pair(founder);
			const device = await createTestDevice(founder.card.member);
			await branch.recover(kit, device);
			return device;
		};
		const first = await bring();
		for (let i = 2; i < limits.maxDevicesOfMember; i++) await bring();
		const full = branch.records.length;
		await bring();
		expect(await faultOf(branch)).toBe('too-many-devices');
		branch.cut(full);
		await branch.retire(founder, first);
		await bring();
		const own = activeDevices(await rosterOf(branch)).filter(
			({ member }) => member === founder.card.member
		);
		expect(own.length).toBe(limits.maxDevicesOfMember);
	});
});

describe('the acts of who is no secretary', () => {
	it('R34 are 200 in all, whatever they are, and on all of his devices', async () => {
		const kit = await branch.kit(observer);
		const phone = await branch.pair(observer); // a link and who came by it: two
		const pending = await link(phone);
		await writeOwn(phone, limits.maxOwnRosterRecords - 4);
		expect(await faultOf(branch)).toBeNull();
		const { length } = branch.records;
		const further = await createTestDevice(observer.card.member);
		const more = [
			() => branch.kit(observer),
			() => link(phone),
			() => revoke(observer, pending.name),
			() => branch.claim(pending, further),
			() => branch.recover(kit, further)
		];
		for (const attempt of more) {
			await attempt();
			expect(await faultOf(branch)).toBe('too-many-records');
			branch.cut(length);
		}
		await branch.retire(observer, phone);
		expect(await faultOf(branch)).toBeNull();
	});

	it('R34 do not keep others from acting, nor anybody from taking him out', async () => {
		const officer = await branch.admit('officer');
		await writeOwn(observer, limits.maxOwnRosterRecords);
		await branch.kit(officer);
		await branch.rotate(founder, 2);
		await branch.retire(founder, observer);
		expect(await faultOf(branch)).toBeNull();
	});

	it('R34 are not counted while he is a secretary, and are counted on afterwards', async () => {
		await writeOwn(observer, limits.maxOwnRosterRecords - 1);
		await branch.setRole(founder, observer, 'secretary');
		await writeOwn(observer, 20);
		await branch.setRole(founder, observer, 'officer');
		await link(observer);
		expect(await faultOf(branch)).toBeNull();
		await link(observer);
		expect(await faultOf(branch)).toBe('too-many-records');
	});
});

describe('the end of a chain', () => {
	const RESERVED_FROM = limits.maxRosterRecords - limits.reservedRosterRecords;

	/** The same people with a chain of so many records, and one record more. */
	async function verdictAt(length: number, by: TestDevice, fields: object, prove?: TestKey) {
		const roster = { ...(await rosterOf(branch)), length };
		const head = { v: 1, seq: length, at: AT, prev: roster.head };
		const body = { ...head, ...fields } as RosterBody;
		const record = await signRecord(body, by.sign, prove?.sign);
		const next = await applyRecord(roster, record, webRosterCrypto);
		return next.ok ? null : next.error;
	}

	it('R35 is for secretaries, and for taking out a device of his own', async () => {
		const phone = await branch.pair(observer);
		const own = { type: 'invite', uses: 1, role: 'officer', expiresAt: AT + 1, commons: 'AAAA' };
		const inviteBy = async ({ id, card }: TestDevice) => {
			const inviteKey = (await createTestKey()).name;
			return { ...own, inviteKey, by: id, member: card.member };
		};
		const verdicts = async (length: number) => [
			await verdictAt(length, observer, await inviteBy(observer)),
			await verdictAt(length, founder, await inviteBy(founder)),
			await verdictAt(length, founder, { type: 'retire', by: founder.id, devices: [observer.id] }),
			await verdictAt(length, observer, { type: 'retire', by: observer.id, devices: [phone.id] })
		];
		expect(await verdicts(RESERVED_FROM - 1)).toEqual([null, null, null, null]);
		expect(await verdicts(RESERVED_FROM)).toEqual(['too-many-records', null, null, null]);
	});

	it('R35 lets in who was invited by a secretary, and no further device of others', async () => {
		const guestLink = await branch.invite(founder);
		const ownLink = await link(observer);
		const claimBy = (key: TestKey, device: TestDevice) => ({
			...{ type: 'claim', inviteKey: key.name, device: device.card, profile: 'AAAA' }
		});
		const guest = await createTestDevice();
		const phone = await createTestDevice(observer.card.member);
		expect(await verdictAt(RESERVED_FROM, guest, claimBy(guestLink, guest), guestLink)).toBeNull();
		expect(await verdictAt(RESERVED_FROM, phone, claimBy(ownLink, phone), ownLink)).toBe(
			'too-many-records'
		);
	});
});
