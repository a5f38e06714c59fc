/** A token bucket for each address, for what a stranger may begin here. Holds a bounded number. */
import type { Clock } from '../../src/lib/base/clock.ts';

export interface AddressBuckets {
	/** False, and nothing taken, when so much is not left. */
	take(address: string, cost?: number): boolean;
}

const MAX_ADDRESSES = 10_000;

export function createAddressBuckets(
	clock: Clock,
	burst: number,
	perMinute: number
): AddressBuckets {
	const buckets = new Map<string, { tokens: number; at: number }>(); // in the order of use
	return {
		take(address, cost = 1) {
			const now = clock.now();
			const known = buckets.get(address) ?? { tokens: burst, at: now };
			const refilled = known.tokens + (Math.max(0, now - known.at) / 60_000) * perMinute;
			const tokens = Math.min(burst, refilled);
			buckets.delete(address);
			buckets.set(address, { tokens: tokens >= cost ? tokens - cost : tokens, at: now });
			const oldest = buckets.keys().next();
			if (buckets.size > MAX_ADDRESSES && !oldest.done) buckets.delete(oldest.value);
			return tokens >= cost;
		}
	};
}
