/**
 * The branch's list of typical problems, for what may not know ledgers: from the newest of the
 * committee's ledgers that has one. A ledger can be big, so none is opened before somebody looks, and
 * all are closed again when nobody does. Undefined until it is known.
 */
import type { RoomId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import {
	catalogueIn,
	ledgerKind,
	ledgerTitle,
	readCatalogue,
	type CatalogueItem
} from '$lib/features/ledgers/index.ts';
import type { MaybeCatalogue, TalkCatalogue } from '$lib/features/talks/index.ts';

type Session = Pick<WorkspaceSession, 'documents' | 'openDocument'>;

function toAspects(items: readonly CatalogueItem[]): TalkCatalogue['aspects'] {
	const aspects = new Map<string, { no: number; text: string }[]>();
	for (const { aspect, no, text } of items)
		aspects.set(aspect, [...(aspects.get(aspect) ?? []), { no, text }]);
	return [...aspects].map(([name, listed]) => ({ name, items: listed }));
}

/** The newest first. */
const ledgersOf = ({ documents }: Session) =>
	documents
		.current()
		.filter(
			({ kind, circle, trashed }) => kind === ledgerKind.kind && circle === 'commons' && !trashed
		)
		.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));

/** Null for none, or one that this version cannot read. */
function catalogueOf(open: OpenDocument, title: string): TalkCatalogue | null {
	const read = readCatalogue(open.doc);
	if (read === null || typeof read === 'symbol' || read.items.length === 0) return null;
	return { title: ledgerTitle(title), aspects: toAspects(read.items) };
}

export function branchCatalogue(session: Session): Observable<MaybeCatalogue> {
	const found = createSource<MaybeCatalogue>(undefined);
	let watchers = 0;
	let stopDocuments = (): void => {};
	/** Goes up with each look, so that an older one that is still waiting gives up. */
	let looks = 0;
	/** Of the ledgers looked into: one that has no catalogue yet may get one. */
	let held: (() => void)[] = [];
	let known: readonly RoomId[] = [];

	function letGo(): void {
		looks += 1;
		for (const close of held) close();
		held = [];
	}

	function hold(open: OpenDocument): void {
		const catalogue = catalogueIn(open.doc);
		const again = () => void look();
		catalogue.observe(again);
		held.push(() => {
			catalogue.unobserve(again);
			open.close();
		});
	}

	async function look(): Promise<void> {
		letGo();
		const mine = looks;
		const ledgers = ledgersOf(session);
		known = ledgers.map(({ room }) => room);
		for (const { room, title } of ledgers) {
			const open = await session.openDocument(room).catch(() => null);
			if (mine !== looks) return open?.close();
			if (!open) continue;
			hold(open);
			const catalogue = catalogueOf(open, title);
			if (catalogue) return found.set(catalogue);
		}
		found.set(null);
	}

	function onDocuments(): void {
		const rooms = ledgersOf(session).map(({ room }) => room);
		if (rooms.join() !== known.join()) void look();
	}

	return {
		current: found.current,
		subscribe(listener) {
			const stop = found.subscribe(listener);
			if (watchers++ === 0) {
				stopDocuments = session.documents.subscribe(onDocuments);
				void look();
			}
			return () => {
				stop();
				if (--watchers > 0) return;
				stopDocuments();
				letGo();
			};
		}
	};
}
