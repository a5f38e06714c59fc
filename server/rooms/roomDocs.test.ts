import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createRoomDocs, type RoomDocs } from './roomDocs.ts';

const room = 'w/r';
let docs: RoomDocs;
beforeEach(() => {
	docs = createRoomDocs();
});

/** The updates of a document in which every given entry is appended, one update an entry. */
function updatesOf(...entries: string[]): Uint8Array[] {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (const entry of entries) doc.getArray('log').push([entry]);
	return updates;
}

const apply = (update: Uint8Array) => docs.handle({ op: 'apply', room, update });

function bytesOf(op: 'snapshot' | 'vector'): Uint8Array {
	const reply = docs.handle({ op, room });
	if (reply.result !== 'bytes') throw new Error(reply.result);
	return reply.bytes;
}

function contentOf(update: Uint8Array): unknown {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return doc.getArray('log').toJSON();
}

describe('the documents of the rooms', () => {
	it('S6 tell an update that changes something from one that does not', () => {
		const [first] = updatesOf('a');
		expect(apply(first!)).toEqual({ result: 'changed', update: null, freed: false });
		expect(apply(first!)).toEqual({ result: 'unchanged' });
		expect(apply(bytesOf('snapshot'))).toEqual({ result: 'unchanged' });
		expect(apply(Y.encodeStateAsUpdate(new Y.Doc()))).toEqual({ result: 'unchanged' });
	});

	it('S6 keep only what is new of an update that repeats much', () => {
		const [first, second] = updatesOf('a'.repeat(500), 'b');
		apply(first!);
		const reply = apply(Y.mergeUpdates([first!, second!]));
		expect(reply).toMatchObject({ result: 'changed' });
		const kept = (reply as { update: Uint8Array }).update;
		expect(kept.length).toBeLessThan(100);
		expect(contentOf(Y.mergeUpdates([first!, kept]))).toEqual(['a'.repeat(500), 'b']);
	});

	it('S3 S6 keep an update that comes before its predecessor, whole, and lose nothing of it', () => {
		const [first, second, third] = updatesOf('a', 'b', 'c');
		expect(apply(third!)).toEqual({ result: 'changed', update: null, freed: false });
		expect(apply(third!)).toEqual({ result: 'unchanged' });
		expect(apply(first!)).toMatchObject({ result: 'changed' });
		const kept = bytesOf('snapshot');
		docs.handle({ op: 'load', room, updates: [kept] });
		expect(apply(second!)).toEqual({ result: 'changed', update: null, freed: false });
		expect(contentOf(bytesOf('snapshot'))).toEqual(['a', 'b', 'c']);
	});

	it('S3 S6 what is kept of updates in any order, with repeats, is always the whole', () => {
		const entries = ['a', 'b', 'c', 'd', 'e', 'f'];
		const all = updatesOf(...entries);
		const order = fc.array(fc.nat({ max: all.length - 1 }), { maxLength: 20 });
		fc.assert(
			fc.property(order, (picked) => {
				docs = createRoomDocs();
				const kept: Uint8Array[] = [];
				for (const update of [...picked.map((i) => all[i]!), ...all]) {
					const reply = apply(update);
					if (reply.result === 'changed') kept.push(reply.update ?? update);
				}
				docs.handle({ op: 'load', room, updates: kept });
				expect(contentOf(bytesOf('snapshot'))).toEqual(entries);
			})
		);
	});

	it('S3 refuse what does not decode, and are as before', () => {
		apply(updatesOf('a')[0]!);
		const before = bytesOf('snapshot');
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
				expect(['malformed', 'unchanged', 'changed', 'torn']).toContain(apply(bytes).result);
			})
		);
		docs.handle({ op: 'load', room, updates: [before] });
		expect(apply(Uint8Array.of(1, 1, 1))).toEqual({ result: 'malformed' });
		expect(apply(new Uint8Array())).toEqual({ result: 'malformed' });
		expect(bytesOf('snapshot')).toEqual(before);
	});

	it('S2 answer a state vector with what it lacks', () => {
		const [first, second] = updatesOf('a'.repeat(500), 'b');
		apply(first!);
		const behind = bytesOf('vector');
		apply(second!);
		const reply = docs.handle({ op: 'diff', room, stateVector: behind });
		if (reply.result !== 'bytes') throw new Error(reply.result);
		expect(reply.bytes.length).toBeLessThan(100);
		expect(contentOf(Y.mergeUpdates([first!, reply.bytes]))).toEqual(['a'.repeat(500), 'b']);
	});

	it('S13 refuse a state vector that does not decode', () => {
		const stateVector = Uint8Array.of(5, 1);
		expect(docs.handle({ op: 'diff', room, stateVector })).toEqual({ result: 'malformed' });
	});

	it('S15 drop the bytes of what was deleted, and say when there were any', () => {
		const doc = new Y.Doc();
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		const log = doc.getArray('log');
		log.push([new TextEncoder().encode('ciphertext-to-drop')]);
		log.push([new TextEncoder().encode('another')]);
		log.delete(0, 1);
		const freed = updates
			.map((update) => apply(update))
			.map((reply) => 'freed' in reply && reply.freed);
		expect(freed).toEqual([false, false, true]);
		const snapshot = bytesOf('snapshot');
		expect(Buffer.from(snapshot).includes('ciphertext-to-drop')).toBe(false);
		// As they lie in the store before and after a compaction.
		const load = (...all: Uint8Array[]) => docs.handle({ op: 'load', room, updates: all });
		expect(load(...updates)).toEqual({ result: 'done', freed: true });
		expect(load(snapshot)).toEqual({ result: 'done', freed: false });
		expect(load(...updates.slice(0, 2))).toEqual({ result: 'done', freed: false });
	});
});
