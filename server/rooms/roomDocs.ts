/**
 * The sealed logs of the rooms in use, as Y.Docs. Yjs is the only reader: the relay never looks
 * into them. Documents are garbage-collected, so that deleted ciphertext goes.
 */
import * as Y from 'yjs';
import type { DocReply, DocRequest } from './workerMessages.ts';

export interface RoomDocs {
	handle(request: DocRequest): DocReply;
}

const newDoc = () => new Y.Doc({ gc: true });

/** Updates whose predecessors have not come yet: kept by Yjs aside, invisible to its events. */
const waiting = (doc: Y.Doc) => [doc.store.pendingStructs?.update, doc.store.pendingDs];

const sameBytes = (a: Uint8Array | null | undefined, b: Uint8Array | null | undefined) =>
	a === b || (!!a && !!b && Buffer.compare(a, b) === 0);

function loadDoc(updates: readonly Uint8Array[]): Y.Doc {
	const doc = newDoc();
	// One by one inside one transaction: mergeUpdates over many is quadratic.
	doc.transact(() => {
		for (const update of updates) Y.applyUpdate(doc, update);
	});
	return doc;
}

function decodes(update: Uint8Array): boolean {
	try {
		Y.decodeUpdate(update);
		return true;
	} catch {
		return false;
	}
}

function applyTo(doc: Y.Doc, update: Uint8Array): DocReply {
	const [structsBefore, deletesBefore] = waiting(doc);
	const emitted: Uint8Array[] = [];
	const collect = (part: Uint8Array) => emitted.push(part);
	doc.on('update', collect);
	Y.applyUpdate(doc, update);
	doc.off('update', collect);
	const [structs, deletes] = waiting(doc);
	const stillWaiting = !sameBytes(structs, structsBefore) || !sameBytes(deletes, deletesBefore);
	if (emitted.length === 0 && !stillWaiting) return { result: 'unchanged' };
	// What Yjs reports as new leaves out what was known; it lacks what had to be put aside.
	const [only] = emitted;
	const isWhole = !stillWaiting && emitted.length === 1 && only !== undefined;
	return { result: 'changed', update: isWhole && only.length < update.length ? only : null };
}

export function createRoomDocs(): RoomDocs {
	const docs = new Map<string, Y.Doc>();
	const docOf = (room: string) => {
		const doc = docs.get(room) ?? newDoc();
		docs.set(room, doc);
		return doc;
	};
	const drop = (room: string) => {
		docs.get(room)?.destroy();
		docs.delete(room);
	};

	function apply(room: string, update: Uint8Array): DocReply {
		if (!decodes(update)) return { result: 'malformed' };
		try {
			return applyTo(docOf(room), update);
		} catch {
			drop(room);
			return { result: 'torn' };
		}
	}

	function diff(room: string, stateVector: Uint8Array): DocReply {
		try {
			return { result: 'bytes', bytes: Y.encodeStateAsUpdate(docOf(room), stateVector) };
		} catch {
			return { result: 'malformed' };
		}
	}

	function handle(request: DocRequest): DocReply {
		const { room } = request;
		switch (request.op) {
			case 'load':
				drop(room);
				docs.set(room, loadDoc(request.updates));
				return { result: 'done' };
			case 'apply':
				return apply(room, request.update);
			case 'vector':
				return { result: 'bytes', bytes: Y.encodeStateVector(docOf(room)) };
			case 'diff':
				return diff(room, request.stateVector);
			case 'snapshot':
				return { result: 'bytes', bytes: Y.encodeStateAsUpdate(docOf(room)) };
			case 'drop':
				drop(room);
				return { result: 'done' };
		}
	}
	return { handle };
}
