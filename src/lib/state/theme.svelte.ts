/** Light, dark or as the system: what the person chose, kept in this browser. */
import { storedChoice, type StoredChoice } from './storedChoice.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);

export function createTheme(stored: StoredChoice, apply: (theme: Theme) => void) {
	let current = $state<Theme>('system');
	return {
		get current() {
			return current;
		},
		set(next: Theme) {
			current = next;
			stored.write(next === 'system' ? null : next);
			apply(next);
		},
		/** Takes up what was chosen last time. */
		start() {
			const kept = stored.read();
			current = isTheme(kept) ? kept : 'system';
			apply(current);
		}
	};
}

export const theme = createTheme(storedChoice('theme'), (chosen) => {
	if (chosen === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = chosen;
});

/** Once, in the root layout. */
export const startTheme = (): void => theme.start();
