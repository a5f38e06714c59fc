/** Hands clues from talks on to the problem list: the talks and the ledgers do not know each other. */
import { cryptoRandom, type RoomId } from '$lib/base/ids.ts';
import type { Ymd } from '$lib/base/typedDate.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import {
	ledgerKind,
	ledgerTitle,
	nextBatchLabel,
	problemGateChoices,
	publishBatch,
	traceWords,
	type BatchEntry,
	type People
} from '$lib/features/ledgers/index.ts';
import type { ClueBatch, ClueGate } from '$lib/features/talks/index.ts';
import { m } from '$lib/paraglide/messages.js';

type Session = Pick<WorkspaceSession, 'documents' | 'openDocument' | 'self'>;

/** A word the ledger does not know is left out there, as it could not be read. */
const known = <T extends string>(words: readonly string[], choices: readonly { value: string }[]) =>
	words.filter((word) => choices.some(({ value }) => value === word)) as T[];

export function createClueGate(session: Session, people: People): ClueGate {
	const choices = problemGateChoices();

	async function withLedger<T>(room: RoomId, work: (open: OpenDocument) => T): Promise<T | null> {
		const open = await session.openDocument(room).catch(() => null);
		if (!open) return null;
		try {
			return work(open);
		} finally {
			open.close();
		}
	}

	const toEntry = (entry: ClueBatch['entries'][number]): BatchEntry => ({
		manifestation: entry.words,
		aspect: entry.aspect,
		itemNo: entry.itemNo,
		level: known<NonNullable<BatchEntry['level']>>([entry.level ?? ''], choices.levels)[0] ?? null,
		topics: entry.topics,
		alsoFrom: known<BatchEntry['alsoFrom'][number]>(entry.alsoFrom, choices.sources)
	});

	function codesOf({ label, on, entries }: ClueBatch, open: OpenDocument) {
		if (open.access !== 'write') return null;
		const author = { by: session.self.member, now: Date.now, random: cryptoRandom };
		const batch = { label, on, entries: entries.map(toEntry) };
		const codes = publishBatch(open.doc, batch, author);
		return new Map(entries.flatMap(({ id }, at) => (codes[at] ? [[id, codes[at]] as const] : [])));
	}

	return {
		get ledgers() {
			return session.documents
				.current()
				.filter((one) => one.kind === ledgerKind.kind && one.circle === 'commons' && !one.trashed)
				.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
				.map(({ room, title }) => ({ room, title: ledgerTitle(title) }));
		},
		...choices,
		tracesIn: (words) => traceWords(words, people),
		async proposeLabel(ledger: RoomId, on: Ymd) {
			const name = (number: number) => m.batches_label({ month: Number(on.slice(5, 7)), number });
			return (await withLedger(ledger, ({ doc }) => nextBatchLabel(doc, name))) ?? name(1);
		},
		publish: (batch) => withLedger(batch.ledger, (open) => codesOf(batch, open))
	};
}
