/** Rows of a ledger → the form that is printed or handed in as a file. */
import { localYmd } from '$lib/base/typedDate.ts';
import type { FormColumn, FormSheet } from '$lib/features/sheets/index.ts';
import { m } from '$lib/paraglide/messages.js';
import { inOfficeWords } from '$lib/state/officeWords.ts';
import { readForm } from '../model/printForms.ts';
import { parseYearTitle } from '../model/yearTitle.ts';
import type { LedgerRow } from '../model/rows/ledgerRow.ts';
import type { ViewLedger } from '../model/view/savedView.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { sheetColumns, type SheetColumn } from './sheetColumns.ts';

/** What a ledger itself does not know. */
export interface LedgerAbout {
	/** Name of the branch; may be empty. */
	readonly branch: string;
	/** Of the document: mostly a bare year. */
	readonly title: string;
}

export interface FormWish {
	readonly rows: readonly LedgerRow[];
	/** Column ids, in the order they are to stand in. */
	readonly columns: readonly string[];
	readonly about: LedgerAbout;
	/** ISO instant. */
	readonly at: string;
}

/** Millimetres; those of a form together are as wide as A4 lying, without its margins. */
const formWidths: Readonly<Record<ViewLedger, Readonly<Record<string, number>>>> = {
	problems: {
		...{ number: 12, aspect: 20, itemNo: 30, manifestation: 70, sources: 22, rootCause: 50 },
		...{ leaderId: 18, responsibleId: 18, remark: 27 }
	},
	rectification: {
		...{ number: 10, manifestation: 38, goal: 24, measures: 40, leaderId: 18, responsibleId: 17 },
		...{ due: 22, result: 27, formStatus: 18, evidence: 19, closing: 22, remark: 12 }
	},
	opinions: {
		...{ number: 10, on: 23, channel: 18, words: 49, topics: 18, group: 18, responsibleId: 16 },
		...{ measure: 30, due: 23, result: 20, reply: 24, satisfaction: 18 }
	},
	personal: {
		...{ number: 12, aspect: 20, manifestation: 75, sources: 22, rootCause: 45, measures: 45 },
		...{ due: 23, remark: 25 }
	}
};
const kindWidths: Partial<Record<SheetColumn['kind'], number>> = {
	...{ longText: 40, date: 23, person: 16, choice: 18, number: 14, check: 12, files: 22 }
};
const usualWidth = 20;
const centred = new Set<SheetColumn['kind']>(['date', 'person', 'choice', 'number', 'check']);

const toFormColumn = (ledger: ViewLedger, { id, title, kind }: SheetColumn): FormColumn => ({
	title,
	widthMm: formWidths[ledger][id] ?? kindWidths[kind] ?? usualWidth,
	...((centred.has(kind) || id === 'number' || id === 'formStatus') && { align: 'center' })
});

const ownTitle = (ledger: ViewLedger, { branch }: LedgerAbout): string =>
	({
		problems: m.exchange_form_problems,
		rectification: m.exchange_form_rectification,
		opinions: m.exchange_form_opinions,
		personal: m.personal_form
	})[ledger]({ branch });

const pad = (value: number): string => String(value).padStart(2, '0');

/** What is printed above the form where the branch has given it no title of its own. */
export const usualFormTitle = (ledger: ViewLedger, about: LedgerAbout): string =>
	inOfficeWords(() => ownTitle(ledger, about));

function subtitle({ title }: LedgerAbout, made: Date): string {
	const date = m.exchange_date({
		...{ year: made.getFullYear(), month: made.getMonth() + 1, day: made.getDate() }
	});
	// On paper a year is a year: how many ledgers of it there are concerns nobody there.
	const ofYear = parseYearTitle(title);
	return ofYear
		? m.exchange_subtitle_year({ year: ofYear.year, date })
		: m.exchange_subtitle({ title, date });
}

function madeBy(list: LedgerList, made: Date): string {
	const time = `${localYmd(made.getTime())} ${pad(made.getHours())}:${pad(made.getMinutes())}`;
	return m.exchange_made_by({ name: list.people.nameOf(list.self), time });
}

const cellOf = ({ id, text }: SheetColumn, row: LedgerRow, at: number): string =>
	id === 'number' ? String(at + 1) : text(row);

export function ledgerForm(list: LedgerList, { rows, columns, about, at }: FormWish): FormSheet {
	return inOfficeWords(() => {
		const byId = new Map(sheetColumns(list).map((column) => [column.id, column]));
		const chosen = columns.flatMap((id) => byId.get(id) ?? []);
		const made = new Date(at);
		return {
			title: readForm(list.ydoc, list.ledger)?.title ?? ownTitle(list.ledger, about),
			subtitle: subtitle(about, made),
			page: 'landscape',
			columns: chosen.map((column) => toFormColumn(list.ledger, column)),
			rows: rows.map((row, place) => chosen.map((column) => cellOf(column, row, place))),
			header: m.exchange_page_header({ branch: about.branch }).trim(),
			signature: [m.exchange_sign_secretary(), m.exchange_sign_author(), m.exchange_sign_date()],
			sealSpace: true,
			madeBy: madeBy(list, made)
		};
	});
}

/** Not taken up, or another row by now: the printed list goes without them. */
export const isLeftOut = (ledger: ViewLedger, { life }: LedgerRow): boolean =>
	ledger === 'problems' && (life.status === 'rejected' || life.status === 'merged');
