import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { prepareDocument, readSchema, type DocumentKind } from '$lib/core/rooms/documentKind.ts';
import { readCatalogue } from './catalogue/catalogue.ts';
import { ledgerKind } from './ledgerKind.ts';
import { readExports } from './exportRecords.ts';
import { columnField, holdsValue, readColumns } from './ownColumns.ts';
import { readForm } from './printForms.ts';
import { builtInFields } from './rows/fields.ts';
import { readChanges } from './rows/rowHistory.ts';
import { readSharedViews, viewsIn } from './view/savedView.ts';
import { tableIn } from './rows/tableSteps.ts';
import { RowsProjection } from './rows/rowsProjection.ts';

const fixtures = new URL('./fixtures/', import.meta.url);

function open(name: string): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, readFileSync(new URL(name, fixtures)));
	return doc;
}

function expectKnownRows(doc: Y.Doc): void {
	const rows = new RowsProjection(tableIn(doc, 'problems'), 'problems', builtInFields('problems'));
	expect(rows.listed).toHaveLength(2);
	expect(rows.listed[0]).toMatchObject({ createdBy: 'm0', life: { status: 'draft' } });
	expect(rows.listed[0]!.values).toEqual({
		aspect: '实',
		itemNo: 14,
		manifestation: '课后服务以看管写作业为主,三至四年级无社团课',
		rootCause: '课程资源统筹不够',
		remark: '家长反映\n内容单一',
		sources: ['talk', 'opinions'],
		rectKind: 'timed',
		leaderId: 'm01',
		responsibleId: 'm03',
		due: '2023-04-15',
		level: 'team',
		urgent: true
	});
	expect(rows.listed[1]!.values.manifestation).toBe('第二党小组会议记录未写请假人员');
	expect(rows.trashed.map((row) => row.values.manifestation)).toEqual(['重复的一行']);
	expect(readCatalogue(doc)).toEqual({
		items: [{ aspect: '实', no: 14, text: '课后服务质量不高' }]
	});
}

/** The present kind plus one migration, to prove the road that the next version will take. */
const nextKind: DocumentKind = {
	...ledgerKind,
	schema: ledgerKind.schema + 1,
	migrations: {
		...ledgerKind.migrations,
		[ledgerKind.schema]: (doc) => void doc.getMap('meta').set('example', true)
	}
};

describe('the ledger’s document', () => {
	it('has a golden file for every version ever written', () => {
		const expected = Array.from({ length: ledgerKind.schema }, (_, i) => `ledger-v${i + 1}.bin`);
		expect(readdirSync(fixtures).filter((name) => name.startsWith('ledger-v'))).toEqual(expected);
	});

	it('LD16 of version 1 opens in this version with every word', () => {
		const doc = open('ledger-v1.bin');
		expect(prepareDocument(doc, ledgerKind, true)).toBe('write');
		expectKnownRows(doc);
	});

	it('of version 1 gets numbers for its rows, the same on every device', () => {
		const [a, b] = [open('ledger-v1.bin'), open('ledger-v1.bin')];
		for (const doc of [a, b]) prepareDocument(doc, ledgerKind, true);
		Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
		const seqs = (doc: Y.Doc): unknown[] =>
			[...tableIn(doc, 'problems').values()].map((row) => (row as Y.Map<unknown>).get('seq'));
		expect(seqs(a).sort()).toEqual([1, 2, 3]);
		expect(seqs(a)).toEqual(seqs(b));
	});

	it('LD16 of version 2 opens with every part of a row, the columns, forms, views and exports', () => {
		const doc = open('ledger-v2.bin');
		expect(prepareDocument(doc, ledgerKind, true)).toBe('write');
		const fields = [
			...builtInFields('problems'),
			...readColumns(doc, 'problems').filter(holdsValue).map(columnField)
		];
		const [row, ...others] = new RowsProjection(tableIn(doc, 'problems'), 'problems', fields)
			.listed;
		expect(others).toEqual([]);
		expect(row!.values).toEqual({
			aspect: '实',
			itemNo: 19,
			manifestation: '食堂陪餐记录2月有3天未填',
			sources: ['selfCheck'],
			topics: ['food', '留样'],
			rectKind: 'immediate',
			due: '2023-03-31',
			level: 'team',
			urgent: true,
			goal: '每日齐全',
			result: '已排班',
			leaderId: 'm02',
			responsibleId: 'm05',
			'own:c1': '已阅'
		});
		expect(row!.measures).toMatchObject([
			{ text: '排定陪餐替补表', doneOn: '2023-03-20' },
			{ text: '总务每周抽查并拍照', doneOn: null }
		]);
		expect(row!.comments).toMatchObject([{ by: 'm03', text: '请看一下留样', mentions: ['m05'] }]);
		expect(row!.evidence).toMatchObject([{ name: '陪餐表.jpg', by: 'm05' }]);
		expect(row!.life).toMatchObject({
			status: 'rectifying',
			returns: 1,
			confirmedOn: '2023-03-22'
		});
		const changes = readChanges(
			tableIn(doc, 'problems').get(row!.id) as Y.Map<unknown>,
			() => null
		);
		expect(changes.map(({ field }) => field)).toContain('due');
		const [opinion] = new RowsProjection(
			tableIn(doc, 'opinions'),
			'opinions',
			builtInFields('opinions')
		).listed;
		expect(opinion!.values.words).toBe('课后服务能不能多开点兴趣课');
		expect(readForm(doc, 'rectification')?.title).toBe('整改台账');
		expect(readExports(doc)).toMatchObject([{ format: 'xlsx', by: 'm03' }]);
		expect(readSharedViews(viewsIn(doc), 'problems').map(({ view }) => view.name)).toEqual([
			'我的'
		]);
	});

	it('LD16 is migrated by adding only, also when two devices do so at once', () => {
		const [a, b] = [open('ledger-v1.bin'), open('ledger-v1.bin')];
		for (const doc of [a, b]) expect(prepareDocument(doc, nextKind, true)).toBe('write');
		Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
		expect(readSchema(a)).toBe(nextKind.schema);
		expect(a.getMap('meta').get('example')).toBe(true);
		expectKnownRows(a);
	});

	it('LD17 of a later version is shown, not edited', () => {
		const doc = open('ledger-v1.bin');
		prepareDocument(doc, nextKind, true);
		expect(prepareDocument(doc, ledgerKind, true)).toBe('newer-version');
		expectKnownRows(doc);
	});
});
