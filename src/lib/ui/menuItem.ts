import type { IconComponent } from './icon.ts';

export interface MenuItem {
	readonly label: string;
	readonly icon?: IconComponent;
	/** Shown at the right, e.g. Ctrl+C. */
	readonly keys?: string;
	readonly disabled?: boolean;
	readonly danger?: boolean;
	/** For one of several choices. */
	readonly checked?: boolean;
	/** A line above it. */
	readonly divided?: boolean;
	readonly run: () => void;
}
