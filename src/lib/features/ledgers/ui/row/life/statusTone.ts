import type { Tone } from '$lib/ui/tone.ts';

/** What waits for somebody stands out; what is at an end is calm. */
const tones: Readonly<Record<string, Tone>> = {
	toVerify: 'info',
	toRectify: 'warning',
	rectifying: 'info',
	toAccept: 'accent',
	closed: 'ok',
	longTerm: 'info',
	new: 'warning',
	inHand: 'info',
	done: 'accent',
	replied: 'ok'
};
export const statusTone = (status: string): Tone => tones[status] ?? 'neutral';
