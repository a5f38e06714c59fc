import { beforeEach, describe, expect, it } from 'vitest';
import { newId, type MemberId } from '../../base/ids.ts';
import {
	createTestBranch,
	createTestDevice,
	createTestKey,
	DAY_MS,
	faultOf,
	rosterOf,
	type TestBranch,
	type TestDevice
} from '../../../../tests/support/relayBranch.ts';
import {
	activeDevices,
	devicesOf,
	isActive,
	isOpenInvite,
	mayReadRestricted,
	mayWrite,
	minEpochAt,
	writingSpanAt
} from './roster.ts';
import { parseRosterBody, signRecord, type Role } from './rosterRecord.ts';

const AT = 1_700_000_000_000;
const NOT_SECRETARIES = ['officer', 'observer'] as const;

let branch: TestBranch;
let founder: TestDevice;
beforeEach(async () => {
	branch = await createTestBranch(AT);
	({ founder } = branch);
});

const memberOf = ({ card }: TestDevice) => card.member as MemberId;
const deviceIn = async ({ id }: TestDevice) => (await rosterOf(branch)).devices.get(id)!;
const inviteFields = { type: 'invite', expiresAt: AT + DAY_MS, uses: 1, commons: 'AAAA' } as const;

describe('a further device', () => {
	it.each(['secretary', 'officer', 'observer'] as const)(
		'R15 is invited by the %s himself and gets his role',
		async (role) => {
			const first = await branch.admit(role);
			const second = await branch.pair(first);
			expect(await deviceIn(second)).toMatchObject({ role, pending: false, invitedBy: first.id });
			const roster = await rosterOf(branch);
			expect(devicesOf(roster, memberOf(first)).map(({ id }) => id)).toEqual([first.id, second.id]);
		}
	);

	it('R15 R20 gets the role that the person has when it comes, not the one in the invitation', async () => {
		const observer = await branch.admit('observer');
		const { member } = observer.card;
		const key = await branch.invite(observer, { member, role: 'secretary' });
		const second = await createTestDevice(member);
		await branch.claim(key, second);
		expect((await deviceIn(second)).role).toBe('observer');
		expect(mayWrite(await deviceIn(second))).toBe(false);
	});

	it('R15 R4 is not added to somebody else, not even by a secretary', async () => {
		const officer = await branch.admit('officer');
		await branch.invite(founder, { member: officer.card.member });
		expect(await faultOf(branch)).toBe('not-allowed');
		branch.cut(3);
		await branch.invite(officer, { member: founder.card.member });
		expect(await faultOf(branch)).toBe('not-allowed');
	});

	it('R15 R16 is of the person who invited it and nobody else', async () => {
		const officer = await branch.admit('officer');
		const key = await branch.invite(officer, { member: officer.card.member });
		await branch.claim(key, await createTestDevice());
		expect(await faultOf(branch)).toBe('wrong-member');
		branch.cut(4);
		await branch.claim(key, await createTestDevice(founder.card.member));
		expect(await faultOf(branch)).toBe('wrong-member');
	});

	it('R15 comes alone and without waiting', async () => {
		const { member } = founder.card;
		for (const fields of [{ uses: 2 }, { approval: true as const }]) {
			await branch.invite(founder, { member, ...fields });
			expect(await faultOf(branch)).toBe('not-allowed');
			branch.cut(1);
		}
	});

	it('R15 R6 is one, however often the link is opened', async () => {
		const key = await branch.invite(founder, { member: founder.card.member });
		await branch.claim(key, await createTestDevice(founder.card.member));
		await branch.claim(key, await createTestDevice(founder.card.member));
		expect(await faultOf(branch)).toBe('invite-used');
	});
});

