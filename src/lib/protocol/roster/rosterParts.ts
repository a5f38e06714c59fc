/** A chain in posts that the relay takes (R38). */
import { limits } from '../limits.ts';
import { parseRosterBody, type RosterRecord } from './rosterRecord.ts';
import type { Roster } from './roster.ts';
import type { DeviceId } from '../../base/ids.ts';

export interface RosterPart {
	readonly from: number;
	readonly records: readonly RosterRecord[];
}

/** Half of what one post may be: a slow line has to carry it in the time a question has. */
const MAX_PART_BYTES = limits.maxRosterBodyBytes / 2;

/**
 * A part ends with a secretary's act where there is one: that vouches for the claims before it
 * (R37), and no later part can.
 */
export function rosterParts(
	records: readonly RosterRecord[],
	{ devices }: Pick<Roster, 'devices'>,
	maxBytes = MAX_PART_BYTES
): RosterPart[] {
	const vouches = (record: RosterRecord) => {
		const body = parseRosterBody(record)?.body;
		const author = body && 'by' in body ? devices.get(body.by as DeviceId) : undefined;
		return author?.role === 'secretary';
	};
	const parts: RosterPart[] = [];
	for (let from = 0; from < records.length;) {
		let end = from;
		for (let bytes = 0; end < records.length; end += 1) {
			bytes += JSON.stringify(records[end]).length + 1; // the text is ASCII
			if (end > from && bytes > maxBytes) break;
		}
		const cut =
			end === records.length ? end : records.slice(from, end).findLastIndex(vouches) + 1 + from;
		const next = cut > from ? cut : end;
		parts.push({ from, records: records.slice(from, next) });
		from = next;
	}
	return parts;
}
