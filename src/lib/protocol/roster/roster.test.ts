import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { base64UrlToBytes, bytesToBase64Url } from '../../base/bytes.ts';
import { limits } from '../limits.ts';
import {
	createTestBranch,
	createTestDevice,
	createTestKey,
	DAY_MS,
	faultOf,
	rosterOf,
	type TestBranch
} from '../../../../tests/support/relayBranch.ts';
import { applyRecord, applyRecords } from './foldRoster.ts';
import { mayWrite } from './roster.ts';
import {
	parseRosterBody,
	parseRosterRecords,
	signRecord,
	type RosterBody,
	type RosterRecord
} from './rosterRecord.ts';
import { webRosterCrypto } from './webCrypto.ts';

const AT = 1_700_000_000_000;
const fold = (records: readonly RosterRecord[]) => applyRecords(null, records, webRosterCrypto);

const bodyOf = (record: RosterRecord) => parseRosterBody(record)!.body;

function flip(text: string, at: number, bit: number): string {
	const bytes = base64UrlToBytes(text)!;
	bytes[at % bytes.length]! ^= 1 << bit;
	return bytesToBase64Url(bytes);
}

describe('the founding record', () => {
	it('R1 R3 R8 makes the workspace of its hash and a secretary of its device', async () => {
		const branch = await createTestBranch(AT);
		const roster = await rosterOf(branch);
		const bytes = base64UrlToBytes(branch.records[0]!.body)!;
		expect(roster.workspace).toBe(bytesToBase64Url(await webRosterCrypto.sha256(bytes)));
		expect([...roster.devices.keys()]).toEqual([branch.founder.id]);
		expect(roster.devices.get(branch.founder.id)?.role).toBe('secretary');
		const keyHash = await webRosterCrypto.sha256(branch.founder.publicKey);
		expect(branch.founder.id).toBe(bytesToBase64Url(keyHash.subarray(0, 16)));
	});

	it('R3 does not hold when another device signed it', async () => {
		const branch = await createTestBranch(AT);
		const thief = await createTestDevice();
		const forged = await signRecord(bodyOf(branch.records[0]!), thief.sign);
		expect(await fold([forged])).toEqual({ ok: false, error: 'bad-signature' });
	});

	it('R2 comes first and only once', async () => {
		const branch = await createTestBranch(AT);
		const [founding] = branch.records;
		expect(await fold([])).toEqual({ ok: false, error: 'not-the-founding' });
		const twice = await fold([founding!, founding!]);
		expect(twice).toEqual({ ok: false, error: 'out-of-sequence' });
	});
});

describe('an invitation', () => {
	it('R4 R5 lets a device in with its role', async () => {
		const branch = await createTestBranch(AT);
		const officer = await branch.admit('officer');
		const observer = await branch.admit('observer');
		const roster = await rosterOf(branch);
		expect(roster.length).toBe(5);
		expect(roster.devices.get(officer.id)).toMatchObject({
			...{ role: 'officer', since: 2, invitedBy: branch.founder.id }
		});
		expect(mayWrite(roster.devices.get(officer.id)!)).toBe(true);
		expect(mayWrite(roster.devices.get(observer.id)!)).toBe(false);
	});

	it.each(['officer', 'observer'] as const)('R4 does not hold from an %s', async (role) => {
		const branch = await createTestBranch(AT);
		await branch.invite(await branch.admit(role));
		expect(await faultOf(branch)).toBe('not-allowed');
	});

	it('R4 holds from a secretary who was invited', async () => {
		const branch = await createTestBranch(AT);
		await branch.invite(await branch.admit('secretary'));
		expect(await faultOf(branch)).toBeNull();
	});

	it('R4 does not hold from a stranger', async () => {
		const branch = await createTestBranch(AT);
		await branch.invite(await createTestDevice());
		expect(await faultOf(branch)).toBe('unknown-author');
	});

	it('R4 does not hold when a stranger signs in the name of the secretary', async () => {
		const branch = await createTestBranch(AT);
		const thief = await createTestDevice();
		await branch.invite({ ...branch.founder, sign: thief.sign });
		expect(await faultOf(branch)).toBe('bad-signature');
	});

	it('R6 admits as many devices as it has uses, and no more', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 4 }), async (uses) => {
				const branch = await createTestBranch(AT);
				const key = await branch.invite(branch.founder, { uses });
				for (let i = 0; i < uses; i++) await branch.claim(key, await createTestDevice());
				expect((await rosterOf(branch)).devices.size).toBe(uses + 1);
				await branch.claim(key, await createTestDevice());
				expect(await faultOf(branch)).toBe('invite-used');
			}),
			{ numRuns: 5 }
		);
	});

	it('R7 is over when the claim is dated after its expiry', async () => {
		const onTime = await createTestBranch(AT);
		await onTime.claim(await onTime.invite(onTime.founder), await createTestDevice(), {
			at: AT + DAY_MS
		});
		expect(await faultOf(onTime)).toBeNull();
		const late = await createTestBranch(AT);
		await late.claim(await late.invite(late.founder), await createTestDevice(), {
			at: AT + DAY_MS + 1
		});
		expect(await faultOf(late)).toBe('invite-expired');
	});

	it('R4 does not hold twice under one key', async () => {
		const branch = await createTestBranch(AT);
		const key = await branch.invite(branch.founder);
		await branch.invite(branch.founder, { inviteKey: key.name });
		expect(await faultOf(branch)).toBe('already-in');
	});
});

