// Today's local date as a rune, so that 逾期 appears at midnight on a page left open.

import { createSubscriber } from 'svelte/reactivity';
import { systemClock, type Clock } from '$lib/base/clock.ts';
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';

const LOOK_AGAIN_MS = 60_000;
export class Today {
	#clock: Clock;
	#subscribe: () => void;

	constructor(clock: Clock = systemClock) {
		this.#clock = clock;
		this.#subscribe = createSubscriber((update) => {
			let shown = localYmd(clock.now());
			const timer = setInterval(() => {
				const next = localYmd(clock.now());
				if (next === shown) return;
				shown = next;
				update();
			}, LOOK_AGAIN_MS);
			return () => clearInterval(timer);
		});
	}

	get date(): Ymd {
		this.#subscribe();
		return localYmd(this.#clock.now());
	}
}
