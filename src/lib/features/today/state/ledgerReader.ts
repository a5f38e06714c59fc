/** Rows of a year's ledgers: problems with their measures, opinions, and what colleagues did in them. */
import {
	LedgerWatch,
	ledgerTitle,
	type LedgerDuty,
	type LedgerNews
} from '$lib/features/ledgers/index.ts';
import { m } from '$lib/paraglide/messages.js';
import type { TodayItem, TodayNews } from '../model/todaySource.ts';
import type { DocumentReader, ReadDocument } from './documentReader.ts';

const kinds: Readonly<Record<LedgerDuty['kind'], () => string>> = {
	problem: m.today_kind_problem,
	measure: m.today_kind_measure,
	review: m.today_kind_review,
	opinion: m.today_kind_opinion
};

/** Whose turn it is when it is not the responsible person's to work on it. */
const marks: Readonly<Record<string, () => string>> = {
	draft: m.ledgers_status_draft,
	toVerify: m.ledgers_status_toVerify,
	done: m.today_mark_toReply
};

function markOf({ status, acceptance }: LedgerDuty): TodayItem['mark'] {
	if (acceptance === 'others') return m.today_mark_toAccept;
	return Object.hasOwn(marks, status) ? marks[status]! : null;
}

/** Confirmed problems are worked on in the rectification ledger. */
const listed: ReadonlySet<string> = new Set(['draft', 'toVerify']);
const pageOf = ({ table, status }: LedgerDuty): string =>
	table === 'opinions' ? 'opinions' : listed.has(status) ? 'problems' : 'rectification';

const rowHref = (page: string, { room }: ReadDocument, row: string): string =>
	`/ledgers/${page}?room=${room}&row=${encodeURIComponent(row)}`;

function toItem(duty: LedgerDuty, document: ReadDocument): TodayItem {
	const { of, title, due, people, mine, acceptance } = duty;
	return {
		id: `${document.room} ${duty.row} ${duty.measure ?? ''}`,
		href: rowHref(pageOf(duty), document, duty.row),
		...{ title, due, people, mine, acceptance },
		kind: kinds[duty.kind],
		of: () => of || ledgerTitle(document.title()),
		mark: markOf(duty)
	};
}

const places = { problems: m.today_place_problems, opinions: m.today_place_opinions };

function toNews(news: LedgerNews, document: ReadDocument): TodayNews {
	const { table, row, by, at, isNew, title } = news;
	return {
		id: `${document.room} ${row} ${by}`,
		...{ by, at, isNew, title },
		href: rowHref(table, document, row),
		place: `${document.room} ${table}`,
		placeName: () => places[table]({ ledger: ledgerTitle(document.title()) })
	};
}

export const ledgerReader: DocumentReader = (document, { actor }) => {
	const watch = new LedgerWatch(document.doc);
	return {
		items: () => watch.duties(actor).map((duty) => toItem(duty, document)),
		news: (seen) => watch.news(seen, actor.member).map((news) => toNews(news, document)),
		stop: () => watch.destroy()
	};
};
