/** Events in real documents that meet in any order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addEvent, eventsOfRow } from './eventsOfRow.ts';
import { fold, makeEvent, play, TestReplica, turns, type Turn } from './fixtures/lifeStories.ts';
import type { Life } from './life.ts';
import { problemMachine } from './problemMachine.ts';

const rowOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('problems').get('row') as Y.Map<unknown>;
const lifeOf = (doc: Y.Doc): Life => fold(problemMachine, eventsOfRow(rowOf(doc)));

function deliver(from: Y.Doc, to: Y.Doc): void {
	Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
}

/** The same row on each. */
function devices(count: number): Y.Doc[] {
	const docs = Array.from({ length: count }, (_, n) => {
		const doc = new Y.Doc();
		doc.clientID = n + 1;
		return doc;
	});
	docs[0]!.getMap('problems').set('row', new Y.Map<unknown>());
	for (const doc of docs.slice(1)) deliver(docs[0]!, doc);
	return docs;
}

function act(doc: Y.Doc, device: number, turn: Turn, made: number): void {
	const replica = new TestReplica(`d${device}x${made}`, problemMachine, `m${device}`);
	replica.hear(eventsOfRow(rowOf(doc)));
	expect(addEvent(rowOf(doc), play(replica, turn))).toBe(true);
}

/** Each ordered pair once and then all over again, so that everybody has heard of everything. */
const meetings = (count: number): [number, number][] =>
	Array.from({ length: count * count }, (_, n) => [n % count, Math.floor(n / count)]);

describe('documents', () => {
	it('LF2 LF23 devices that meet in any order see the same life', () => {
		const count = 4;
		fc.assert(
			fc.property(
				turns(16),
				fc.shuffledSubarray(meetings(count), { minLength: count * count }),
				(played, met) => {
					const docs = devices(count);
					played.forEach((turn, made) => {
						const device = turn.device % count;
						deliver(docs[turn.hears % count]!, docs[device]!);
						act(docs[device]!, device, turn, made);
					});
					for (const [from, to] of [...met, ...meetings(count), ...meetings(count)])
						deliver(docs[from]!, docs[to]!);
					const lives = docs.map(lifeOf);
					for (const life of lives) expect(life).toEqual(lives[0]);
					expect(lives[0]!.all).toHaveLength(played.length);
				}
			),
			{ numRuns: 150 }
		);
	});

	it('LF2 single updates that arrive out of order and twice come to the same', () => {
		fc.assert(
			fc.property(
				turns(10),
				fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
				(played, dice) => {
					const [author, reader] = devices(2) as [Y.Doc, Y.Doc];
					const updates: Uint8Array[] = [];
					author.on('update', (update: Uint8Array) => updates.push(update));
					played.forEach((turn, made) => act(author, 1, turn, made));
					const mixed = [...updates, ...updates]
						.map((update, n) => ({ update, at: dice[n]! }))
						.sort((a, b) => a.at - b.at);
					for (const { update } of mixed) Y.applyUpdate(reader, update);
					expect(lifeOf(reader)).toEqual(lifeOf(author));
				}
			),
			{ numRuns: 100 }
		);
	});
});

describe('addEvent', () => {
	it('LF22 writes once what can be read, and nothing else', () => {
		const [doc] = devices(1) as [Y.Doc];
		const event = makeEvent('e1', 'submit');
		expect(addEvent(rowOf(doc), event)).toBe(true);
		const before = Y.encodeStateVector(doc);
		expect(addEvent(rowOf(doc), event)).toBe(true);
		expect(addEvent(rowOf(doc), { ...event, id: 'e2', note: 'x'.repeat(5000) })).toBe(false);
		expect(addEvent(rowOf(doc), { ...event, id: 'a b' })).toBe(false);
		expect(Y.encodeStateVector(doc)).toEqual(before);
		expect(eventsOfRow(rowOf(doc))).toEqual([event]);
	});

	it('LF22 leaves out, and leaves alone, what is no event', () => {
		const [doc] = devices(1) as [Y.Doc];
		rowOf(doc).set('event bad', { type: 'submit' });
		rowOf(doc).set('event text', new Y.Text('submit'));
		rowOf(doc).set('event number', 7);
		const event = makeEvent('e1', 'submit');
		addEvent(rowOf(doc), event);
		expect(eventsOfRow(rowOf(doc))).toEqual([event]);
		expect(rowOf(doc).get('event bad')).toEqual({ type: 'submit' });
	});

	it('LF23 two devices that take the first step at once lose nothing', () => {
		const [b, c] = devices(2) as [Y.Doc, Y.Doc];
		addEvent(rowOf(b), makeEvent('b', 'submit'));
		addEvent(rowOf(c), makeEvent('c', 'submit'));
		deliver(b, c);
		deliver(c, b);
		for (const doc of [b, c])
			expect(
				eventsOfRow(rowOf(doc))
					.map(({ id }) => id)
					.toSorted()
			).toEqual(['b', 'c']);
	});
});
