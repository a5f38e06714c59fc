/** Values of cells as the text a person would type for them. */

const pad = (value: number): string => String(value).padStart(2, '0');

/** Excel itself keeps fifteen digits; what is beyond is noise of binary fractions. */
const EXCEL_DIGITS = 15;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Excel's times without a day fall on its day 0. */
const FIRST_DAY_MS = Date.UTC(1900, 0, 1);

export function valueToText(value: unknown, format = ''): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return dateToText(value);
	if (typeof value === 'number') return numberToText(value, format);
	if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
	return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}

/** Never with an exponent: a number of a document must come out with all its digits. */
export function numberToText(value: number, format = ''): string {
	if (!Number.isFinite(value)) return '';
	if (format.endsWith('%')) return `${numberToText(value * 100)}%`;
	const kept = Number(value.toPrecision(EXCEL_DIGITS));
	const text = String(kept);
	if (!text.includes('e')) return text;
	return Number.isInteger(kept) ? BigInt(kept).toString() : kept.toFixed(20).replace(/0+$/, '');
}

/** The library gives the cell's wall clock as UTC. */
function dateToText(date: Date): string {
	const ms = date.getTime();
	if (Number.isNaN(ms)) return '';
	const minutes = Math.round(ms / MINUTE_MS) * MINUTE_MS;
	const at = new Date(minutes);
	const day = `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
	const time = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
	if (minutes < FIRST_DAY_MS) return time;
	return minutes % DAY_MS === 0 ? day : `${day} ${time}`;
}
