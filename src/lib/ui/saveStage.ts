/** From the three honest answers to the one word that is shown. */

/** Shaped like the core's SaveState, which this layer does not know. */
export interface SaveProgress {
	readonly stored: boolean;
	readonly delivered: boolean;
	readonly held: { readonly by: number; readonly of: number };
	readonly fault: 'disk-full' | 'store-failed' | null;
}

/** In the order in which an edit travels; `fault` stops it before the first step. */
export type SaveStage = 'fault' | 'saving' | 'stored' | 'delivered' | 'held';

export function saveStage(save: SaveProgress): SaveStage {
	if (save.fault !== null) return 'fault';
	if (!save.stored) return 'saving';
	if (!save.delivered) return 'stored';
	// Alone in the branch, or nobody else has it yet: "held by 1 of 3" would only worry people.
	return save.held.by > 1 ? 'held' : 'delivered';
}