describe('an invitation by name', () => {
	it('R16 lets in that person and no other', async () => {
		const member = newId();
		const key = await branch.invite(founder, { member });
		await branch.claim(key, await createTestDevice());
		expect(await faultOf(branch)).toBe('wrong-member');
		branch.cut(2);
		await branch.claim(key, await createTestDevice(member));
		expect((await rosterOf(branch)).members.has(member as MemberId)).toBe(true);
	});

	it('R16 is not forestalled by the holder of another link who takes the name', async () => {
		const open = await branch.invite(founder, { uses: 5 });
		const member = newId();
		await branch.invite(founder, { member });
		await branch.claim(open, await createTestDevice(member));
		expect(await faultOf(branch)).toBe('wrong-member');
	});

	it('R16 R22 does not let anybody come as a person who is or was in', async () => {
		const officer = await branch.admit('officer');
		const open = await branch.invite(founder, { uses: 5 });
		await branch.claim(open, await createTestDevice(officer.card.member));
		expect(await faultOf(branch)).toBe('already-in');
		branch.cut(4);
		await branch.retire(founder, officer);
		await branch.claim(open, await createTestDevice(officer.card.member));
		expect(await faultOf(branch)).toBe('already-in');
		branch.cut(5);
		await branch.invite(founder, { member: officer.card.member });
		expect(await faultOf(branch)).toBe('not-allowed');
	});
});

describe('an invitation that asks for approval', () => {
	const admit = (by: TestDevice, device: TestDevice) =>
		branch.act(by, { type: 'admit', device: device.id, commons: 'BBBB', profile: 'CCCC' });

	it('R17 R19 lets nobody in until a secretary does', async () => {
		const pending = await branch.knock();
		const before = await rosterOf(branch);
		expect(before.devices.get(pending.id)).toMatchObject({ pending: true, writes: [] });
		expect(before.members.has(memberOf(pending))).toBe(false);
		expect(activeDevices(before).map(({ id }) => id)).toEqual([founder.id]);
		await admit(founder, pending);
		const roster = await rosterOf(branch);
		expect(roster.members.get(memberOf(pending))?.role).toBe('officer');
		expect(roster.devices.get(pending.id)).toMatchObject({
			...{ pending: false, commons: 'BBBB', profile: 'CCCC', writes: [{ from: 4, to: null }] }
		});
	});

	it('R17 no record of a pending device holds', async () => {
		const pending = await branch.knock();
		const attempts = [
			() => branch.invite(pending),
			() => branch.invite(pending, { member: pending.card.member }),
			() => branch.kit(pending),
			() => admit(pending, pending),
			() => branch.setRole(pending, founder, 'observer'),
			() => branch.retire(pending, founder),
			() => branch.retire(pending, pending),
			() => branch.rotate(pending, 2)
		];
		for (const attempt of attempts) {
			await attempt();
			expect(await faultOf(branch)).toBe('not-allowed');
			branch.cut(3);
		}
	});

	it.each(NOT_SECRETARIES)('R19 is not granted by an %s', async (role) => {
		const pending = await branch.knock();
		await admit(await branch.admit(role), pending);
		expect(await faultOf(branch)).toBe('not-allowed');
	});

	it('R19 is granted once, to who asked and was not turned down', async () => {
		const [one, two] = [await branch.knock(), await branch.knock()];
		await admit(founder, one);
		await admit(founder, one);
		expect(await faultOf(branch)).toBe('already-in');
		branch.cut(6);
		await branch.retire(founder, two);
		await admit(founder, two);
		expect(await faultOf(branch)).toBe('device-unknown');
		branch.cut(7);
		expect((await rosterOf(branch)).rotationDue).toBe(false); // it never held a key
		await admit(founder, await createTestDevice());
		expect(await faultOf(branch)).toBe('device-unknown');
	});

	it('R17 R16 does not let two come in as one person', async () => {
		const key = await branch.invite(founder, { approval: true, uses: 2 });
		const first = await createTestDevice();
		const second = await createTestDevice(first.card.member);
		await branch.claim(key, first);
		await branch.claim(key, second);
		await admit(founder, second);
		await admit(founder, first);
		expect(await faultOf(branch)).toBe('already-in');
	});

	it('R17 carries no key, as any other must', async () => {
		const inviteKey = (await createTestKey()).name;
		await branch.act(founder, { ...inviteFields, inviteKey, role: 'officer', approval: true });
		expect(await faultOf(branch)).toBe('malformed');
		branch.cut(1);
		const { commons: _, ...bare } = inviteFields;
		await branch.act(founder, { ...bare, inviteKey, role: 'officer' });
		expect(await faultOf(branch)).toBe('malformed');
	});
});

