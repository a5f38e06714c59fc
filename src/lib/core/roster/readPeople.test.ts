import { describe, expect, it } from 'vitest';
import {
	createTestBranch,
	createTestDevice,
	rosterOf
} from '../../../../tests/support/relayBranch.ts';
import { readInvitations } from './readPeople.ts';

const joinedBy = async (branch: Awaited<ReturnType<typeof createTestBranch>>) =>
	readInvitations(await rosterOf(branch), Date.now())[0]!.joined;

describe('readInvitations', () => {
	it('names who came by it', async () => {
		const branch = await createTestBranch();
		const { card } = await branch.admit('officer');
		expect(await joinedBy(branch)).toEqual([card.member]);
	});

	it('does not name who waits for consent or was turned down, only who was let in', async () => {
		const branch = await createTestBranch();
		const { founder } = branch;
		const key = await branch.invite(founder, { approval: true, uses: 3 });
		const [waiting, refused, admitted] = await Promise.all([1, 2, 3].map(() => createTestDevice()));
		for (const device of [waiting!, refused!, admitted!]) await branch.claim(key, device);
		expect(await joinedBy(branch)).toEqual([]);
		await branch.retire(founder, refused!);
		const device = admitted!.id;
		await branch.act(founder, { type: 'admit', device, commons: 'AAAA', profile: 'AAAA' });
		expect(await joinedBy(branch)).toEqual([admitted!.card.member]);
	});
});
