/** What is left of a wait, as state that a screen can show. */
import { systemClock } from '$lib/base/clock.ts';

const SECOND_MS = 1_000;

const padded = (value: number) => String(value).padStart(2, '0');

/** `4:05`, `1:00:00`: read alike in any language. */
export function leftToText(leftMs: number): string {
	const seconds = Math.ceil(leftMs / SECOND_MS);
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	return hours > 0
		? `${hours}:${padded(minutes)}:${padded(seconds % 60)}`
		: `${minutes}:${padded(seconds % 60)}`;
}

export class Countdown {
	leftMs = $state(0);
	#timer: ReturnType<typeof setInterval> | undefined;

	get text(): string {
		return leftToText(this.leftMs);
	}

	start(waitMs: number) {
		this.stop();
		const untilMs = systemClock.now() + waitMs;
		const tick = () => {
			this.leftMs = Math.max(0, untilMs - systemClock.now());
			if (this.leftMs === 0) this.stop();
		};
		this.leftMs = waitMs;
		if (waitMs > 0) this.#timer = setInterval(tick, SECOND_MS);
	}

	stop() {
		clearInterval(this.#timer);
	}
}
