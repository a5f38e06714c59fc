/** Colour always comes with words; a tone only repeats what they say. */
export type Tone = 'neutral' | 'accent' | 'danger' | 'warning' | 'ok' | 'info';
