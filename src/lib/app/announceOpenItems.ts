/** Says how far the look through plans and ledgers is when it takes long, and what it had to leave out. */
import { m } from '$lib/paraglide/messages.js';
import { toasts } from '$lib/ui/toasts.svelte.ts';
import type { BranchOpenItems } from './openItems.ts';

/** A look that is quicker than this needs no words; later ones come no faster than people read. */
const SAY_EVERY_MS = 1_000;

/** Until the function it returns is called. */
export function announceOpenItems({ progress, skipped }: BranchOpenItems): () => void {
	let toast: number | null = null;
	let saidAtMs: number | null = null;

	function hush() {
		if (toast !== null) toasts.dismiss(toast);
		toast = null;
		saidAtMs = null;
	}

	function onProgress() {
		const at = progress.current();
		if (!at) return hush();
		saidAtMs ??= Date.now();
		if (Date.now() - saidAtMs < SAY_EVERY_MS) return;
		saidAtMs = Date.now();
		const { done, of } = at;
		const text = m.app_open_items_looking({ done, of });
		toast = toasts.show({ text, key: 'open items', durationMs: null });
	}

	function onSkipped() {
		const count = skipped.current();
		if (count > 0) toasts.show({ text: m.app_open_items_skipped({ count }), tone: 'warning' });
	}

	const stops = [progress.subscribe(onProgress), skipped.subscribe(onSkipped)];
	return () => {
		stops.forEach((stop) => stop());
		hush();
	};
}