describe('a revoked invitation', () => {
	const revoke = (by: TestDevice, inviteKey: string) =>
		branch.act(by, { type: 'revoke', inviteKey });

	it('R18 admits nobody, and is not open', async () => {
		const key = await branch.invite(founder, { uses: 3 });
		expect(isOpenInvite((await rosterOf(branch)).invites.get(key.name)!, AT)).toBe(true);
		await revoke(founder, key.name);
		expect(isOpenInvite((await rosterOf(branch)).invites.get(key.name)!, AT)).toBe(false);
		await branch.claim(key, await createTestDevice());
		expect(await faultOf(branch)).toBe('invite-revoked');
	});

	it('R18 was revoked by a secretary or by who made it, with any of his devices', async () => {
		const officer = await branch.admit('officer');
		const second = await branch.pair(officer);
		const own = await branch.invite(officer, { member: officer.card.member });
		await revoke(second, own.name);
		expect(await faultOf(branch)).toBeNull();
		await revoke(founder, own.name);
		expect(await faultOf(branch)).toBeNull();
		const foreign = await branch.invite(founder);
		await revoke(officer, foreign.name);
		expect(await faultOf(branch)).toBe('not-allowed');
	});

	it('R18 was one', async () => {
		await revoke(founder, (await createTestKey()).name);
		expect(await faultOf(branch)).toBe('invite-unknown');
	});
});

describe('a role', () => {
	it('R20 R27 is set by a secretary, on all devices of the person', async () => {
		const officer = await branch.admit('officer');
		const second = await branch.pair(officer);
		await branch.setRole(founder, officer, 'observer', true);
		const roster = await rosterOf(branch);
		const member = roster.members.get(memberOf(officer))!;
		expect(member).toMatchObject({ role: 'observer', restricted: true, left: null });
		expect(mayReadRestricted(member)).toBe(true);
		for (const { id } of [officer, second]) {
			const device = roster.devices.get(id)!;
			expect([device.role, mayWrite(device)]).toEqual(['observer', false]);
			expect(device.writes.map(({ to }) => to)).toEqual([5]);
		}
	});

	it.each(NOT_SECRETARIES)('R20 is not changed by an %s, his own included', async (role) => {
		const device = await branch.admit(role);
		for (const target of [device, founder]) {
			await branch.setRole(device, target, 'secretary');
			expect(await faultOf(branch)).toBe('not-allowed');
			branch.cut(3);
		}
	});

	it('R20 is of somebody who is in', async () => {
		const officer = await branch.admit('officer');
		const pending = await branch.knock();
		await branch.retire(founder, officer);
		for (const target of [officer, pending, await createTestDevice()]) {
			await branch.setRole(founder, target, 'observer');
			expect(await faultOf(branch)).toBe('member-unknown');
			branch.cut(6);
		}
	});

	it('R20 restricted rooms are for secretaries, for whom that was said, and nobody who has left', async () => {
		const officer = await branch.admit('officer');
		const readers = async () =>
			[...(await rosterOf(branch)).members.values()]
				.filter(mayReadRestricted)
				.map(({ id }) => id as string);
		expect(await readers()).toEqual([founder.card.member]);
		await branch.setRole(founder, officer, 'officer', true);
		expect(await readers()).toEqual([founder.card.member, officer.card.member]);
		await branch.retire(founder, officer);
		expect(await readers()).toEqual([founder.card.member]);
	});

	it('R29 who is a secretary no more has let nobody in by a link he kept', async () => {
		const former = await branch.admit('secretary');
		const kept = await branch.invite(former, { role: 'secretary', uses: 9 });
		const own = await branch.invite(former, { member: former.card.member });
		await branch.setRole(founder, former, 'officer');
		await branch.claim(kept, await createTestDevice());
		expect(await faultOf(branch)).toBe('invite-revoked');
		branch.cut(6);
		await branch.claim(own, await createTestDevice(former.card.member));
		expect(await faultOf(branch)).toBeNull();
	});
});

