// Days a notice names instead of dating. Lunar ones come from the platform's Chinese calendar
// (ICU); where that is missing the day is unknown and the importer asks.

import { addDays, ymd, type Ymd } from '../calendarDate.ts';

const fixed: Record<string, [number, number]> = {
	元旦: [1, 1],
	三八: [3, 8],
	妇女节: [3, 8],
	植树节: [3, 12],
	五一: [5, 1],
	劳动节: [5, 1],
	五四: [5, 4],
	青年节: [5, 4],
	六一: [6, 1],
	儿童节: [6, 1],
	七一: [7, 1],
	建党节: [7, 1],
	八一: [8, 1],
	建军节: [8, 1],
	教师节: [9, 10],
	十一: [10, 1],
	国庆: [10, 1],
	国庆节: [10, 1]
};
const lunar: Record<string, [number, number]> = {
	春节: [1, 1],
	元宵节: [1, 15],
	端午: [5, 5],
	端午节: [5, 5],
	中秋: [8, 15],
	中秋节: [8, 15],
	重阳节: [9, 9]
};
/** Longest first, so that 国庆节 wins over 国庆. */
export const festivalNames = [...Object.keys(fixed), ...Object.keys(lunar), '清明', '清明节'].sort(
	(a, b) => b.length - a.length
);

export function festivalDate(name: string, year: number): Ymd | null {
	const day = fixed[name];
	if (day) return ymd(year, ...day);
	// The usual century formula for the solar term; right for 2000–2099.
	if (name.startsWith('清明')) {
		return ymd(year, 4, Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4));
	}
	const lunarDay = lunar[name];
	return lunarDay ? lunarDate(year, ...lunarDay) : null;
}

let chinese: Intl.DateTimeFormat | undefined;

/** Month and day of the Chinese calendar; a leap month counts as 0 and so never matches. */
function chineseDay(date: Ymd): [number, number] | null {
	chinese ??= new Intl.DateTimeFormat('en-u-ca-chinese', {
		month: 'numeric',
		day: 'numeric',
		timeZone: 'UTC'
	});
	const parts = chinese.formatToParts(new Date(`${date}T00:00:00Z`));
	const month = parts.find((part) => part.type === 'month')?.value;
	const day = parts.find((part) => part.type === 'day')?.value;
	if (chinese.resolvedOptions().calendar !== 'chinese' || !month || !day) return null;
	return [/^\d+$/.test(month) ? Number(month) : 0, Number(day)];
}

function lunarDate(year: number, month: number, day: number): Ymd | null {
	// New Year falls on 21 January to 21 February; every lunar month has 29 or 30 days.
	const first = addDays(ymd(year, 1, 20), Math.floor((month - 1) * 29.5) + day - 1);
	for (let i = 0; i < 66; i++) {
		const date = addDays(first, i);
		const found = chineseDay(date);
		if (!found) return null;
		if (found[0] === month && found[1] === day) return date;
	}
	return null;
}
