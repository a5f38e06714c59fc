import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
	addYears,
	askFrom,
	defaultRetention,
	isOver,
	putRetention,
	readRetention,
	retentionIn
} from './retention.ts';

const talk = {
	...{ on: '2023-03-15', trashedOn: null, keepUntil: null },
	state: 'signed' as const
};

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
	it('TK30 has defaults that the committee can change, and takes no nonsense', () => {
		const root = new Y.Doc();
		expect(readRetention(root)).toEqual(defaultRetention);
		expect(putRetention(root, 'keepYears', 3)).toBe(true);
		expect(putRetention(root, 'trashDays', 0)).toBe(false);
		retentionIn(root).set('trashDays', 'for ever');
		expect(readRetention(root)).toEqual({ trashDays: 30, keepYears: 3 });
	});
	it('knows the day that not every year has', () => {
		expect(addYears('2024-02-29', 2)).toBe('2026-03-01');
		expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
		expect(addYears('2023-02-28', 1)).toBe('2024-02-28');
	});
});
