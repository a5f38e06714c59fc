/** Column widths as this browser's person set them. Not shared: they fit a screen, not a branch. */
import { storedChoice } from '$lib/state/storedChoice.ts';

const kept = storedChoice('tongxin.ledger.widths');

export const keptWidths = {
	read(): Record<string, number> {
		try {
			const found: unknown = JSON.parse(kept.read() ?? '{}');
			const entries = Object.entries(found ?? {}).filter(([, px]) => Number.isFinite(px));
			return Object.fromEntries(entries);
		} catch {
			return {};
		}
	},
	write(widths: Record<string, number>): void {
		kept.write(Object.keys(widths).length === 0 ? null : JSON.stringify(widths));
	}
};
