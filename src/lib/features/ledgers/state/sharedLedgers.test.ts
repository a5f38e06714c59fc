import { expect, it } from 'vitest';
import { newMemberId, newRoomId } from '$lib/base/ids.ts';
import type { WorkspaceDocument } from '$lib/core/workspaceSession.ts';
import { personalLists } from './personal/personalLists.ts';
import { presentLedgers, sharedLedgers } from './sharedLedgers.ts';

const [self, other] = [newMemberId(), newMemberId()];
const document = (title: string, more: Partial<WorkspaceDocument> = {}): WorkspaceDocument => ({
	...{
		room: newRoomId(),
		kind: 'ledger',
		title,
		createdAt: `2023-0${title.length}`,
		trashed: false
	},
	...{ circle: 'commons', members: null, maker: null },
	...more
});
const personal = (title: string, maker: WorkspaceDocument['maker'], more = {}) =>
	document(title, { circle: 'people', members: [self, other], maker, ...more });
const titles = (documents: readonly WorkspaceDocument[]): string[] =>
	documents.map(({ title }) => title);

const all = [
	document('共'),
	document('共用'),
	document('共用的', { trashed: true }),
	document('计划书', { kind: 'plan' }),
	document('受限的', { circle: 'restricted' }),
	personal('我', self),
	personal('我的二', self),
	personal('他', other),
	personal('收起', self, { trashed: true }),
	personal('谈', self, { kind: 'talk' })
];

it('LD21 tells the committee’s ledgers from personal lists', () => {
	expect(titles(sharedLedgers(all))).toEqual(['共用的', '共用', '共']);
	expect(titles(presentLedgers(all))).toEqual(['共用', '共']);
	const { own, others } = personalLists(all, self);
	expect(titles(own)).toEqual(['我', '我的二']);
	expect(titles(others)).toEqual(['他']);
});
