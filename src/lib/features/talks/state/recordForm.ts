/** 谈心谈话记录表 (domain notes 5.6), in the order of the office's form and in its language. */
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { Members } from '$lib/features/members/index.ts';
import type { RecordRow, RecordSheet, SheetSignature } from '$lib/features/sheets/index.ts';
import { m } from '$lib/paraglide/messages.js';
import { inOfficeWords } from '$lib/state/officeWords.ts';
import { blocksToText, sectionIds, type SectionId } from '../model/record/sections.ts';
import type { SignStep } from '../model/record/steps.ts';
import type { Talk } from '../model/record/talk.ts';
import { sectionName } from './sectionWords.ts';
import { kindName, modeName, personName, talkeeName } from './talkWords.ts';

export interface RecordFormWish {
	readonly talk: Talk;
	readonly people: Members;
	/** May be empty. */
	readonly branch: string;
	/** Words of catalogue items, by number; what is not known stands with its number. */
	readonly itemWords: ReadonlyMap<number, string>;
	/** Member id of whoever makes it. */
	readonly by: string;
	readonly today: Ymd;
}

const longDay = (day: Ymd): string => {
	const [year = '', month, date] = day.split('-');
	return m.recordform_day({ year, month: Number(month), day: Number(date) });
};

/** By the clock on the wall, as the screen has it; what is no instant stands as it came. */
const dayOf = (at: string): Ymd => {
	const time = Date.parse(at);
	return Number.isNaN(time) ? at.slice(0, 10) : localYmd(time);
};

/** 何立群 副书记、校长 */
function withPosts(people: Members, id: string | null, name: string): string {
	const person = id === null ? undefined : people.byId(id);
	const posts = person ? [...person.posts, ...person.adminPosts] : [];
	return [name, posts.join('、')].filter(Boolean).join('　');
}

function timeWords({ on, startAt, endAt }: Talk['life']['content']['facts']): string {
	const times = [startAt, endAt].filter((time) => time !== null).join('—');
	return [longDay(on), times].filter(Boolean).join(' ');
}

const textRow = (label: string, text: string, brief = false): RecordRow => ({
	kind: 'text',
	label,
	lines: text === '' ? [] : text.split('\n'),
	...(brief && { brief })
});

function signature(label: string, sign: SignStep | null): SheetSignature {
	if (!sign) return { label, ink: null, note: m.recordform_sign_here() };
	const day = longDay(sign.on);
	if (sign.way === 'paper') return { label, ink: null, note: m.recordform_on_paper({ day }) };
	if (sign.way === 'device') return { label, ink: null, note: m.recordform_confirmed({ day }) };
	return { label, ink: sign.ink ?? null, note: day };
}

function agreedText({ life: { content }, followUps }: Talk): string {
	const lines = followUps
		.filter(({ text }) => text.trim() !== '')
		.map(({ text, due, doneOn }) =>
			[
				text.trim(),
				due === null ? '' : m.recordform_due({ day: longDay(due) }),
				doneOn === null ? '' : m.recordform_done({ day: longDay(doneOn) })
			].join('')
		);
	return [blocksToText(content.sections.agreed), ...lines].filter(Boolean).join('\n');
}

function itemsText(items: readonly number[], words: ReadonlyMap<number, string>): string {
	return items.map((no) => m.recordform_item({ no, words: words.get(no) ?? '' })).join('\n');
}

function suggestionText({ life: { content } }: Talk): string {
	const texts = (['suggestion', 'difficulty'] satisfies SectionId[]).map((id) =>
		blocksToText(content.sections[id])
	);
	const [suggestion = '', difficulty = ''] = texts;
	return [suggestion, difficulty && m.recordform_difficulty({ text: difficulty })]
		.filter(Boolean)
		.join('\n');
}

function rowsOf({ talk, people, itemWords }: RecordFormWish): RecordRow[] {
	const { facts, sections, items } = talk.life.content;
	const talker = personName(people, facts.talkerId);
	const pair = (label: string, value: string) => ({ label, value });
	const plain = sectionIds.slice(0, 4);
	return [
		{
			kind: 'pairs',
			pairs: [
				pair(m.recordform_talker(), withPosts(people, facts.talkerId, talker)),
				pair(m.recordform_talkee(), withPosts(people, facts.talkeeId, talkeeName(people, facts)))
			]
		},
		{
			kind: 'pairs',
			pairs: [pair(m.recordform_time(), timeWords(facts)), pair(m.recordform_place(), facts.place)]
		},
		{
			kind: 'pairs',
			pairs: [
				pair(m.recordform_mode(), modeName(facts.mode)),
				pair(m.recordform_kind(), kindName(facts.kind))
			]
		},
		...plain.map((id) => textRow(sectionName(id), blocksToText(sections[id]))),
		...(items.length > 0 ? [textRow(m.recordform_items(), itemsText(items, itemWords), true)] : []),
		textRow(m.talks_section_suggestion(), suggestionText(talk)),
		textRow(m.recordform_agreed(), agreedText(talk)),
		...talk.additions.map(({ at, text }) =>
			textRow(
				m.talklife_additions(),
				m.recordform_addition({ day: longDay(dayOf(at)), text }),
				true
			)
		),
		{
			kind: 'signatures',
			cells: [
				signature(m.recordform_sign_talker(), talk.life.signatures.talker),
				signature(m.recordform_sign_talkee(), talk.life.signatures.talkee)
			]
		}
	];
}

export const recordForm = (wish: RecordFormWish): RecordSheet =>
	inOfficeWords(() => ({
		title: m.recordform_title(),
		...(wish.branch && { subtitle: wish.branch }),
		page: 'portrait' as const,
		rows: rowsOf(wish),
		header: m.recordform_header(),
		madeBy: m.recordform_made_by({
			name: personName(wish.people, wish.by),
			day: longDay(wish.today)
		})
	}));
