/** How a campaign stands to today, in words and tone. */
import { m } from '$lib/paraglide/messages.js';
import type { Ymd } from '$lib/base/typedDate.ts';
import type { Tone } from '$lib/ui/tone.ts';
import type { TalkCampaign } from '../../model/coverage/talkCampaign.ts';

const dueSoonDays = 7;
const dayMs = 86_400_000;
const daysFrom = (a: Ymd, b: Ymd): number => (Date.parse(b) - Date.parse(a)) / dayMs;

type Window = Pick<TalkCampaign, 'start' | 'end' | 'ended'>;

export function campaignState(
	{ start, end, ended }: Window,
	missing: number,
	today: Ymd
): { text: string; tone: Tone } {
	if (ended) return { text: m.coverage_ended_mark(), tone: 'neutral' };
	if (start > end) return { text: m.coverage_window_reversed(), tone: 'danger' };
	if (today < start) return { text: m.coverage_window_before(), tone: 'neutral' };
	const left = daysFrom(today, end);
	if (left < 0)
		return missing > 0
			? { text: m.coverage_window_over_missing({ count: -left }), tone: 'danger' }
			: { text: m.coverage_window_over({ count: -left }), tone: 'neutral' };
	if (missing === 0) return { text: m.coverage_window_days({ count: left }), tone: 'ok' };
	if (left === 0) return { text: m.coverage_window_last(), tone: 'warning' };
	return left <= dueSoonDays
		? { text: m.coverage_window_soon({ count: left }), tone: 'warning' }
		: { text: m.coverage_window_days({ count: left }), tone: 'neutral' };
}
