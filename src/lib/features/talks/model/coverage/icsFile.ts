/**
 * A calendar file (RFC 5545): the day a campaign ends with a reminder before it, and one task for each
 * talk that is still to be held. Names and dates, nothing else.
 */
import { utf8ToBytes } from '$lib/base/bytes.ts';
import { addDays, type Ymd } from '$lib/base/typedDate.ts';

export interface CalendarTask {
	readonly uid: string;
	readonly summary: string;
}

export interface CalendarWish {
	readonly uid: string;
	readonly summary: string;
	readonly description: string;
	/** The last day. */
	readonly due: Ymd;
	readonly tasks: readonly CalendarTask[];
	readonly nowMs: number;
}

/** Octets a line may have without its break. */
const lineOctets = 75;
const reminderHour = 9;

const octets = (text: string): number => utf8ToBytes(text).length;

/** A long line goes on after a break and a space; no character is cut in two. */
export function foldLine(line: string): string {
	const parts: string[] = [];
	let part = '';
	let room = lineOctets;
	for (const char of line) {
		room -= octets(char);
		if (room < 0) {
			parts.push(part);
			part = '';
			room = lineOctets - 1 - octets(char);
		}
		part += char;
	}
	return [...parts, part].join('\r\n ');
}

export const escapeText = (text: string): string =>
	text
		.replace(/\\/g, '\\\\')
		.replace(/[;,]/g, (mark) => `\\${mark}`)
		.replace(/\r\n|\n|\r/g, '\\n')
		// A calendar refuses the file for one of them.
		.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

const compactDay = (day: Ymd): string => day.replaceAll('-', '');
const compactInstant = (ms: number): string =>
	new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

const weekdayOf = (day: Ymd): number => new Date(`${day}T00:00:00Z`).getUTCDay();
const isWeekend = (day: Ymd): boolean => [0, 6].includes(weekdayOf(day));

/** Days from the last working day before it: people read their telephones, but the office is empty. */
export function daysAhead(due: Ymd): number {
	let ahead = 1;
	while (isWeekend(addDays(due, -ahead))) ahead += 1;
	return ahead;
}

const event = ({ uid, summary, description, due, nowMs }: CalendarWish): string[] => [
	'BEGIN:VEVENT',
	`UID:${uid}`,
	`DTSTAMP:${compactInstant(nowMs)}`,
	`DTSTART;VALUE=DATE:${compactDay(due)}`,
	`DTEND;VALUE=DATE:${compactDay(addDays(due, 1))}`,
	`SUMMARY:${escapeText(summary)}`,
	`DESCRIPTION:${escapeText(description)}`,
	'CLASS:PRIVATE',
	'TRANSP:TRANSPARENT',
	'BEGIN:VALARM',
	'ACTION:DISPLAY',
	`DESCRIPTION:${escapeText(summary)}`,
	`TRIGGER:-PT${daysAhead(due) * 24 - reminderHour}H`,
	'END:VALARM',
	'END:VEVENT'
];

const task = ({ uid, summary }: CalendarTask, { due, nowMs }: CalendarWish): string[] => [
	'BEGIN:VTODO',
	`UID:${uid}`,
	`DTSTAMP:${compactInstant(nowMs)}`,
	`DUE;VALUE=DATE:${compactDay(due)}`,
	`SUMMARY:${escapeText(summary)}`,
	'STATUS:NEEDS-ACTION',
	'CLASS:PRIVATE',
	'END:VTODO'
];

export function icsFile(wish: CalendarWish): Uint8Array {
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Tongxin//Talks//ZH',
		'CALSCALE:GREGORIAN',
		// No METHOD: with one, events and tasks may not stand in one file (RFC 5546).
		...event(wish),
		...wish.tasks.flatMap((one) => task(one, wish)),
		'END:VCALENDAR'
	];
	return utf8ToBytes(lines.map((line) => `${foldLine(line)}\r\n`).join(''));
}
