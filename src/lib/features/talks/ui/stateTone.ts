import type { Tone } from '$lib/ui/tone.ts';
import type { TalkState } from '../model/record/steps.ts';

const tones: Readonly<Record<TalkState, Tone>> = {
	draft: 'neutral',
	awaiting: 'warning',
	signed: 'ok',
	locked: 'ok'
};
export const stateTone = (state: TalkState): Tone => tones[state];