describe('a retired device', () => {
	it('R21 signs nothing that holds, does not come back, and what it opened is closed', async () => {
		const officer = await branch.admit('officer');
		const stolen = await branch.pair(officer);
		const link = await branch.invite(stolen, { member: officer.card.member });
		const open = await branch.invite(founder, { uses: 5 });
		await branch.retire(officer, stolen);
		const { length } = branch.records;
		await branch.claim(link, await createTestDevice(officer.card.member));
		expect(await faultOf(branch)).toBe('invite-revoked');
		branch.cut(length);
		await branch.claim(open, stolen);
		expect(await faultOf(branch)).toBe('already-in');
		branch.cut(length);
		await branch.kit(stolen);
		expect(await faultOf(branch)).toBe('author-retired');
		branch.cut(length);
		expect((await rosterOf(branch)).members.get(memberOf(officer))?.left).toBeNull();
	});

	it('R21 was retired by a secretary or by the person himself', async () => {
		const officer = await branch.admit('officer');
		const other = await branch.admit('officer');
		await branch.retire(other, officer);
		expect(await faultOf(branch)).toBe('not-allowed');
		branch.cut(5);
		await branch.retire(officer, officer, founder);
		expect(await faultOf(branch)).toBe('not-allowed');
		branch.cut(5);
		await branch.retire(officer, officer);
		expect(await faultOf(branch)).toBeNull();
		await branch.retire(founder, officer);
		expect(await faultOf(branch)).toBe('device-unknown');
		branch.cut(6);
		await branch.retire(founder, await createTestDevice());
		expect(await faultOf(branch)).toBe('device-unknown');
	});

	it('R22 R25 was the last: the person has left, with his kit and his open invitations', async () => {
		const secretary = await branch.admit('secretary');
		const kit = await branch.kit(secretary);
		const key = await branch.invite(secretary);
		await branch.retire(founder, secretary);
		const roster = await rosterOf(branch);
		expect(roster.members.get(memberOf(secretary))?.left).toBe(5);
		expect(roster.kits.size).toBe(0);
		expect(devicesOf(roster, memberOf(secretary))).toEqual([]);
		await branch.recover(kit, await createTestDevice(secretary.card.member));
		expect(await faultOf(branch)).toBe('kit-unknown');
		branch.cut(6);
		await branch.claim(key, await createTestDevice());
		expect(await faultOf(branch)).toBe('invite-revoked');
	});
});

describe('the last secretary', () => {
	it('R26 is not retired and not given another role, by himself or another', async () => {
		await branch.pair(founder);
		const second = await rosterOf(branch);
		const devices = activeDevices(second).map(({ id }) => id as string);
		await branch.act(founder, { type: 'retire', devices });
		expect(await faultOf(branch)).toBe('last-secretary');
		branch.cut(3);
		for (const role of NOT_SECRETARIES) {
			await branch.setRole(founder, founder, role);
			expect(await faultOf(branch)).toBe('last-secretary');
			branch.cut(3);
		}
	});

	it('R26 is not somebody who waits, who has left, or whose devices are gone', async () => {
		const other = await branch.admit('secretary');
		const key = await branch.invite(founder, { approval: true, role: 'secretary' });
		await branch.claim(key, await createTestDevice());
		await branch.retire(founder, other);
		await branch.retire(founder, founder);
		expect(await faultOf(branch)).toBe('last-secretary');
	});

	it('R26 may go once there is another', async () => {
		const next = await branch.admit('officer');
		await branch.setRole(founder, next, 'secretary');
		await branch.setRole(next, founder, 'officer');
		await branch.retire(founder, founder);
		const roster = await rosterOf(branch);
		expect(activeDevices(roster).map(({ id, role }) => [id, role])).toEqual([
			[next.id, 'secretary']
		]);
	});
});

