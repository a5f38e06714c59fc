import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { prepareDocument, readSchema, type DocumentKind } from '$lib/core/rooms/documentKind.ts';
import { readCatalogue } from './catalogue.ts';
import { ledgerKind } from './ledgerKind.ts';
import { problemsIn } from './problemDocument.ts';
import { ProblemProjection } from './problemProjection.ts';

const fixtures = new URL('./fixtures/', import.meta.url);

function open(name: string): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, readFileSync(new URL(name, fixtures)));
	return doc;
}

function expectKnownRows(doc: Y.Doc): void {
	const rows = new ProblemProjection(problemsIn(doc));
	expect(rows.listed).toHaveLength(2);
	expect(rows.listed[0]).toMatchObject({
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
		urgent: true,
		createdBy: 'm0'
	});
	expect(rows.listed[1]!.manifestation).toBe('第二党小组会议记录未写请假人员');
	expect(rows.trashed.map((row) => row.manifestation)).toEqual(['重复的一行']);
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

	it('of version 1 opens in this version with every word', () => {
		const doc = open('ledger-v1.bin');
		expect(prepareDocument(doc, ledgerKind, true)).toBe('write');
		expectKnownRows(doc);
	});

	it('is migrated by adding only, also when two devices do so at once', () => {
		const [a, b] = [open('ledger-v1.bin'), open('ledger-v1.bin')];
		for (const doc of [a, b]) expect(prepareDocument(doc, nextKind, true)).toBe('write');
		Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
		expect(readSchema(a)).toBe(nextKind.schema);
		expect(a.getMap('meta').get('example')).toBe(true);
		expectKnownRows(a);
	});

	it('of a later version is shown, not edited', () => {
		const doc = open('ledger-v1.bin');
		prepareDocument(doc, nextKind, true);
		expect(prepareDocument(doc, ledgerKind, true)).toBe('newer-version');
		expectKnownRows(doc);
	});
});
