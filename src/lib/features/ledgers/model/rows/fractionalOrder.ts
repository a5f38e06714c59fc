/**
 * Keys that order the rows: between any two there is room for another, so moving a row writes one
 * key and renumbers nobody. A key is a fraction in base 62, compared as text. Each ends in random
 * digits, so that two people who insert at the same place at once get different keys.
 * Our own because the usual libraries leave out the random end, and so give two people one key.
 */
import type { RandomBytes } from '$lib/base/ids.ts';
import { assert } from '$lib/base/assert.ts';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base = digits.length;
/** The head counts rows added at either end: 62⁶ / 62³ is room for 238,000 of them. */
const headDigits = 6;
const step = base ** 3;
const start = Math.floor(base ** headDigits / 2);
const tailDigits = 3;

const digitAt = (key: string, at: number): number => Math.max(0, digits.indexOf(key.charAt(at)));

const headOf = (key: string): number =>
	Array.from({ length: headDigits }).reduce<number>(
		(sum, _, at) => sum * base + digitAt(key, at),
		0
	);

function toDigits(value: number, width: number): string {
	let text = '';
	for (let rest = value, at = 0; at < width; at += 1, rest = Math.floor(rest / base))
		text = digits.charAt(rest % base) + text;
	return text;
}

const numberToHead = (value: number): string => toDigits(value, headDigits);

/** Never ends in 0: before a key like 'A0' nothing would fit that is after 'A'. */
function randomTail(random: RandomBytes): string {
	return [...random(tailDigits)]
		.map((byte, at) => digits.charAt(at === tailDigits - 1 ? 1 + (byte % (base - 1)) : byte % base))
		.join('');
}

/** A prefix such that it and all that begins with it lies strictly between; null is the far end. */
function middle(after: string, before: string | null): string {
	let prefix = '';
	let bound = before;
	for (let at = 0; ; at += 1) {
		const low = digitAt(after, at);
		const high = bound === null ? base : digitAt(bound, at);
		if (high - low > 1) return prefix + digits.charAt(Math.floor((low + high) / 2));
		prefix += digits.charAt(low);
		if (high - low === 1) bound = null; // anything after `low` is below the bound from here on
	}
}

/** A key after `after` and before `before`; null stands for the end of the list on that side. */
export function orderBetween(
	after: string | null,
	before: string | null,
	random: RandomBytes
): string {
	assert(after === null || before === null || after < before, 'order keys out of order');
	const tail = randomTail(random);
	if (after === null && before === null) return numberToHead(start) + tail;
	if (before === null && headOf(after!) + step < base ** headDigits)
		return numberToHead(headOf(after!) + step) + tail;
	if (after === null && headOf(before!) > step) return numberToHead(headOf(before!) - step) + tail;
	return middle(after ?? '', before) + tail;
}

/**
 * `count` keys in order, under one prefix: a block pasted by one person stays together even when
 * another pastes at the same place at the same time.
 */
export function ordersBetween(
	after: string | null,
	before: string | null,
	count: number,
	random: RandomBytes
): string[] {
	const prefix = orderBetween(after, before, random);
	const width = Math.ceil(Math.log(count + 1) / Math.log(base)) || 1;
	const end = digits.charAt(base / 2);
	return Array.from({ length: count }, (_, index) => prefix + toDigits(index, width) + end);
}
