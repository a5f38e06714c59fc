/**
 * The personal lists this device may read. A list is a ledger in a circle of people, and whose it is
 * says the signed statement of the circle, not a word in the document.
 */
import type { MemberId } from '$lib/base/ids.ts';
import type { WorkspaceDocument, WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { catalogueIn, putCatalogue, readCatalogue } from '../../model/catalogue/catalogue.ts';
import type { Catalogue } from '../../model/catalogue/catalogue.ts';
import { ledgerKind } from '../../model/ledgerKind.ts';
import { readable } from '../../model/rows/value.ts';
import { presentLedgers } from '../sharedLedgers.ts';

export interface PersonalLists {
	/** The oldest first: of two made on two devices at once, everybody means the same by the first. */
	readonly own: readonly WorkspaceDocument[];
	readonly others: readonly WorkspaceDocument[];
}

export function personalLists(
	documents: readonly WorkspaceDocument[],
	self: MemberId
): PersonalLists {
	const lists = documents
		.filter(
			({ kind, circle, trashed }) => kind === ledgerKind.kind && circle === 'people' && !trashed
		)
		.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
	return {
		own: lists.filter(({ maker }) => maker === self),
		others: lists.filter(({ maker }) => maker !== self)
	};
}

type Session = Pick<WorkspaceSession, 'documents' | 'openDocument' | 'createDocument' | 'self'>;

/** Of the newest shared ledger; null where there is none, or none that can be read. */
async function sharedCatalogue(session: Session): Promise<Catalogue | null> {
	const [newest] = presentLedgers(session.documents.current());
	if (newest === undefined) return null;
	const open = await session.openDocument(newest.room);
	try {
		return readable(readCatalogue(open.doc));
	} finally {
		open.close();
	}
}

/** So that aspects and items can be picked. Also later, where the tab was killed before it was done. */
export async function takeOverCatalogue(
	session: Session,
	room: WorkspaceDocument['room']
): Promise<void> {
	const catalogue = await sharedCatalogue(session);
	if (catalogue === null) return;
	const open = await session.openDocument(room);
	try {
		const isEmpty = !catalogueIn(open.doc).has('current');
		if (open.access === 'write' && isEmpty)
			open.doc.transact(() => putCatalogue(open.doc, catalogue), 'ledger structure');
	} finally {
		open.close();
	}
}

/** Works with no network. The title is for backups: on the screens a list is called by its owner. */
export async function createPersonalList(
	session: Session,
	title: string,
	readers: readonly MemberId[]
): Promise<WorkspaceDocument['room']> {
	const members = [session.self.member, ...readers];
	const room = await session.createDocument(ledgerKind.kind, title, { kind: 'people', members });
	await takeOverCatalogue(session, room);
	return room;
}