describe('a claim', () => {
	it('R5 does not hold without the key of the link', async () => {
		const branch = await createTestBranch(AT);
		const key = await branch.invite(branch.founder);
		const guessed = await createTestKey();
		await branch.claim({ ...key, sign: guessed.sign }, await createTestDevice());
		expect(await faultOf(branch)).toBe('bad-signature');
	});

	it('R5 does not hold without the signature of the device it brings in', async () => {
		const branch = await createTestBranch(AT);
		const key = await branch.invite(branch.founder);
		const device = await createTestDevice();
		const thief = await createTestDevice();
		await branch.claim(key, { ...device, sign: thief.sign });
		expect(await faultOf(branch)).toBe('bad-signature');
	});

	it('R5 does not hold for an invitation nobody made', async () => {
		const branch = await createTestBranch(AT);
		await branch.claim(await createTestKey(), await createTestDevice());
		expect(await faultOf(branch)).toBe('invite-unknown');
	});

	it('R8 admits a device once', async () => {
		const branch = await createTestBranch(AT);
		const key = await branch.invite(branch.founder, { uses: 2 });
		const device = await createTestDevice();
		await branch.claim(key, device);
		await branch.claim(key, device);
		expect(await faultOf(branch)).toBe('already-in');
	});
});

describe('the chain', () => {
	let branch: TestBranch;
	let other: TestBranch;
	beforeAll(async () => {
		branch = await createTestBranch(AT);
		await branch.admit('officer');
		await branch.admit('observer');
		other = await createTestBranch(AT);
	});

	it('R1 R2 R5 does not hold with a single bit changed anywhere', async () => {
		const place = fc.record({
			record: fc.nat({ max: 4 }),
			part: fc.constantFrom('body' as const, 'signature' as const, 'proof' as const),
			at: fc.nat(),
			bit: fc.nat({ max: 7 })
		});
		const { workspace } = branch;
		await fc.assert(
			fc.asyncProperty(place, async ({ record, part, at, bit }) => {
				const text = branch.records[record]![part];
				fc.pre(text !== undefined);
				const changed = { ...branch.records[record]!, [part]: flip(text, at, bit) };
				const roster = await fold(branch.records.with(record, changed));
				expect(roster.ok && roster.value.workspace === workspace).toBe(false);
			}),
			{ numRuns: 300 }
		);
	});

	it('R2 does not hold with a record left out, doubled or moved', async () => {
		await fc.assert(
			fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4]), async (order) => {
				fc.pre(order.some((record, i) => record !== i));
				const roster = await fold(order.map((i) => branch.records[i]!));
				expect(roster.ok).toBe(false);
			}),
			{ numRuns: 50 }
		);
	});

	it('R2 holds up to any record of it', async () => {
		for (let length = 1; length <= branch.records.length; length++) {
			const roster = await fold(branch.records.slice(0, length));
			expect(roster.ok && roster.value.length).toBe(length);
		}
	});

	it('R2 does not take a fork: a record made on another head', async () => {
		const fork = await createTestBranch(AT);
		await fork.invite(fork.founder);
		const afterFirst = fork.records.slice(0, 1);
		const rival = await signRecord({ ...bodyOf(fork.records[1]!), at: AT + 1 }, fork.founder.sign);
		expect((await fold([...afterFirst, rival])).ok).toBe(true);
		expect(await fold([...fork.records, rival])).toEqual({ ok: false, error: 'out-of-sequence' });
		await fork.invite(fork.founder);
		expect(await fold([...afterFirst, rival, fork.records[2]!])).toEqual({
			ok: false,
			error: 'wrong-previous'
		});
	});

	it('R2 does not take a record of another workspace', async () => {
		const roster = await fold(other.records);
		if (!roster.ok) throw new Error(roster.error);
		const moved = await applyRecord(roster.value, branch.records[1]!, webRosterCrypto);
		expect(moved).toEqual({ ok: false, error: 'wrong-previous' });
	});
});

