/** Who is still waiting to be talked with by somebody, in the campaign that runs. */
import type * as Y from 'yjs';
import type { Ymd } from '$lib/base/typedDate.ts';
import { listMembers, type Member } from '$lib/features/members/index.ts';
import { coverageOf } from '../model/coverage/coverage.ts';
import { campaignOfDay, readCampaigns, type TalkCampaign } from '../model/coverage/talkCampaign.ts';
import { readAssignments, readWaivers } from '../model/coverage/talkDuties.ts';
import { talkLoads } from '../model/coverage/talkLoads.ts';
import { talkPeople } from '../model/coverage/talkPeople.ts';
import { readStubs } from '../model/coverage/talkStub.ts';
import type { TalkHeading } from '../model/record/heading.ts';
import { m } from '$lib/paraglide/messages.js';

export interface WaitingTalk {
	/** Member id of who waits. */
	readonly id: string;
	readonly name: string;
	readonly campaign: TalkCampaign;
}

/** Those given to this person, or that fall to him by the rule. Nobody once the campaign is over. */
export function openTalksOf(root: Y.Doc, self: string, today: Ymd): WaitingTalk[] {
	const campaign = campaignOfDay(readCampaigns(root).list, today);
	if (!campaign || campaign.start > today || campaign.ended) return [];
	const members = listMembers(root);
	const { items } = coverageOf({
		people: talkPeople(members),
		rules: campaign.ruleSet.rules,
		window: campaign,
		stubs: readStubs(root),
		waivers: readWaivers(root, campaign.id),
		assignments: readAssignments(root, campaign.id)
	});
	const mine = talkLoads(items, members).find(({ talker }) => talker === self)?.open ?? [];
	const nameOf = new Map<string, string>(members.map(({ id, name }) => [id, name]));
	return mine.flatMap(({ item }) =>
		item.people
			.filter((id) => id !== self)
			.map((id) => ({ id, name: nameOf.get(id) ?? '', campaign }))
	);
}

/** Whom a talk is with, seen by this person. */
export function talkeeLabel(
	members: readonly Member[],
	talk: Pick<TalkHeading, 'talkerId' | 'talkeeId' | 'talkeeName'>,
	self: string
): string {
	const other = talk.talkeeId === self ? talk.talkerId : talk.talkeeId;
	if (other === null) return talk.talkeeName || m.talks_nameless();
	return members.find(({ id }) => id === other)?.name || m.talks_nameless();
}
