import type { RandomBytes } from './ids.ts';

/** A new array in an order that is as likely as any other (Fisher and Yates). */
export function randomOrder<T>(items: readonly T[], random: RandomBytes): T[] {
	const order = [...items];
	for (let left = order.length; left > 1; left -= 1) {
		const at = numberBelow(left, random);
		[order[left - 1], order[at]] = [order[at]!, order[left - 1]!];
	}
	return order;
}

/** Draws again where taking the remainder would favour small numbers. `limit` is at most 2³¹. */
function numberBelow(limit: number, random: RandomBytes): number {
	const fair = Math.floor(2 ** 32 / limit) * limit;
	for (;;) {
		const drawn = new DataView(random(4).buffer).getUint32(0);
		if (drawn < fair) return drawn % limit;
	}
}
