import fc from 'fast-check';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { aspectsOf, catalogueIn, itemByNo, putCatalogue, readCatalogue } from './catalogue.ts';
import { parseCatalogue } from './parseCatalogue.ts';
import { unreadable } from '../rows/value.ts';

const lines = (...text: string[]): string => text.join('\n');
const short = (source: Parameters<typeof parseCatalogue>[0]): string[] =>
	parseCatalogue(source)?.catalogue.items.map(({ aspect, no, text }) => `${aspect}${no}${text}`) ??
	[];

describe('a pasted catalogue', () => {
	it('is read from headings and numbered lines', () => {
		const text = lines(
			'一、在“严”的方面存在的问题',
			'1.政治学习走过场,学用脱节；',
			'2、请示报告不及时。',
			'（二）实的方面：',
			'（3）调查研究不深入',
			'第4项 课后服务质量',
			'不高',
			'细方面',
			'⑤家校沟通不细致'
		);
		expect(short(text)).toEqual([
			'严1政治学习走过场,学用脱节',
			'严2请示报告不及时',
			'实3调查研究不深入',
			'实4课后服务质量不高',
			'细5家校沟通不细致'
		]);
	});

	it('is read from items run on in one paragraph', () => {
		expect(short('严:\n1.纪律松散；2．采购程序不严;3.监督宽松软。')).toEqual([
			'严1纪律松散',
			'严2采购程序不严',
			'严3监督宽松软'
		]);
	});

	it('is numbered through where every aspect counts from one', () => {
		const parsed = parseCatalogue('严方面\n1.甲\n2.乙\n实方面\n1.丙');
		expect(parsed?.renumbered).toBe(true);
		expect(parsed?.catalogue.items.map(({ no }) => no)).toEqual([1, 2, 3]);
	});

	it('may have no numbers at all', () => {
		expect(parseCatalogue('纪律松散\n采购程序不严')).toEqual({
			renumbered: false,
			catalogue: {
				items: [
					{ aspect: '', no: 1, text: '纪律松散' },
					{ aspect: '', no: 2, text: '采购程序不严' }
				]
			}
		});
	});

	it('is read from cells, with the aspect merged over its rows', () => {
		const block = [
			['方面', '序号', '问题表现'],
			['严', '1', '政治学习走过场'],
			['', '2', '请示报告不及时'],
			['实', '11', '调查研究不深入']
		];
		expect(short(block)).toEqual(['严1政治学习走过场', '严2请示报告不及时', '实11调查研究不深入']);
	});

	it('is nothing where there is no item', () => {
		expect(parseCatalogue('  \n')).toBeNull();
		expect(parseCatalogue([['', '']])).toBeNull();
	});

	it('never throws and never makes an item up', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'一、.(1)2;严方面的\n项①字 ') }), (text) => {
				const items = parseCatalogue(text)?.catalogue.items ?? [];
				expect(new Set(items.map(({ no }) => no)).size).toBe(items.length);
				const bare = text.replace(/\s/g, '');
				for (const item of items) expect(bare).toContain(item.text.replace(/\s/g, ''));
			})
		);
	});
});

describe('the catalogue in the document', () => {
	it('is none until one is pasted, and unreadable when it is not one', () => {
		const doc = new Y.Doc();
		expect(readCatalogue(doc)).toBeNull();
		catalogueIn(doc).set('current', { items: [{ aspect: '严', no: '1' }] });
		expect(readCatalogue(doc)).toBe(unreadable);
		const items = [{ aspect: '严', no: 1, text: '甲' }];
		catalogueIn(doc).set('current', { items });
		expect(readCatalogue(doc)).toEqual({ items });
		expect(aspectsOf({ items })).toEqual(['严']);
		expect(itemByNo({ items }, 1)?.text).toBe('甲');
		expect(itemByNo(null, 1)).toBeNull();
	});
});

it('LD2 a list that others could not read is neither taken nor written over the one there is', () => {
	const doc = new Y.Doc();
	const item = { aspect: '实', no: 14, text: '课后服务质量不高' };
	expect(putCatalogue(doc, { items: [item] })).toBe(true);
	expect(parseCatalogue(`1. ${'长'.repeat(2_001)}`)).toBeNull();
	expect(putCatalogue(doc, { items: [{ ...item, text: '长'.repeat(2_001) }] })).toBe(false);
	expect(readCatalogue(doc)).toEqual({ items: [item] });
});
