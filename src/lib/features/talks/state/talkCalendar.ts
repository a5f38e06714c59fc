/** The talks somebody has still to hold, as a calendar file. */
import { m } from '$lib/paraglide/messages.js';
import { inOfficeWords } from '$lib/state/officeWords.ts';
import { icsFile } from '../model/coverage/icsFile.ts';
import type { TalkCampaign } from '../model/coverage/talkCampaign.ts';
import type { TalkLoad } from '../model/coverage/talkLoads.ts';
import { openName } from './reminderText.ts';

export interface CalendarFile {
	readonly name: string;
	readonly type: string;
	readonly bytes: Uint8Array;
}

interface Context {
	readonly campaign: Pick<TalkCampaign, 'id' | 'title' | 'end'>;
	readonly nameOf: (id: string) => string;
	readonly nowMs: number;
}

/** What no file system refuses. */
const fileName = (words: string): string => words.replace(/[\\/:*?"<>|\s]+/g, ' ').trim();

/** Ids are the same each time: a calendar that has the file already takes the newer one in its place. */
export function talkCalendar({ talker, open }: TalkLoad, context: Context): CalendarFile {
	const { campaign, nameOf, nowMs } = context;
	const uid = `${campaign.id}.${talker}`;
	return inOfficeWords(() => {
		const names = open.map((one) => openName(one, nameOf));
		return {
			name: `${fileName(m.coverage_calendar_name({ name: nameOf(talker) }))}.ics`,
			type: 'text/calendar;charset=utf-8',
			bytes: icsFile({
				uid: `${uid}@tongxin`,
				summary: m.coverage_calendar_event({ title: campaign.title, count: open.length }),
				description: m.coverage_calendar_details({ names: names.join(m.coverage_join()) }),
				due: campaign.end,
				tasks: open.map(({ item }, at) => ({
					uid: `${uid}.${item.id.replaceAll(' ', '.')}@tongxin`,
					summary: m.coverage_calendar_task({ name: names[at]! })
				})),
				nowMs
			})
		};
	});
}
