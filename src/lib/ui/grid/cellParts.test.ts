import { describe, expect, it } from 'vitest';
import { nextSort, withLevel } from './gridSort.ts';
import { readNumber } from './readNumber.ts';
import { createRowSlots } from './rowSlots.ts';
import { safeHref } from './safeHref.ts';

it('readNumber reads what people type and nothing else, and loses no digit', () => {
	const read = ['1,234.50', '１２', '-007', '123456789012345678', '.5', '−3', '0', '-0'];
	expect(read.map(readNumber)).toEqual([
		'1234.5',
		'12',
		'-7',
		'123456789012345678',
		'0.5',
		'-3',
		'0',
		'0'
	]);
	expect(['', '-', '.', '1,2', '12个', '1e5', 'NaN'].map(readNumber)).toEqual(
		Array<null>(7).fill(null)
	);
});

it('safeHref opens addresses of the web and of mail only', () => {
	const harmless = ['https://a.cn/x', 'http://a.cn', 'www.edu.cn/p?q=1', 'zjn@school.edu.cn'];
	expect(harmless.map(safeHref)).toEqual([
		'https://a.cn/x',
		'http://a.cn/',
		'https://www.edu.cn/p?q=1',
		'mailto:zjn@school.edu.cn'
	]);
	const others = ['', '见附件', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc', 'a b.cn'];
	expect(others.map(safeHref)).toEqual(Array<null>(6).fill(null));
});

describe('sorting', () => {
	const up = (columnId: string) => ({ columnId, descending: false });
	const down = (columnId: string) => ({ columnId, descending: true });
	it('turns round with each press, alone', () => {
		expect(nextSort([], 'a', false)).toEqual([up('a')]);
		expect(nextSort([up('a')], 'a', false)).toEqual([down('a')]);
		expect(nextSort([down('a')], 'a', false)).toEqual([]);
		expect(nextSort([up('a'), down('b')], 'b', false)).toEqual([up('b')]);
	});
	it('adds levels and changes them where they stand', () => {
		expect(nextSort([up('a')], 'b', true)).toEqual([up('a'), up('b')]);
		expect(nextSort([up('a'), up('b')], 'a', true)).toEqual([down('a'), up('b')]);
		expect(nextSort([down('a'), up('b')], 'a', true)).toEqual([up('b')]);
		expect(withLevel([up('a'), up('b')], down('a'), true)).toEqual([down('a'), up('b')]);
		expect(withLevel([up('a'), up('b')], down('c'), false)).toEqual([down('c')]);
	});
});

it('rows that stay keep their element, new ones take those left over', () => {
	const assign = createRowSlots();
	expect(assign(['a', 'b', 'c']).map(({ slot }) => slot)).toEqual([0, 1, 2]);
	expect(assign(['b', 'c', 'd']).map(({ slot }) => slot)).toEqual([1, 2, 0]);
	expect(assign(['x'])).toEqual([
		{ slot: 1, key: 'x' },
		{ slot: 2, key: null },
		{ slot: 0, key: null }
	]);
	expect(assign(['p', 'x', 'q', 'r']).map(({ slot }) => slot)).toEqual([2, 1, 0, 3]);
});
