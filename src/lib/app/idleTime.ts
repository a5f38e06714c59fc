/**
 * How long nobody has touched any tab of this browser. Pure but for the storage it is handed: the
 * time of the last input is shared by all tabs, so that reading in one does not lock the other.
 */
import type { Clock } from '$lib/base/clock.ts';

/** Typing must not write to storage with every key. */
const RESOLUTION_MS = 2_000;

export interface IdleTime {
	/** Somebody is here. False when it comes too late: the time was already up. */
	touch(limitMs: number): boolean;
	isUp(limitMs: number): boolean;
}

export interface SharedTime {
	read(): string | null;
	write(value: string): void;
}

export function createIdleTime(shared: SharedTime, clock: Clock): IdleTime {
	/** Also in memory, for a browser that refuses to keep it. */
	let own = clock.now();
	shared.write(String(own));

	const lastMs = () => {
		const latest = Math.max(own, Number(shared.read()) || 0);
		// A clock set back would otherwise keep it open until it has caught up.
		if (latest > clock.now()) {
			own = clock.now();
			shared.write(String(own));
			return own;
		}
		return latest;
	};
	const isUp = (limitMs: number) => clock.now() - lastMs() >= limitMs;

	return {
		isUp,
		touch(limitMs) {
			if (isUp(limitMs)) return false;
			const nowMs = clock.now();
			if (nowMs - own < RESOLUTION_MS) return true;
			own = nowMs;
			shared.write(String(nowMs));
			return true;
		}
	};
}
