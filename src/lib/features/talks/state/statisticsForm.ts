/** 谈心谈话统计表: who talked with whom, of which kind, when, signed or not; not a word of what was said. */
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { FormColumn, FormSheet } from '$lib/features/sheets/index.ts';
import { m } from '$lib/paraglide/messages.js';
import { inOfficeWords } from '$lib/state/officeWords.ts';
import { percentOf, type Coverage, type CoverageItem } from '../model/coverage/coverage.ts';
import type { TalkCampaign } from '../model/coverage/talkCampaign.ts';
import type { OpenTalk } from '../model/coverage/talkLoads.ts';
import type { TalkStub } from '../model/coverage/talkStub.ts';
import { kindOrRule } from './coverageWords.ts';
import { openName } from './reminderText.ts';

export const statisticsColumns = ['number', 'talker', 'talkee', 'kind', 'on', 'signed'] as const;
export type StatisticsColumn = (typeof statisticsColumns)[number];

export interface StatisticsWish {
	readonly campaign: Pick<TalkCampaign, 'title' | 'start' | 'end'>;
	readonly coverage: Coverage;
	/** Listed after those held; empty to leave them out. */
	readonly open: readonly OpenTalk[];
	readonly columns: readonly string[];
	/** Name of the branch; may be empty. */
	readonly branch: string;
	readonly nameOf: (id: string) => string;
	/** Who makes it. */
	readonly by: string;
	readonly nowMs: number;
}

type Line = Readonly<Record<Exclude<StatisticsColumn, 'number'>, string>>;

const titles: Record<StatisticsColumn, () => string> = {
	number: m.coverage_column_number,
	talker: m.coverage_column_talker,
	talkee: m.coverage_column_talkee,
	kind: m.coverage_column_kind,
	on: m.coverage_column_on,
	signed: m.coverage_column_signed
};
/** Millimetres; together as wide as A4 lying, without its margins. */
const widths: Record<StatisticsColumn, number> = {
	...{ number: 15, talker: 50, talkee: 50, kind: 72, on: 45, signed: 35 }
};
export const statisticsTitle = (column: StatisticsColumn): string => titles[column]();

const longDay = (day: Ymd): string => {
	const [year = '', month, date] = day.split('-');
	return m.coverage_date_year({ year, month: Number(month), day: Number(date) });
};

/** A talk that counts for two requirements is one talk. */
function heldLines({ coverage, nameOf }: StatisticsWish): Line[] {
	const first = new Map<string, readonly [TalkStub, CoverageItem]>();
	for (const item of coverage.items)
		for (const stub of item.stubs) if (!first.has(stub.id)) first.set(stub.id, [stub, item]);
	const talks = [...first.values()].sort(([a], [b]) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
	return talks.map(([{ aId, bId, on, signed }, { rule }]) => ({
		talker: nameOf(aId),
		talkee: nameOf(bId),
		kind: kindOrRule(rule),
		on: longDay(on),
		signed: signed ? m.coverage_signed_yes() : m.coverage_signed_no()
	}));
}

/** Who is only proposed is not named as the talker, unless it is one of the pair anyway. */
const openLines = ({ open, nameOf }: StatisticsWish): Line[] =>
	open.map((one) => ({
		talker:
			one.by === 'assigned' || one.item.people.some((id) => id === one.talker)
				? nameOf(one.talker)
				: '',
		talkee: openName(one, nameOf),
		kind: kindOrRule(one.item.rule),
		on: m.coverage_not_held(),
		signed: ''
	}));

function subtitle({ campaign, coverage: { total }, nowMs }: StatisticsWish): string {
	const percent = percentOf(total);
	return m.coverage_statistics_subtitle({
		title: campaign.title,
		window: m.coverage_window({ start: longDay(campaign.start), end: longDay(campaign.end) }),
		required: total.required,
		done: total.done,
		percent: percent === null ? m.coverage_figure_none() : m.coverage_figure_percent({ percent }),
		date: longDay(localYmd(nowMs))
	});
}

function madeBy({ by, nowMs }: StatisticsWish): string {
	const at = new Date(nowMs);
	const pad = (value: number): string => String(value).padStart(2, '0');
	const time = `${localYmd(nowMs)} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
	return m.exchange_made_by({ name: by, time });
}

const isColumn = (id: string): id is StatisticsColumn =>
	(statisticsColumns as readonly string[]).includes(id);

export function statisticsForm(wish: StatisticsWish): FormSheet {
	return inOfficeWords(() => {
		const columns = wish.columns.filter(isColumn);
		const lines = [...heldLines(wish), ...openLines(wish)];
		return {
			title: m.coverage_statistics_form({ branch: wish.branch }),
			subtitle: subtitle(wish),
			page: 'landscape',
			columns: columns.map((id): FormColumn => ({
				title: statisticsTitle(id),
				widthMm: widths[id],
				align: 'center'
			})),
			rows: lines.map((line, at) =>
				columns.map((id) => (id === 'number' ? String(at + 1) : line[id]))
			),
			header: m.exchange_page_header({ branch: wish.branch }).trim(),
			signature: [m.exchange_sign_secretary(), m.exchange_sign_author(), m.exchange_sign_date()],
			sealSpace: true,
			madeBy: madeBy(wish)
		};
	});
}

export const statisticsCount = ({ items }: Coverage): number =>
	new Set(items.flatMap(({ stubs }) => stubs.map(({ id }) => id))).size;
