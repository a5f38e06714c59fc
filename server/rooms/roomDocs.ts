/**
 * The sealed logs of the rooms in use, as Y.Docs. Yjs is the only reader: the relay never looks
 * into them. Documents are garbage-collected, so that deleted ciphertext goes.
 */
import * as Y from 'yjs';
import type { DocReply, DocRequest } from './workerMessages.ts';

export interface RoomDocs {
	handle(request: DocRequest): DocReply;
}

interface RoomDoc {
	readonly doc: Y.Doc;
	/** Whether content was deleted since this was last asked. */
	tookOut(): boolean;
}

function newDoc(): RoomDoc {
	let freed = false;
	const doc = new Y.Doc({
		gc: true,
		// Yjs asks before it drops what was deleted; a former deletion comes as ContentDeleted.
		gcFilter({ content }) {
			freed ||= !(content instanceof Y.ContentDeleted);
			return true;
		}
	});
	return {
		doc,
		tookOut() {
			const before = freed;
			freed = false;
			return before;
		}
	};
}

/** Updates whose predecessors have not come yet: kept by Yjs aside, invisible to its events. */
const waiting = (doc: Y.Doc) => [doc.store.pendingStructs?.update, doc.store.pendingDs];

const sameBytes = (a: Uint8Array | null | undefined, b: Uint8Array | null | undefined) =>
	a === b || (!!a && !!b && Buffer.compare(a, b) === 0);

function loadDoc(updates: readonly Uint8Array[]): RoomDoc {
	const room = newDoc();
	// One by one inside one transaction: mergeUpdates over many is quadratic.
	room.doc.transact(() => {
		for (const update of updates) Y.applyUpdate(room.doc, update);
	});
	return room;
}

function decodes(update: Uint8Array): boolean {
	try {
		Y.decodeUpdate(update);
		return true;
	} catch {
		return false;
	}
}

function applyTo({ doc, tookOut }: RoomDoc, update: Uint8Array): DocReply {
	const [structsBefore, deletesBefore] = waiting(doc);
	const emitted: Uint8Array[] = [];
	const collect = (part: Uint8Array) => emitted.push(part);
	doc.on('update', collect);
	Y.applyUpdate(doc, update);
	doc.off('update', collect);
	const freed = tookOut();
	const [structs, deletes] = waiting(doc);
	const stillWaiting = !sameBytes(structs, structsBefore) || !sameBytes(deletes, deletesBefore);
	if (emitted.length === 0 && !stillWaiting) return { result: 'unchanged' };
	// What Yjs reports as new leaves out what was known; it lacks what had to be put aside.
	const [only] = emitted;
	const isWhole = !stillWaiting && emitted.length === 1 && only !== undefined;
	const isSmaller = isWhole && only.length < update.length;
	return { result: 'changed', update: isSmaller ? only : null, freed };
}

export function createRoomDocs(): RoomDocs {
	const docs = new Map<string, RoomDoc>();
	const roomOf = (room: string) => {
		const found = docs.get(room) ?? newDoc();
		docs.set(room, found);
		return found;
	};
	const docOf = (room: string) => roomOf(room).doc;
	const drop = (room: string) => {
		docs.get(room)?.doc.destroy();
		docs.delete(room);
	};
	function load(room: string, updates: readonly Uint8Array[]): DocReply {
		drop(room);
		const loaded = loadDoc(updates);
		docs.set(room, loaded);
		return { result: 'done', freed: loaded.tookOut() };
	}

	function apply(room: string, update: Uint8Array): DocReply {
		if (!decodes(update)) return { result: 'malformed' };
		try {
			return applyTo(roomOf(room), update);
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
				return load(room, request.updates);
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
				return { result: 'done', freed: false };
		}
	}
	return { handle };
}
