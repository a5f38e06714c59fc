import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { cryptoRandom } from '$lib/base/ids.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import { writeFacts } from '../model/record/facts.ts';
import { parseHeading, type TalkHeading } from '../model/record/heading.ts';
import { testFacts, testHeading, writeParagraph } from '../model/record/testTalk.ts';
import { TalkRecord, type TalkRecordOptions } from './TalkRecord.svelte.ts';

function setUp(
	heading: TalkHeading = testHeading,
	self = 'talker',
	listed: () => TalkHeading = () => heading
) {
	const [doc, root] = [new Y.Doc(), new Y.Doc()];
	writeFacts(doc, { ...testFacts, ...heading });
	const titles: string[] = [];
	const session = {
		self: { member: self },
		root: { doc: root, access: 'write' },
		renameDocument: (_: string, title: string) => void titles.push(title)
	} as unknown as TalkRecordOptions['session'];
	const open = { doc, room: 'room', access: 'write' } as unknown as OpenDocument;
	const now = () => Date.parse('2023-03-15T02:00:00Z');
	const record = new TalkRecord({ open, heading, listed, session, now, random: cryptoRandom });
	return { doc, record, titles, stubs: root.getMap('talkStubs') };
}

describe('an open talk', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('TK4 has a line for the committee once something was written', () => {
		const { doc, record, titles, stubs } = setUp();
		vi.advanceTimersByTime(5_000);
		expect([stubs.size, titles.length]).toEqual([0, 0]);
		writeParagraph(doc, 'work', '扎实');
		vi.advanceTimersByTime(100);
		expect(stubs.size).toBe(1);
		vi.advanceTimersByTime(5_000);
		expect(parseHeading(titles.at(-1)!)).toMatchObject({ begun: true, state: 'draft' });
		record.destroy();
	});
	it.each([
		{ ...testHeading, kind: 'reminder' as const },
		{ ...testHeading, kind: 'admonition' as const },
		{ ...testHeading, talkeeId: null, talkeeName: '名册外' }
	])('TK4 has none when it is $kind with $talkeeId', (heading) => {
		const { doc, record, stubs } = setUp(heading);
		writeParagraph(doc, 'work', '扎实');
		record.destroy();
		expect(stubs.size).toBe(0);
	});
	it('TK5 says in that line who, when, which pair and whether signed', () => {
		const { doc, record, stubs } = setUp();
		writeParagraph(doc, 'work', '秘密的话');
		record.setFacts({ place: '秘密的地方' });
		record.addClue('秘密的线索');
		record.flush();
		const line = { aId: 'talker', bId: 'talkee', on: '2023-03-15', pairKind: 'P1', by: 'talker' };
		const kept = { ...line, signed: false, mode: 'single', basis: 'record' };
		expect([...stubs.values()]).toEqual([kept]);
		record.finish();
		record.sign('talker', 'hand');
		record.sign('talkee', 'paper');
		expect([...stubs.values()]).toEqual([{ ...kept, signed: true }]);
		expect(JSON.stringify(stubs.toJSON())).not.toContain('秘密');
		record.destroy();
	});
	it('lets nobody but the talker write, and the talker only while it is a draft', () => {
		const { record } = setUp(testHeading, 'talkee');
		record.setFacts({ place: '别处' });
		record.addClue('线索');
		record.finish();
		expect(record.facts.place).toBe('书记办公室');
		expect(record.state).toBe('draft');
		record.destroy();
		const own = setUp();
		own.record.finish();
		own.record.setFacts({ place: '别处' });
		expect(own.record.facts.place).toBe('书记办公室');
		own.record.reopen();
		own.record.setFacts({ place: '别处' });
		own.record.flush();
		expect(own.record.facts.place).toBe('别处');
		own.record.destroy();
	});
	it('locks what both have signed, and nothing before', () => {
		const { record } = setUp();
		record.finish();
		record.lock();
		expect(record.state).toBe('awaiting');
		record.sign('talker', 'hand', '2023-03-15', 'M 1 1 L 20 20');
		record.sign('talkee', 'hand', '2023-03-15', 'M 1 1 L 20 20');
		record.lock();
		expect(record.state).toBe('locked');
		record.reopen();
		expect(record.state).toBe('locked');
		record.destroy();
	});
	it('TK32 has no line while it lies in the trash, and keeps the day it was put there', () => {
		const heading = { ...testHeading, trashedOn: '2023-03-14' };
		const { doc, record, titles, stubs } = setUp(heading);
		writeParagraph(doc, 'work', '扎实');
		vi.advanceTimersByTime(5_000);
		expect(stubs.size).toBe(0);
		expect(parseHeading(titles.at(-1)!)).toMatchObject({ begun: true, trashedOn: '2023-03-14' });
		record.destroy();
		expect(stubs.size).toBe(0);
	});
	it('TK32 is listed as put away or kept longer when that was done somewhere else meanwhile', () => {
		let listed: TalkHeading = testHeading;
		const { doc, record, titles, stubs } = setUp(testHeading, 'talker', () => listed);
		listed = { ...testHeading, keepUntil: '2026-03-15' };
		writeParagraph(doc, 'work', '扎实');
		vi.advanceTimersByTime(5_000);
		expect(parseHeading(titles.at(-1)!)).toMatchObject({ keepUntil: '2026-03-15' });
		expect(stubs.size).toBe(1);
		listed = { ...listed, trashedOn: '2023-03-15' };
		stubs.clear();
		writeParagraph(doc, 'thought', '顾虑');
		record.destroy();
		expect(parseHeading(titles.at(-1)!)).toMatchObject({ trashedOn: '2023-03-15' });
		expect(stubs.size).toBe(0);
	});
	it('says nothing more of itself once it was put away or deleted', () => {
		const { doc, record, titles, stubs } = setUp();
		record.forsake();
		writeParagraph(doc, 'work', '扎实');
		vi.advanceTimersByTime(5_000);
		record.destroy();
		expect([titles.length, stubs.size]).toEqual([0, 0]);
	});
});
