/** What is sent to whoever has still to talk with somebody: names and dates, in the office's words. */
import type { Ymd } from '$lib/base/typedDate.ts';
import { m } from '$lib/paraglide/messages.js';
import { inOfficeWords } from '$lib/state/officeWords.ts';
import type { TalkCampaign } from '../model/coverage/talkCampaign.ts';
import type { OpenTalk, TalkLoad } from '../model/coverage/talkLoads.ts';
import { dayWord, shortGroupWord } from './coverageWords.ts';

export interface ReminderPerson {
	readonly name: string;
	readonly posts: readonly string[];
}

export interface ReminderContext {
	readonly campaign: Pick<TalkCampaign, 'title' | 'end'>;
	readonly today: Ymd;
	readonly nameOf: (id: string) => string;
	readonly personOf: (id: string) => ReminderPerson | undefined;
}

const doubleSurnames =
	/^(欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|端木|南宫|独孤)/;

/** Of a Chinese name; null of any other. */
function surnameOf(name: string): string | null {
	if (!/^\p{Script=Han}{2,4}$/u.test(name)) return null;
	return doubleSurnames.exec(name)?.[0] ?? name.slice(0, 1);
}

/** Nobody is called 周宣传委员: whoever is not the secretary is a comrade. */
function salutation({ name, posts }: ReminderPerson): string {
	const surname = surnameOf(name);
	return posts.includes('书记') && surname !== null
		? m.coverage_reminder_secretary({ surname })
		: m.coverage_reminder_comrade({ name });
}

/** Null where it is not settled yet with whom. */
function talkeeOf({ item, talker }: OpenTalk): string | null {
	const [a, b] = item.people;
	if (b !== undefined) return a === talker ? b : a;
	return a === talker ? null : a;
}

/** Of whom any one will do. */
function anyWord({ item: { rule } }: OpenTalk): string {
	if (rule.need !== 'some') return '';
	const group = shortGroupWord(rule.with);
	return rule.of === rule.with ? m.coverage_peer_of({ group }) : m.coverage_any_of({ group });
}

export function openName(open: OpenTalk, nameOf: (id: string) => string): string {
	const talkee = talkeeOf(open);
	return talkee === null ? anyWord(open) : nameOf(talkee);
}

const namesOf = (open: readonly OpenTalk[], { nameOf }: ReminderContext): string =>
	open.map((one) => openName(one, nameOf)).join(m.coverage_join());

function dueWords({ campaign: { end }, today }: ReminderContext): string {
	if (end === today) return m.coverage_reminder_due_today();
	const due = dayWord(end, today);
	return end > today ? m.coverage_reminder_due({ due }) : m.coverage_reminder_overdue({ due });
}

export function reminderText({ talker, open }: TalkLoad, context: ReminderContext): string {
	return inOfficeWords(() => {
		const person = context.personOf(talker) ?? { name: context.nameOf(talker), posts: [] };
		const words = {
			who: salutation(person),
			today: dayWord(context.today, context.today),
			count: open.length,
			names: namesOf(open, context)
		};
		const isAllPeople = open.every((one) => talkeeOf(one) !== null);
		const said = isAllPeople ? m.coverage_reminder_people(words) : m.coverage_reminder_talks(words);
		return said + dueWords(context);
	});
}

/** For a group chat: one line for each talker. */
export function reminderForAll(loads: readonly TalkLoad[], context: ReminderContext): string {
	return inOfficeWords(() => {
		const busy = loads.filter(({ open }) => open.length > 0);
		const head = m.coverage_reminder_all({
			today: dayWord(context.today, context.today),
			title: context.campaign.title,
			count: busy.reduce((sum, { open }) => sum + open.length, 0),
			due: dueWords(context)
		});
		const lines = busy.map(({ talker, open }) =>
			m.coverage_reminder_line({ name: context.nameOf(talker), names: namesOf(open, context) })
		);
		return [head, ...lines].join('\n');
	});
}
