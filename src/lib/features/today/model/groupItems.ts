/** What there is to do, by how soon it presses. Pure: the day comes in. */
import { addDays, type Ymd } from '$lib/base/typedDate.ts';
import type { TodayItem } from './todaySource.ts';

export const soonDays = 7;

/** Mine, or everybody's. */
export type TodayScope = 'mine' | 'branch';
/** In the order in which they are shown. */
export const sectionKeys = ['overdue', 'soon', 'acceptance', 'other'] as const;
export type SectionKey = (typeof sectionKeys)[number];

export interface TodaySection {
	readonly key: SectionKey;
	readonly items: readonly TodayItem[];
}

/** The due day itself is still in time. */
function byDate(due: Ymd | null, today: Ymd): SectionKey {
	if (due === null) return 'other';
	if (due < today) return 'overdue';
	return due <= addDays(today, soonDays) ? 'soon' : 'other';
}

/** Null where it is not shown: what presses nobody is found in its plan or ledger. */
function sectionOf(item: TodayItem, scope: TodayScope, today: Ymd): SectionKey | null {
	if (scope === 'mine') {
		if (item.acceptance === 'me') return 'acceptance';
		return item.mine ? byDate(item.due, today) : null;
	}
	if (item.acceptance !== null) return 'acceptance';
	const section = byDate(item.due, today);
	return section === 'other' ? null : section;
}

/** The earliest first; what has no date comes last. */
function compareItems(a: TodayItem, b: TodayItem): number {
	if (a.due !== b.due) return a.due === null ? 1 : b.due === null ? -1 : a.due < b.due ? -1 : 1;
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Empty sections are left out. */
export function groupItems(
	items: readonly TodayItem[],
	scope: TodayScope,
	today: Ymd
): TodaySection[] {
	const sections: Record<SectionKey, TodayItem[]> = {
		overdue: [],
		soon: [],
		acceptance: [],
		other: []
	};
	for (const item of items) {
		const key = sectionOf(item, scope, today);
		if (key) sections[key].push(item);
	}
	return sectionKeys
		.map((key) => ({ key, items: sections[key].sort(compareItems) }))
		.filter((section) => section.items.length > 0);
}

/** Whole days from today; negative when past. */
export const daysUntil = (due: Ymd, today: Ymd): number =>
	Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000);
