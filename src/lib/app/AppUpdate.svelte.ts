/**
 * A new version waits behind the service worker until the person takes it: replacing a page in the
 * middle of a sentence would lose what an input method is composing.
 */
export class AppUpdate {
	ready = $state(false);
	#waiting: ServiceWorker | null = null;

	constructor() {
		void navigator.serviceWorker?.getRegistration().then((registration) => {
			if (!registration) return;
			this.#offer(registration);
			registration.addEventListener('updatefound', () => {
				const incoming = registration.installing;
				incoming?.addEventListener('statechange', () => this.#offer(registration));
			});
		});
	}

	#offer(registration: ServiceWorkerRegistration) {
		// The very first worker has nobody to take over from.
		if (!registration.waiting || !navigator.serviceWorker.controller) return;
		this.#waiting = registration.waiting;
		this.ready = true;
	}

	/** Switches over and reloads the page. */
	async take(): Promise<void> {
		if (this.#waiting) {
			const changed = new Promise((resolve) =>
				navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
			);
			this.#waiting.postMessage('take over');
			await changed;
		}
		location.reload();
	}
}