describe('a recovery kit', () => {
	it.each(['secretary', 'observer'] as const)(
		'R14 R25 brings a device of its member, with the role of a %s',
		async (role) => {
			const lost = await branch.admit(role);
			const kit = await branch.kit(lost);
			const found = await createTestDevice(lost.card.member);
			await branch.recover(kit, found);
			expect(await deviceIn(found)).toMatchObject({ role, pending: false, invitedBy: null });
			await branch.recover(kit, await createTestDevice(lost.card.member));
			expect(await faultOf(branch)).toBeNull();
		}
	);

	it('R25 brings nobody else, and nobody without its key or without his own signature', async () => {
		const kit = await branch.kit(founder);
		await branch.recover(kit, await createTestDevice());
		expect(await faultOf(branch)).toBe('wrong-member');
		branch.cut(2);
		const mine = await createTestDevice(founder.card.member);
		const guessed = await createTestKey();
		await branch.recover({ ...kit, sign: guessed.sign }, mine);
		expect(await faultOf(branch)).toBe('bad-signature');
		branch.cut(2);
		await branch.recover(kit, { ...mine, sign: guessed.sign });
		expect(await faultOf(branch)).toBe('bad-signature');
		branch.cut(2);
		await branch.recover(guessed, mine);
		expect(await faultOf(branch)).toBe('kit-unknown');
		branch.cut(2);
		await branch.recover(kit, founder);
		expect(await faultOf(branch)).toBe('already-in');
	});

	it('R14 R24 takes the place of the former one, which is void, and the key is renewed', async () => {
		const former = await branch.kit(founder);
		expect((await rosterOf(branch)).rotationDue).toBe(false);
		await branch.kit(founder);
		expect((await rosterOf(branch)).rotationDue).toBe(true);
		await branch.recover(former, await createTestDevice(founder.card.member));
		expect(await faultOf(branch)).toBe('kit-unknown');
	});

	it('R32 goes with the device that made it, unless it is known to be in good hands', async () => {
		const officer = await branch.admit('officer');
		const phone = await createTestDevice(officer.card.member);
		await branch.claim(await branch.invite(officer, { member: officer.card.member }), phone);
		const kit = await branch.kit(phone);
		const { length } = branch.records;
		await branch.retire(officer, phone);
		await branch.recover(kit, await createTestDevice(officer.card.member));
		expect(await faultOf(branch)).toBe('kit-unknown');
		branch.cut(length);
		await branch.act(officer, { type: 'retire', devices: [phone.id], keepKit: true });
		await branch.recover(kit, await createTestDevice(officer.card.member));
		expect(await faultOf(branch)).toBeNull();
	});

	it('R14 is proven by its own key, which serves one person', async () => {
		const officer = await branch.admit('officer');
		const kit = await branch.kit(founder);
		const fields = { type: 'kit', recipient: founder.card.ageRecipient, commons: 'AAAA' } as const;
		await branch.act(officer, { ...fields, signKey: kit.name }, kit);
		expect(await faultOf(branch)).toBe('already-in');
		branch.cut(4);
		const { name } = await createTestKey();
		await branch.act(officer, { ...fields, signKey: name }, kit);
		expect(await faultOf(branch)).toBe('bad-signature');
		branch.cut(4);
		await branch.act(officer, { ...fields, signKey: name });
		expect(await faultOf(branch)).toBe('bad-signature');
	});
});

