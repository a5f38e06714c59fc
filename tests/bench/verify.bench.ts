/** What it costs to trust: signatures and ciphers of entries, and the fold of a roster's chain. */
import { afterAll, describe, expect, it } from 'vitest';
import { createRosterCrypto } from '../../src/lib/core/crypto/signer.ts';
import { entrySignedBytes, parseEntry, sealEntry } from '../../src/lib/core/crypto/entry.ts';
import { readEntry } from '../../src/lib/core/rooms/entryReader.ts';
import { verifyChain } from '../../src/lib/core/roster/rosterKeeper.ts';
import type { WorkspaceId } from '../../src/lib/base/ids.ts';
import { limits } from '../../src/lib/protocol/limits.ts';
import { FIRST_EPOCH } from '../../src/lib/protocol/roster/roster.ts';
import { createTestBranch, type TestBranch } from '../support/relayBranch.ts';
import { createWriter, type Writer } from './longRoom.ts';
import { inMs, printFigures, timed, type Figure } from './measure.ts';

const COUNTS = [1_000, 10_000];
/** As long as a chain may be before only secretaries go on. */
const CHAIN_LENGTHS = [1_000, limits.maxRosterRecords - limits.reservedRosterRecords];
/** As long as a key press in Yjs. */
const UPDATE_BYTES = 40;
const figures: Figure[] = [];

function sealOne({ scope, sealing }: Writer) {
	const { epoch, key } = sealing.current();
	const header = { kind: 'updates', epoch, rosterLength: 1, author: sealing.device } as const;
	const content = { at: 0, updates: [new Uint8Array(UPDATE_BYTES)] };
	return sealEntry(scope, header, content, key, sealing.signer);
}

async function measureEntries(count: number) {
	const writer = await createWriter();
	const { scope } = writer;
	const context = writer.context();
	const entries: Uint8Array[] = [];
	const seal = await timed(async () => {
		for (let i = 0; i < count; i++) entries.push(await sealOne(writer));
	});
	const verify = await timed(() =>
		Promise.all(
			entries.map((bytes) => {
				const entry = parseEntry(bytes);
				if (!entry.ok) throw new Error(entry.error);
				const { signKey } = context.deviceOf(entry.value.header.author)!;
				return context.crypto.verify(
					signKey,
					entrySignedBytes(scope, entry.value),
					entry.value.signature
				);
			})
		)
	);
	const read = await timed(() =>
		Promise.all(entries.map((bytes) => readEntry(scope, bytes, context)))
	);
	expect(verify.value).not.toContain(false);
	expect(read.value.map(({ kind }) => kind)).not.toContain('refused');
	figures.push(
		{ what: `${count} entries sealed one by one`, figure: inMs(seal.ms) },
		{ what: `${count} signatures verified`, figure: inMs(verify.ms), bar: '0.1 ms each (§2)' },
		{ what: `${count} entries verified and decrypted`, figure: inMs(read.ms) }
	);
}

/**
 * Years of a branch: by turns people come, get second devices, kits and other roles, knock, are let
 * in or turned down, lose devices and leave; the key is renewed as often as that asks for it.
 */
async function mixedChain(count: number): Promise<TestBranch> {
	const branch = await createTestBranch();
	const { founder } = branch;
	let epoch = FIRST_EPOCH;
	const rotate = () => branch.rotate(founder, ++epoch);
	while (branch.records.length < count) {
		const officer = await branch.admit('officer');
		const phone = await branch.pair(officer);
		await branch.kit(officer);
		const pending = await branch.knock();
		const admitted = { device: pending.id, commons: 'AAAA', profile: 'AAAA' };
		await branch.act(founder, { type: 'admit', ...admitted });
		await branch.setRole(founder, officer, 'observer');
		await branch.setRole(founder, officer, 'officer', true);
		const { name } = await branch.invite(founder);
		await branch.act(founder, { type: 'revoke', inviteKey: name });
		await branch.retire(officer, phone);
		await rotate();
		await branch.retire(founder, pending);
		await rotate();
	}
	branch.cut(count);
	return branch;
}

/** Once per measurement in a fresh process is what a device does when it opens: no warming up. */
async function measureChain(count: number) {
	const branch = await mixedChain(count);
	const workspace = branch.workspace as WorkspaceId;
	const fold = await timed(() => verifyChain(workspace, branch.records, createRosterCrypto()));
	expect(fold.value.ok).toBe(true);
	figures.push({
		...{ what: `roster of ${branch.records.length} mixed records`, figure: inMs(fold.ms) },
		...(count === 1_000 ? { bar: '300 ms' } : {})
	});
}

describe('verification', () => {
	it.each(COUNTS)('of %i entries', measureEntries);
	it.each(CHAIN_LENGTHS)('of a chain of %i records', measureChain);
	afterAll(() => printFigures('verification', figures));
});
