/** What the charts of the design system are made of. Each is a table, with bars in its cells. */
import type { Tone } from '../tone.ts';

export interface ChartValue {
	readonly value: number;
	/** As it is read; the bare number by default. */
	readonly text?: string;
	/** Where what was counted is to be seen. */
	readonly href?: string;
	/** Says what was counted; read out in place of the bare number. */
	readonly label?: string;
}

export interface ChartPart extends ChartValue {
	readonly label: string;
	readonly tone: Tone;
	/** How it is worked out, in a sentence. */
	readonly hint?: string;
}

/** The words beside a bar tell its parts apart as well; the colours are those of the tones' text. */
export const toneFill = (tone: Tone): string =>
	tone === 'neutral' ? 'var(--line-control)' : `var(--${tone})`;

/** A width or a height in percent; what is there is seen, however little it is. */
export const barSize = (value: number, max: number): string =>
	value <= 0 || max <= 0 ? '0' : `max(2px, ${Math.min(100, (value / max) * 100)}%)`;

export const sumOf = (parts: readonly ChartValue[]): number =>
	parts.reduce((sum, { value }) => sum + value, 0);

export const percent = (share: number): string => `${Math.round(share * 100)}%`;
