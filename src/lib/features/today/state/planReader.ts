/** Tasks of a plan, and what of them is due. A plan does not keep who changed what: it has no news. */
import { openDutiesIn, readPlan, type OpenDuty } from '$lib/features/plans/index.ts';
import { m } from '$lib/paraglide/messages.js';
import type { TodayActor, TodayItem } from '../model/todaySource.ts';
import type { DocumentReader } from './documentReader.ts';

/** Not by who handed it in; by whoever leads it, where that is somebody else. */
function acceptanceOf(duty: OpenDuty, actor: TodayActor): TodayItem['acceptance'] {
	const { submittedBy, leaderId } = duty;
	if (submittedBy === null) return null;
	if (actor.role === 'observer' || submittedBy === actor.member) return 'others';
	const isOpenToAll = leaderId === null || leaderId === submittedBy;
	return isOpenToAll || leaderId === actor.member ? 'me' : 'others';
}

function markOf({ missed }: OpenDuty, acceptance: TodayItem['acceptance']): TodayItem['mark'] {
	if (acceptance === 'others') return m.plans_status_review;
	return missed > 1 ? () => m.today_mark_missed({ count: missed }) : null;
}

export const planReader: DocumentReader = ({ room, doc, title }, { actor, today }) => ({
	items() {
		const plan = readPlan(doc).title;
		return openDutiesIn(doc, today).map((duty): TodayItem => {
			const { of } = duty;
			const acceptance = acceptanceOf(duty, actor);
			return {
				id: `${room} ${duty.task} ${duty.key}`,
				href: `/plans/${room}?task=${encodeURIComponent(duty.task)}`,
				title: of ?? duty.title,
				kind: m.today_kind_task,
				of: () => (of === null ? plan || title() : duty.title),
				mark: markOf(duty, acceptance),
				due: duty.due,
				people: duty.people,
				mine: duty.people.some((id) => id === actor.member),
				acceptance
			};
		});
	},
	news: null,
	stop: () => {}
});
