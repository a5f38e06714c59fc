import { describe, expect, it } from 'vitest';
import { itemText, searchCatalogue, type TalkCatalogue } from './catalogue.ts';

const catalogue: TalkCatalogue = {
	title: '三方面30项',
	aspects: [
		{
			name: '联系群众不紧',
			items: [
				{ no: 2, text: '家访流于形式' },
				{ no: 24, text: '家长会以通报成绩为主' }
			]
		},
		{ name: '抓落实不细', items: [{ no: 12, text: '检查多、反馈少' }] }
	]
};
const found = (typed: string) =>
	searchCatalogue(catalogue, typed).aspects.flatMap(({ items }) => items.map(({ no }) => no));

describe('the catalogue in a talk', () => {
	it('is searched by number as people say it', () => {
		expect(found('24')).toEqual([24]);
		expect(found('第 24 项')).toEqual([24]);
		expect(found('２')).toEqual([2, 24]);
		expect(found('3')).toEqual([]);
	});
	it('is searched by words of the item or of its aspect', () => {
		expect(found('家长')).toEqual([24]);
		expect(found('联系')).toEqual([2, 24]);
		expect(found('')).toEqual([2, 24, 12]);
	});
	it('gives the words of an item, and none for one it does not have', () => {
		expect(itemText(catalogue, 12)).toBe('检查多、反馈少');
		expect(itemText(catalogue, 30)).toBe('');
		expect(itemText(null, 12)).toBe('');
	});
});
