import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
	addCare,
	careText,
	editCare,
	entriesIn,
	isBlankCare,
	readCare,
	trashCare,
	type CareFacts
} from './careLog.ts';
import { copyOf, meet } from '../record/testTalk.ts';

const facts: CareFacts = {
	...{ personId: 'm20', personName: '', on: '2023-03-17', way: 'visit' },
	...{ next: '再去看望', due: '2023-04-17', doneOn: null }
};

describe('the care log', () => {
	it('TK40 keeps what two people wrote in one entry at once', () => {
		const one = new Y.Doc();
		addCare(one, 'a', 'm01', facts);
		const other = copyOf(one);
		careText(one, 'a')!.insert(0, '家中老人住院');
		careText(other, 'a')!.insert(0, '已送慰问品。');
		editCare(one, 'a', { doneOn: '2023-04-16' });
		editCare(other, 'a', { way: 'condolence' });
		meet(one, other);
		for (const doc of [one, other]) {
			const [entry] = readCare(doc);
			expect(entry).toMatchObject({ way: 'condolence', doneOn: '2023-04-16', by: 'm01' });
			expect(entry!.text).toContain('家中老人住院');
			expect(entry!.text).toContain('已送慰问品。');
		}
	});
	it('tells an entry that was only begun from one that says something', () => {
		const doc = new Y.Doc();
		const begun = { ...facts, personId: null, next: '', due: null };
		addCare(doc, 'a', 'm01', begun);
		expect(isBlankCare(readCare(doc)[0]!)).toBe(true);
		careText(doc, 'a')!.insert(0, '家中老人住院');
		expect(isBlankCare(readCare(doc)[0]!)).toBe(false);
		const said = [
			{ personId: 'm20' },
			{ personName: '老赵' },
			{ next: '再去' },
			{ due: '2023-04-17' }
		];
		for (const [at, one] of said.entries()) {
			addCare(doc, `b${at}`, 'm01', { ...begun, ...one });
			expect(isBlankCare(readCare(doc).find(({ id }) => id === `b${at}`)!)).toBe(false);
		}
	});
	it('TK1 leaves out what does not parse and keeps the rest', () => {
		const doc = new Y.Doc();
		addCare(doc, 'a', 'm01', facts);
		entriesIn(doc).set('bad', 7);
		entriesIn(doc).set('worse', new Y.Map([['on', 'never']]));
		editCare(doc, 'a', { on: 'never', way: 'dance' as CareFacts['way'] });
		expect(readCare(doc)).toMatchObject([facts]);
		trashCare(doc, 'a', true);
		expect(readCare(doc)[0]!.trashed).toBe(true);
	});
});
