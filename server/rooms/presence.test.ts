import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import fc from 'fast-check';
import { createPresence } from './presence.ts';

function person(state: object): { awareness: Awareness; id: number; update: () => Uint8Array } {
	const doc = new Y.Doc();
	const awareness = new Awareness(doc);
	awareness.setLocalState(state);
	const update = () => encodeAwarenessUpdate(awareness, [doc.clientID]);
	return { awareness, id: doc.clientID, update };
}

describe('presence', () => {
	it('S10 S11 hands a joiner the newest states and tells who left, as stock clients read it', () => {
		const presence = createPresence<string>(10);
		const ann = person({ name: 'sealed' });
		const bob = person({});
		expect(presence.take('a', ann.update())).toBe(true);
		ann.awareness.setLocalState({ name: 'newer' });
		expect(presence.take('a', ann.update())).toBe(true);
		applyAwarenessUpdate(bob.awareness, presence.states()!, null);
		expect(bob.awareness.getStates().get(ann.id)).toEqual({ name: 'newer' });
		applyAwarenessUpdate(bob.awareness, presence.leave('a')!, null);
		expect(bob.awareness.getStates().has(ann.id)).toBe(false);
		expect(presence.states()).toBeNull();
		ann.awareness.destroy();
		bob.awareness.destroy();
	});

	it('S10 finds no news in what a client only heard and sends on', () => {
		const presence = createPresence<string>(10);
		const ann = person({ at: 1 });
		presence.take('a', ann.update());
		expect(presence.take('b', ann.update())).toBe(false);
		expect(presence.leave('b')).toBeNull();
		ann.awareness.destroy();
	});

	it('S10 remembers a bounded number of clients', () => {
		const presence = createPresence<string>(2);
		const people = [1, 2, 3].map((n) => person({ n }));
		for (const one of people) expect(presence.take('a', one.update())).toBe(true);
		const reader = new Awareness(new Y.Doc());
		applyAwarenessUpdate(reader, presence.states()!, null);
		expect(people.filter(({ id }) => reader.getStates().has(id))).toHaveLength(2);
		for (const one of people) one.awareness.destroy();
		reader.destroy();
	});

	it('S13 calls bytes malformed that are no awareness update, without throwing', () => {
		const presence = createPresence<string>(10);
		expect(presence.take('a', Uint8Array.of(200, 200, 200, 1))).toBeNull();
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
				expect([true, false, null]).toContain(presence.take('a', bytes));
			})
		);
	});
});
