/**
 * Lets go of a section before an editor bound to it can throw out what it does not know. Observers of
 * a Yjs type are called after `beforeObserverCalls`, the editor's among them: there is just time.
 */
import * as Y from 'yjs';
import { isEditable } from '../../model/record/sectionShape.ts';

/** `changedParentTypes` is filled only while observers are called. */
function touches(transaction: Y.Transaction, section: Y.XmlFragment): boolean {
	return [...transaction.changed.keys()].some((type) => {
		let at: unknown = type;
		while (at instanceof Y.AbstractType && at !== section) at = at.parent;
		return at === section;
	});
}

/** `isOwn`: the editor's transactions, in which nothing foreign can come. Gives the way to stop. */
export function guardSection(
	section: Y.XmlFragment,
	isOwn: (origin: unknown) => boolean,
	onForeign: () => void
): () => void {
	const { doc } = section;
	const look = (transaction: Y.Transaction) => {
		if (isOwn(transaction.origin) || !touches(transaction, section)) return;
		if (!isEditable(section)) onForeign();
	};
	doc?.on('beforeObserverCalls', look);
	return () => doc?.off('beforeObserverCalls', look);
}
