// Local calendar dates as 'YYYY-MM-DD' strings: they sort as text and carry no time zone.

export type Ymd = string;
export type DateSpan = { start: Ymd; end: Ymd };

const dayMs = 86_400_000;

export function daysInMonth(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function ymd(year: number, month: number, day: number): Ymd {
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** null when the day does not exist (2月30日). */
export function realYmd(year: number, month: number, day: number): Ymd | null {
	if (year < 1900 || year > 2199 || month < 1 || month > 12) return null;
	return day >= 1 && day <= daysInMonth(year, month) ? ymd(year, month, day) : null;
}

export const yearOf = (date: Ymd): number => Number(date.slice(0, 4));
export const monthOf = (date: Ymd): number => Number(date.slice(5, 7));
export const dayOf = (date: Ymd): number => Number(date.slice(8, 10));

const toMs = (date: Ymd): number => Date.UTC(yearOf(date), monthOf(date) - 1, dayOf(date));

export function addDays(date: Ymd, days: number): Ymd {
	return new Date(toMs(date) + days * dayMs).toISOString().slice(0, 10);
}

/** Keeps the day where it exists, else the month's last: 01-31 + 1 month = 02-28. */
export function addMonths(date: Ymd, months: number): Ymd {
	const index = yearOf(date) * 12 + monthOf(date) - 1 + months;
	const year = Math.floor(index / 12);
	const month = (index % 12) + 1;
	return ymd(year, month, Math.min(dayOf(date), daysInMonth(year, month)));
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: Ymd): number {
	return new Date(toMs(date)).getUTCDay() || 7;
}

export function monthSpan(year: number, month: number, months = 1): DateSpan {
	const last = addMonths(ymd(year, month, 1), months - 1);
	return {
		start: ymd(year, month, 1),
		end: ymd(yearOf(last), monthOf(last), daysInMonth(yearOf(last), monthOf(last)))
	};
}

export function weekSpan(date: Ymd): DateSpan {
	const start = addDays(date, 1 - weekdayOf(date));
	return { start, end: addDays(start, 6) };
}
