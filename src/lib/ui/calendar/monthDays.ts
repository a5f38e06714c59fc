/** The days of a month as a wall calendar has them: weeks from Monday, filled up from the neighbours. */
import { addDays, realYmd, type Ymd } from '$lib/base/typedDate.ts';

/** YYYY-MM. */
export type Month = string;

export const monthOf = (date: Ymd): Month => date.slice(0, 7);

/** The month `count` away. */
export function monthFrom(month: Month, count: number): Month {
	const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
	return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** 1 is Monday, 7 Sunday. */
export const weekdayOf = (date: Ymd): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

export function weeksOf(month: Month): Ymd[][] {
	const first = `${month}-01`;
	const start = addDays(first, 1 - weekdayOf(first));
	const weeks: Ymd[][] = [];
	for (let monday = start; monday < `${monthFrom(month, 1)}-01`; monday = addDays(monday, 7))
		weeks.push(Array.from({ length: 7 }, (_, day) => addDays(monday, day)));
	return weeks;
}

/** The same day of another month, or that month's last. */
function dayIn(month: Month, day: number): Ymd {
	for (let at = day; at > 28; at -= 1) {
		const found = realYmd(Number(month.slice(0, 4)), Number(month.slice(5, 7)), at);
		if (found !== null) return found;
	}
	return `${month}-${String(Math.min(day, 28)).padStart(2, '0')}`;
}

/** The day a key leads to; null for a key that leads nowhere. */
export function dayByKey(date: Ymd, pressed: string): Ymd | null {
	switch (pressed) {
		case 'ArrowLeft':
			return addDays(date, -1);
		case 'ArrowRight':
			return addDays(date, 1);
		case 'ArrowUp':
			return addDays(date, -7);
		case 'ArrowDown':
			return addDays(date, 7);
		case 'Home':
			return addDays(date, 1 - weekdayOf(date));
		case 'End':
			return addDays(date, 7 - weekdayOf(date));
		case 'PageUp':
			return dayIn(monthFrom(monthOf(date), -1), Number(date.slice(8)));
		case 'PageDown':
			return dayIn(monthFrom(monthOf(date), 1), Number(date.slice(8)));
		default:
			return null;
	}
}
