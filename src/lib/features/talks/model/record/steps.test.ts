import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { digestOf, readContent } from './content.ts';
import { readFacts, writeFacts } from './facts.ts';
import { appendAddition, readAdditions } from './additions.ts';
import { tickItem } from './items.ts';
import {
	appendStep,
	foldSteps,
	freeze,
	readSteps,
	stepsIn,
	type NewStep,
	type RecordLife,
	type SignRole,
	type SignWay
} from './steps.ts';
import { copyOf, meet, testFacts, writeParagraph } from './testTalk.ts';

const contentOf = (doc: Y.Doc) => readContent(doc, readFacts(doc, testFacts));
const lifeOf = (doc: Y.Doc): RecordLife => foldSteps(readSteps(doc), contentOf(doc));
const stamp = (doc: Y.Doc, by: string, at = '2023-03-15T10:00:00.000Z') => ({
	...{ by, at, digest: digestOf(contentOf(doc)) }
});

let count = 0;
const step = (doc: Y.Doc, next: NewStep): boolean => appendStep(doc, `step ${count++}`, next);
const finish = (doc: Y.Doc) => step(doc, { type: 'finish', ...stamp(doc, 'talker') });
const sign = (doc: Y.Doc, role: SignRole, way: SignWay = 'hand', by = 'talker') =>
	step(doc, { type: 'sign', role, way, on: '2023-03-15', ...stamp(doc, by) });
const reopen = (doc: Y.Doc) =>
	step(doc, { type: 'reopen', ...stamp(doc, 'talker'), cancels: [...lifeOf(doc).live] });
const lock = (doc: Y.Doc) =>
	step(doc, { type: 'lock', ...stamp(doc, 'talker'), frozen: freeze(lifeOf(doc).content) });

function written(): Y.Doc {
	const doc = new Y.Doc();
	writeFacts(doc, testFacts);
	writeParagraph(doc, 'work', '德育活动较扎实,家校沟通任务重');
	return doc;
}

