/** What became of handed-on clues, from the outbox back into the talks they came from. */
import type { RoomId } from '$lib/base/ids.ts';
import type { CluePassage } from '../model/record/clues.ts';
import type { ListedEntry } from './Outboxes.svelte.ts';
import type { OwnClue, OwnClues } from './OwnClues.svelte.ts';

export async function settleClues(
	own: Pick<OwnClues, 'mark'>,
	pending: readonly OwnClue[],
	entries: readonly ListedEntry[]
): Promise<void> {
	const byId = new Map(entries.map((entry) => [entry.id, entry]));
	const byTalk = new Map<RoomId, Map<string, CluePassage>>();
	for (const { id, passage, talk } of pending) {
		const went = passage && byId.get(passage.entry)?.passage;
		if (!went) continue;
		const { code, ledger } = went;
		const marks = byTalk.get(talk.room) ?? new Map<string, CluePassage>();
		byTalk.set(talk.room, marks.set(id, { ...passage, code, ledger }));
	}
	for (const [room, marks] of byTalk) await own.mark(room, marks);
}