describe('a record', () => {
	it('R13 has no place for a name: unknown keys are refused, at every depth', async () => {
		const branch = await createTestBranch(AT);
		const body = bodyOf(branch.records[0]!);
		if (body.type !== 'found') throw new Error('expected the founding record');
		const withName = [
			{ ...body, name: 'a name' },
			{ ...body, device: { ...body.device, name: 'a name' } }
		];
		for (const named of withName) {
			const record = await signRecord(named, branch.founder.sign);
			expect(parseRosterBody(record)).toBeNull();
			expect(await fold([record])).toEqual({ ok: false, error: 'malformed' });
		}
	});

	it('R13 takes no readable text in the place of the sealed profile', async () => {
		const branch = await createTestBranch(AT);
		const body = { ...bodyOf(branch.records[0]!), profile: '李 明' } as RosterBody;
		expect(parseRosterBody(await signRecord(body, branch.founder.sign))).toBeNull();
	});

	it('R1 is refused with keys it does not have, and with a body that is too long', async () => {
		const branch = await createTestBranch(AT);
		const [founding] = branch.records;
		expect(parseRosterRecords([{ ...founding!, note: 'x' }])).toBeNull();
		expect(
			parseRosterRecords([{ ...founding!, body: 'A'.repeat(limits.maxRosterRecordBytes + 1) }])
		).toBeNull();
		expect(parseRosterRecords([founding])).toEqual([founding]);
	});

	it('R1 is malformed from random bytes, without throwing', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
				const record = { body: bytesToBase64Url(bytes), signature: 'A'.repeat(86) };
				expect(await fold([record])).toEqual({ ok: false, error: 'malformed' });
			})
		);
	});
});

describe('ids and keys in a record', () => {
	it('R1 are taken in their one canonical spelling and in no other', async () => {
		const branch = await createTestBranch(AT);
		const body = bodyOf(branch.records[0]!);
		if (body.type !== 'found') throw new Error('expected the founding record');
		const parses = async (changed: object) =>
			parseRosterBody(await signRecord({ ...body, ...changed }, branch.founder.sign));
		const anyText = fc.oneof(
			...[16, 15, 17, 32].map((length) =>
				fc.uint8Array({ minLength: length, maxLength: length }).map(bytesToBase64Url)
			),
			fc.stringMatching(/^[A-Za-z0-9_-]{22}$/),
			fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)
		);
		await fc.assert(
			fc.asyncProperty(anyText, async (text) => {
				const length = base64UrlToBytes(text)?.length;
				expect((await parses({ rootRoom: text })) !== null).toBe(length === 16);
				const device = { ...body.device, signKey: text };
				expect((await parses({ device })) !== null).toBe(length === 32);
			})
		);
	});
});