describe('the life of a record', () => {
	it('goes from draft over waiting and signed to locked', () => {
		const doc = written();
		expect(lifeOf(doc).state).toBe('draft');
		finish(doc);
		expect(lifeOf(doc).state).toBe('awaiting');
		sign(doc, 'talker');
		expect(lifeOf(doc).state).toBe('awaiting');
		sign(doc, 'talkee', 'device', 'talkee');
		expect(lifeOf(doc).state).toBe('signed');
		lock(doc);
		expect(lifeOf(doc)).toMatchObject({ state: 'locked', changedSinceLock: false });
	});
	it('TK10 is the same for any order of the same steps', () => {
		const anyStep = fc.record({
			what: fc.constantFrom('finish', 'talker', 'talkee', 'reopen', 'lock', 'words'),
			device: fc.nat(2),
			meets: fc.boolean()
		});
		fc.assert(
			fc.property(
				fc.array(anyStep, { maxLength: 12 }),
				fc.infiniteStream(fc.nat(99)),
				(all, dice) => {
					const first = written();
					const docs = [first, copyOf(first), copyOf(first)];
					for (const { what, device, meets } of all) {
						const doc = docs[device]!;
						if (what === 'finish') finish(doc);
						else if (what === 'reopen') reopen(doc);
						else if (what === 'lock') lock(doc);
						else if (what === 'words') writeParagraph(doc, 'thought', `补充${device}`);
						else sign(doc, what);
						if (meets) meet(...docs);
					}
					meet(...docs);
					const [life] = docs.map(lifeOf);
					for (const doc of docs) expect(lifeOf(doc)).toEqual(life);
					const shuffled = readSteps(first)
						.map((one) => ({ one, at: dice.next().value as number }))
						.toSorted((a, b) => a.at - b.at)
						.map(({ one }) => one);
					const other = new Y.Doc();
					Y.applyUpdate(other, Y.encodeStateAsUpdate(first));
					stepsIn(other).clear();
					for (const { id, ...rest } of shuffled) stepsIn(other).set(id, rest);
					expect(lifeOf(other)).toEqual(life);
				}
			)
		);
	});
	it('TK11 counts a signature for the words it was given for', () => {
		const doc = written();
		finish(doc);
		sign(doc, 'talker');
		sign(doc, 'talkee', 'paper');
		expect(lifeOf(doc).state).toBe('signed');
		tickItem(doc, 24, true);
		expect(lifeOf(doc)).toMatchObject({ state: 'awaiting', signatures: { talkee: null } });
		expect(lifeOf(doc).stale).toHaveLength(2);
		sign(doc, 'talker');
		sign(doc, 'talkee');
		expect(lifeOf(doc).state).toBe('signed');
	});
	it('TK12 is taken back with the steps that were known, and no others', () => {
		const phone = written();
		finish(phone);
		sign(phone, 'talker');
		const office = copyOf(phone);
		sign(office, 'talkee');
		reopen(phone);
		expect(lifeOf(phone).state).toBe('draft');
		meet(phone, office);
		// The finish is taken back; the signature that was not known of waits for the next one.
		expect(lifeOf(office)).toMatchObject({ state: 'draft', signatures: { talker: null } });
		expect(lifeOf(office).signatures.talkee).not.toBeNull();
		finish(office);
		expect(lifeOf(office).state).toBe('awaiting');
		lock(office);
		const locked = lifeOf(office);
		reopen(office);
		expect(lifeOf(office).state).toBe(locked.state);
	});
	it('TK13 keeps the words it locked', () => {
		const phone = written();
		finish(phone);
		sign(phone, 'talker');
		sign(phone, 'talkee');
		const office = copyOf(phone);
		lock(phone);
		reopen(office);
		writeParagraph(office, 'work', '后来又写的');
		meet(phone, office);
		const life = lifeOf(office);
		expect(life).toMatchObject({ state: 'locked', changedSinceLock: true });
		expect(JSON.stringify(life.content)).not.toContain('后来又写的');
		expect(life.signatures.talkee).not.toBeNull();
	});
	it('TK13 does not take words for locked that are not those of the fingerprint', () => {
		const doc = written();
		finish(doc);
		const other = { ...lifeOf(doc).content, items: [1, 2, 3] };
		step(doc, { type: 'lock', ...stamp(doc, 'talker'), frozen: freeze(other) });
		step(doc, { type: 'lock', ...stamp(doc, 'talker'), frozen: '{"facts":{}}' });
		expect(lifeOf(doc).state).toBe('awaiting');
	});
	it('TK14 takes no signature by device from anybody but the person', () => {
		const doc = written();
		finish(doc);
		sign(doc, 'talkee', 'device', 'talker');
		sign(doc, 'talker', 'device', 'talkee');
		sign(doc, 'talkee', 'hand', 'stranger');
		expect(lifeOf(doc).signatures).toEqual({ talker: null, talkee: null });
	});
	it('TK15 leaves room for additions once it is locked', () => {
		const doc = written();
		finish(doc);
		sign(doc, 'talker');
		sign(doc, 'talkee');
		lock(doc);
		const before = lifeOf(doc);
		const addition = { id: 'a', by: 'talker', at: '2023-04-01', text: '已回访' };
		expect(appendAddition(doc, addition)).toBe(true);
		expect(appendAddition(doc, { ...addition, text: '改口' })).toBe(false);
		expect(readAdditions(doc)).toEqual([addition]);
		expect(lifeOf(doc)).toEqual(before);
	});
	it('does not take a step twice under one id, nor one that is none', () => {
		const doc = written();
		const first = { type: 'finish', ...stamp(doc, 'talker') } as const;
		expect(appendStep(doc, 'same', first)).toBe(true);
		expect(appendStep(doc, 'same', first)).toBe(false);
		const ink = 'M 1 1 <script>';
		const role = 'talker' as const;
		const bad = { type: 'sign', role, way: 'hand', on: '2023-03-15', ink } as const;
		expect(step(doc, { ...bad, ...stamp(doc, 'talker') })).toBe(false);
	});
});