describe('the commons key', () => {
	it('R23 is renewed by a secretary, one epoch after the other', async () => {
		expect(minEpochAt(await rosterOf(branch), 1)).toBe(1);
		await branch.rotate(founder, 2);
		await branch.rotate(founder, 3);
		const roster = await rosterOf(branch);
		expect([roster.epoch, roster.rotations.map(({ epoch }) => epoch)]).toEqual([3, [2, 3]]);
		for (const epoch of [2, 3, 5]) {
			await branch.rotate(founder, epoch);
			expect(await faultOf(branch)).toBe('wrong-epoch');
			branch.cut(3);
		}
	});

	it.each(NOT_SECRETARIES)('R23 is not renewed by an %s', async (role) => {
		await branch.rotate(await branch.admit(role), 2);
		expect(await faultOf(branch)).toBe('not-allowed');
	});

	it('R24 is due for renewal from when a device is retired', async () => {
		const officer = await branch.admit('officer');
		await branch.retire(founder, officer);
		expect((await rosterOf(branch)).rotationDue).toBe(true);
		await branch.rotate(founder, 2);
		expect((await rosterOf(branch)).rotationDue).toBe(false);
	});

	it('R24 is due for renewal when an unused link that carries it is revoked', async () => {
		const used = await branch.invite(founder);
		await branch.claim(used, await createTestDevice());
		await branch.act(founder, { type: 'revoke', inviteKey: used.name });
		expect((await rosterOf(branch)).rotationDue).toBe(false);
		const leaked = await branch.invite(founder);
		await branch.act(founder, { type: 'revoke', inviteKey: leaked.name });
		expect((await rosterOf(branch)).rotationDue).toBe(true);
	});

	it('R28 an older one is over for who knew of the renewal', async () => {
		await branch.invite(founder);
		await branch.rotate(founder, 2);
		await branch.invite(founder);
		await branch.rotate(founder, 3);
		const roster = await rosterOf(branch);
		expect([1, 2, 3, 4, 5, 9].map((length) => minEpochAt(roster, length))).toEqual([
			...[1, 1, 2, 2, 3, 3]
		]);
	});
});

describe('the right to write', () => {
	const mayAt = async (device: TestDevice, lengths: number[]) => {
		const known = await deviceIn(device);
		return lengths.filter((length) => writingSpanAt(known, length) !== null);
	};

	it('R27 begins with the record that let the device in and ends with the one that retired it', async () => {
		const officer = await branch.admit('officer'); // record 2
		await branch.invite(founder);
		await branch.retire(founder, officer); // record 4
		expect(await mayAt(officer, [1, 2, 3, 4, 5, 6])).toEqual([3, 4]);
		expect(await mayAt(founder, [0, 1, 2, 9])).toEqual([1, 2, 9]);
		expect(isActive(await deviceIn(officer))).toBe(false);
	});

	it('R27 R20 pauses while the person is an observer, and only then', async () => {
		const device = await branch.admit('observer'); // record 2
		const change = (role: Role) => branch.setRole(founder, device, role);
		for (const role of ['officer', 'secretary', 'observer', 'observer', 'officer'] as const)
			await change(role); // records 3–7
		expect((await deviceIn(device)).writes).toEqual([
			{ from: 4, to: 5 },
			{ from: 8, to: null }
		]);
		await branch.retire(founder, device); // record 8
		expect(await mayAt(device, [1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([4, 5, 8]);
	});
});

describe('a signature too many', () => {
	it('R30 does not hold: nobody can put a proof on a record that needs none', async () => {
		const [founding] = branch.records;
		const other = await createTestKey();
		const body = parseRosterBody(founding!)!.body;
		const proven = await signRecord(body, founder.sign, other.sign);
		expect(await faultOf({ records: [proven] })).toBe('malformed');
		await branch.act(founder, { ...inviteFields, inviteKey: other.name, role: 'officer' }, other);
		expect(await faultOf(branch)).toBe('malformed');
	});
});
