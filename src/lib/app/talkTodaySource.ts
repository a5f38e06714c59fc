/**
 * What 今日 says of talks: follow-ups, records to sign, drafts, and who is still waiting for a talk. Read
 * from headings and the branch document alone; what was said stands on no such page.
 */
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { listMembers } from '$lib/features/members/index.ts';
import {
	kindName,
	listTalks,
	openTalksOf,
	talkeeLabel,
	type ListedTalk
} from '$lib/features/talks/index.ts';
import {
	nothingFound,
	type TodayContext,
	type TodayItem,
	type TodaySource
} from '$lib/features/today/index.ts';
import { m } from '$lib/paraglide/messages.js';

type Session = Pick<WorkspaceSession, 'documents' | 'self' | 'root'>;

export function createTalkSource(session: Session, { today }: TodayContext): TodaySource {
	const { self, root } = session;

	function itemOf(
		talk: ListedTalk,
		id: string,
		part: Pick<TodayItem, 'kind' | 'due' | 'acceptance'>
	): TodayItem {
		const name = talkeeLabel(listMembers(root.doc), talk, self.member);
		const title = talk.isMine ? m.record_title({ name }) : m.record_title_with_you({ name });
		const href = `/talks/${talk.room}`;
		const of = () => kindName(talk.kind);
		const shared = { people: [self.member], mine: true, mark: null, of };
		return { id: `talk ${id} ${talk.room}`, href, title, ...shared, ...part };
	}

	function itemsOfTalk(talk: ListedTalk): TodayItem[] {
		const items: TodayItem[] = [];
		const plain = { due: null, acceptance: null } as const;
		if (talk.isMine && talk.nextDue !== null)
			items.push(
				itemOf(talk, 'next', { kind: m.talks_today_next, due: talk.nextDue, acceptance: null })
			);
		if (!talk.isMine && talk.talkeeId === self.member && talk.state === 'awaiting')
			items.push({
				...itemOf(talk, 'sign', { kind: m.talks_today_sign, due: null, acceptance: 'me' }),
				people: [talk.talkerId]
			});
		if (talk.isMine && talk.begun && talk.state === 'draft' && talk.on < today)
			items.push(itemOf(talk, 'draft', { kind: m.talks_today_draft, ...plain }));
		return items;
	}

	const waitingItems = (): TodayItem[] =>
		openTalksOf(root.doc, self.member, today).map(({ id, name, campaign }) => ({
			id: `talk wait ${campaign.id} ${id}`,
			href: `/talks?with=${id}`,
			title: m.record_title({ name }),
			kind: m.talks_today_wait,
			of: () => campaign.title,
			...{ mark: null, due: campaign.end, people: [self.member], mine: true, acceptance: null }
		}));

	return {
		follow(show) {
			const look = () => {
				const talks = listTalks(session.documents.current(), self.member);
				const mine = talks.filter(({ trashed }) => !trashed).flatMap(itemsOfTalk);
				show({ ...nothingFound, items: [...mine, ...waitingItems()] });
			};
			look();
			const stop = session.documents.subscribe(look);
			root.doc.on('update', look);
			return () => {
				stop();
				root.doc.off('update', look);
			};
		}
	};
}
