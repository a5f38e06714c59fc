/**
 * While a record is open: where its clues went is taken from the talker's outbox as soon as it is known
 * there. To be called while a component is set up.
 */
import { untrack } from 'svelte';
import { cryptoRandom } from '$lib/base/ids.ts';
import { isPendingClue } from '../model/record/clues.ts';
import { Outboxes, type OutboxSession } from './Outboxes.svelte.ts';
import type { TalkRecord } from './TalkRecord.svelte.ts';

export function followPassages(session: OutboxSession, current: () => TalkRecord | null): void {
	let outboxes = $state.raw<Outboxes | null>(null);
	const pending = $derived(current()?.talk.clues.filter(isPendingClue) ?? []);
	const isWaiting = $derived(pending.length > 0 && current()?.isTalker === true);

	$effect(() => {
		if (!isWaiting) return;
		const opened = untrack(() => new Outboxes(session, cryptoRandom));
		outboxes = opened;
		return () => {
			opened.destroy();
			outboxes = null;
		};
	});
	$effect(() => {
		const entries = outboxes?.entries ?? [];
		for (const { id, passage } of pending) {
			const went = entries.find((entry) => entry.id === passage?.entry)?.passage;
			if (!passage || !went) continue;
			const { code, ledger } = went;
			untrack(() => current()?.markClue(id, { ...passage, code, ledger }));
		}
	});
}
