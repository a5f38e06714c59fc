/** Whether the app is installed, can be offered by a button, or only through the browser's menu. */
interface InstallPrompt extends Event {
	prompt(): Promise<unknown>;
}

export type InstallationState = 'installed' | 'offered' | 'ios' | 'menu';

class Installation {
	#prompt = $state.raw<InstallPrompt | null>(null);
	#installed = $state(false);

	/** Called once by the root layout: the browser's offer comes early and only once. */
	listen() {
		this.#installed = matchMedia('(display-mode: standalone)').matches;
		addEventListener('beforeinstallprompt', (event) => {
			event.preventDefault();
			this.#prompt = event as InstallPrompt;
		});
		addEventListener('appinstalled', () => (this.#installed = true));
	}

	get state(): InstallationState {
		if (this.#installed) return 'installed';
		if (this.#prompt) return 'offered';
		return /iPhone|iPad/.test(navigator.userAgent) ? 'ios' : 'menu';
	}

	async install() {
		await this.#prompt?.prompt();
		this.#prompt = null;
	}
}

export const installation = new Installation();
