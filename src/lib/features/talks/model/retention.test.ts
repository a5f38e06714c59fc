import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
	addYears,
	askFrom,
	defaultRetention,
	isOver,
	parseDuration,
	putRetention,
	readDecision,
	readRetention,
	retentionIn
} from './retention.ts';

const talk = {
	...{ on: '2023-03-15', trashedOn: null, keepUntil: null },
	state: 'signed' as const
};

const decision = { by: 'a', on: '2023-03-15' };

describe('how long talks are kept', () => {
	it('TK30 asks after the years agreed, and again when the time somebody added is over', () => {
		expect(askFrom(talk, defaultRetention)).toBe('2025-03-15');
		expect(isOver(talk, defaultRetention, '2025-03-14')).toBe(false);
		expect(isOver(talk, defaultRetention, '2025-03-15')).toBe(true);
		const kept = { ...talk, keepUntil: '2026-03-15' };
		expect(isOver(kept, defaultRetention, '2026-03-14')).toBe(false);
		expect(askFrom({ ...talk, keepUntil: '2024-01-01' }, defaultRetention)).toBe('2025-03-15');
	});
	it('TK30 asks about a draft only once it has been in the trash for its days', () => {
		const draft = { ...talk, state: 'draft' as const };
		expect(askFrom(draft, defaultRetention)).toBeNull();
		expect(askFrom({ ...draft, trashedOn: '2023-03-20' }, defaultRetention)).toBe('2023-04-19');
	});
	it('TK31 has defaults that are told from what the committee settled, and takes no nonsense', () => {
		const root = new Y.Doc();
		expect(readRetention(root)).toEqual(defaultRetention);
		expect(readDecision(root)).toBeNull();
		expect(putRetention(root, { keepYears: 3, trashDays: 0 }, decision)).toBe(false);
		expect([retentionIn(root).size, readDecision(root)]).toEqual([0, null]);
		expect(putRetention(root, { keepYears: 3 }, decision)).toBe(true);
		expect(readDecision(root)).toEqual(decision);
		for (const wrong of [null, 'me', { by: '', on: '2023-03-15' }, { by: 'a', on: 'then' }]) {
			retentionIn(root).set('decided', wrong);
			expect(readDecision(root)).toBeNull();
		}
		retentionIn(root).set('trashDays', 'for ever');
		expect(readRetention(root)).toEqual({ trashDays: 30, keepYears: 3 });
	});
	it('TK31 confirms the defaults by settling nothing else', () => {
		const root = new Y.Doc();
		expect(putRetention(root, {}, decision)).toBe(true);
		expect(readRetention(root)).toEqual(defaultRetention);
		expect(readDecision(root)).toEqual(decision);
	});
	it('TK31 keeps the days one changed and the years another changed at once', () => {
		const [one, other] = [new Y.Doc(), new Y.Doc()];
		putRetention(one, { keepYears: 5 }, decision);
		putRetention(other, { trashDays: 60 }, { ...decision, by: 'b' });
		Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
		Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
		for (const root of [one, other])
			expect(readRetention(root)).toEqual({ trashDays: 60, keepYears: 5 });
		expect(readDecision(one)).toEqual(readDecision(other));
	});
	it('reads durations as they are typed', () => {
		expect([parseDuration('keepYears', ' 3 '), parseDuration('trashDays', '3650')]).toEqual([
			3, 3650
		]);
		for (const text of ['', '0', '51', '-1', '1.5', '两', '1e1'])
			expect(parseDuration('keepYears', text), text).toBeNull();
	});
	it('knows the day that not every year has', () => {
		expect(addYears('2024-02-29', 2)).toBe('2026-03-01');
		expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
		expect(addYears('2023-02-28', 1)).toBe('2024-02-28');
	});
});
