/**
 * What a person of the committee still has to do, over all plans and ledgers, and handing it on: the
 * members feature asks, the features above it answer. Looks into the committee's documents one after
 * the other, so that a branch of many years costs time and not memory.
 */
import type * as Y from 'yjs';
import { parseRoomId, type MemberId, type RoomId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { readSchema } from '$lib/core/rooms/documentKind.ts';
import type { DocumentEntry } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import {
	ledgerKind,
	ledgerTitle,
	openProblemsOf,
	reassignProblems
} from '$lib/features/ledgers/index.ts';
import type { OpenItem, OpenItemSource } from '$lib/features/members/index.ts';
import { openTasksOf, planKind, readPlan, reassignTasks } from '$lib/features/plans/index.ts';

interface Reader {
	/** Of the document, where it has one of its own. */
	titleOf(doc: Y.Doc, entry: DocumentEntry): string;
	itemsOf(doc: Y.Doc, member: MemberId): readonly Omit<OpenItem, 'source'>[];
	reassign(doc: Y.Doc, ids: readonly string[], from: MemberId, to: MemberId | null): void;
}

const readers = new Map<string, Reader>([
	[
		planKind.kind,
		{
			titleOf: (doc, { title }) => readPlan(doc).title || title,
			itemsOf: openTasksOf,
			reassign: reassignTasks
		}
	],
	[
		ledgerKind.kind,
		{
			titleOf: (_, { title }) => ledgerTitle(title),
			itemsOf: openProblemsOf,
			reassign: reassignProblems
		}
	]
]);

export interface OpenItemsProgress {
	readonly done: number;
	readonly of: number;
}

export interface BranchOpenItems extends OpenItemSource {
	/** Documents looked into while somebody waits for it; null at rest. */
	readonly progress: Observable<OpenItemsProgress | null>;
	/** Documents that the last look had to leave out: not here yet, not to be changed, or of a newer version. */
	readonly skipped: Observable<number>;
	/** Rejects, after all the others are done, when an item's document cannot be changed here. */
	reassign(items: readonly string[], from: MemberId, to: MemberId | null): Promise<void>;
}

const itemId = (room: RoomId, id: string) => `${room} ${id}`;

function groupByRoom(items: readonly string[]): Map<RoomId, string[]> {
	const groups = new Map<RoomId, string[]>();
	for (const item of items) {
		const space = item.indexOf(' ');
		const room = parseRoomId(item.slice(0, space));
		if (room) groups.set(room, [...(groups.get(room) ?? []), item.slice(space + 1)]);
	}
	return groups;
}

export function createOpenItems(
	session: Pick<WorkspaceSession, 'documents' | 'openDocument'>
): BranchOpenItems {
	const progress = createSource<OpenItemsProgress | null>(null);
	const skipped = createSource(0);
	let last: Promise<unknown> = Promise.resolve();

	/** One look at a time: two would open twice as many documents, and mix their progress. */
	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		const mine = last.then(work);
		last = mine.catch(() => undefined);
		return mine;
	}

	const entries = () =>
		session.documents
			.current()
			.filter(({ kind, circle, trashed }) => readers.has(kind) && circle === 'commons' && !trashed);

	/** False for a document that was left out. */
	async function visit(
		entry: DocumentEntry,
		work: (doc: Y.Doc, reader: Reader) => void
	): Promise<boolean> {
		const document = await session.openDocument(entry.room).catch(() => null);
		if (!document) return false;
		try {
			if (document.access !== 'write' || readSchema(document.doc) === 0) return false;
			work(document.doc, readers.get(entry.kind)!);
			return true;
		} finally {
			document.close();
		}
	}

	/** Gives the number left out. */
	async function visitAll(
		wanted: readonly DocumentEntry[],
		work: (entry: DocumentEntry, doc: Y.Doc, reader: Reader) => void
	): Promise<number> {
		let out = 0;
		try {
			for (const [done, entry] of wanted.entries()) {
				progress.set({ done, of: wanted.length });
				if (!(await visit(entry, (doc, reader) => work(entry, doc, reader)))) out += 1;
			}
		} finally {
			progress.set(null);
		}
		return out;
	}

	async function look(members: ReadonlySet<MemberId>): Promise<Map<MemberId, OpenItem[]>> {
		const found = new Map([...members].map((member) => [member, [] as OpenItem[]]));
		skipped.set(0);
		const out = await visitAll(entries(), (entry, doc, reader) => {
			const source = reader.titleOf(doc, entry);
			for (const [member, items] of found)
				for (const item of reader.itemsOf(doc, member))
					items.push({ ...item, id: itemId(entry.room, item.id), source });
		});
		skipped.set(out);
		return found;
	}

	/** Whoever is asked for before the next look begins is part of it: a whole handover is one look. */
	let next: { members: Set<MemberId>; found: ReturnType<typeof look> } | null = null;

	async function itemsOf(member: MemberId): Promise<readonly OpenItem[]> {
		if (!next) {
			const members = new Set<MemberId>();
			const begin = () => {
				next = null;
				return look(members);
			};
			next = { members, found: inTurn(begin) };
		}
		next.members.add(member);
		return (await next.found).get(member) ?? [];
	}

	async function reassign(
		items: readonly string[],
		from: MemberId,
		to: MemberId | null
	): Promise<void> {
		const groups = groupByRoom(items);
		const wanted = entries().filter(({ room }) => groups.has(room));
		const out = await visitAll(wanted, ({ room }, doc, reader) =>
			reader.reassign(doc, groups.get(room)!, from, to)
		);
		if (out > 0) throw new Error(`not handed on in ${out} documents that cannot be changed here`);
	}

	return {
		progress,
		skipped,
		itemsOf,
		reassign: (items, from, to) => inTurn(() => reassign(items, from, to))
	};
}
