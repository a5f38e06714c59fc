/** A signature written by finger, as the path of its strokes in a box of fixed size. */
import { inkPattern, maxInkChars } from './steps.ts';

export interface InkPoint {
	readonly x: number;
	readonly y: number;
}

/** Points closer than this add length to the path and nothing to the look. */
const leastStep = 1.5;

const round = (value: number): string => String(Math.round(value * 10) / 10);
const place = ({ x, y }: InkPoint): string => `${round(x)} ${round(y)}`;

function thinned(stroke: readonly InkPoint[]): InkPoint[] {
	const kept: InkPoint[] = [];
	for (const [at, point] of stroke.entries()) {
		const last = kept.at(-1);
		const isFar = !last || Math.hypot(point.x - last.x, point.y - last.y) >= leastStep;
		if (isFar || at === stroke.length - 1) kept.push(point);
	}
	return kept;
}

/** Null when nothing was written, or far more than a name. */
export function inkPath(strokes: readonly (readonly InkPoint[])[]): string | null {
	const drawn = strokes.filter((stroke) => stroke.length > 1).map(thinned);
	const length = drawn.flat().length;
	const path = drawn
		.map((stroke) => stroke.map((point, at) => `${at === 0 ? 'M' : 'L'} ${place(point)}`).join(' '))
		.join(' ');
	return length >= minPoints && path.length <= maxInkChars && inkPattern.test(path) ? path : null;
}

/** A tap is no signature. */
const minPoints = 6;
