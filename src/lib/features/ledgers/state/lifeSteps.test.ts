import { describe, expect, it } from 'vitest';
import { wordsIn } from '../model/rows/ledgerRow.ts';
import { changeTitle, isRestorable, restoreChange, valueWords } from './changeWords.ts';
import { firstDraft, type LifeDraft } from './lifeDraft.ts';
import { problemValues, takeBack, takeStep } from './lifeSteps.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { mergeChoices, mergedInto, unitedValues } from './mergeRows.ts';
import { createLedgerDocument, createList } from './testList.ts';

function draftFor(list: LedgerList, id: string, part: Partial<LifeDraft>): LifeDraft {
	const kind = list.table === 'opinions' ? 'opinion' : 'problem';
	return { ...firstDraft(kind, 'settle', list.rows.get(id)!, list.today), ...part };
}
const settled = () => new Promise<void>((resolve) => queueMicrotask(() => resolve()));

async function merged() {
	const list = createList('problems');
	const into = list.rows.add(null, { manifestation: '延时班作业太多', sources: ['visit'] });
	const id = list.rows.add(null, {
		...{ manifestation: '延时班只写作业', sources: ['opinions'], topics: ['afterClass'] },
		urgent: true
	});
	await settled();
	list.life.act(id, 'submit');
	await settled();
	takeStep(list, list.rows.get(id)!, 'merge', draftFor(list, id, { target: into }));
	await settled();
	return { list, into, id };
}

describe('merging', () => {
	it('unites sources and topics in the row that stays, in one change of the document', async () => {
		const { list, into, id } = await merged();
		expect(list.rows.get(into)!.values).toMatchObject({
			...{ sources: ['opinions', 'visit'], topics: ['afterClass'], urgent: true }
		});
		expect(list.rows.get(id)!.life).toMatchObject({ status: 'merged', mergedInto: into });
		expect(mergedInto((one) => list.rows.get(one), list.rows.get(id)!)?.id).toBe(into);
	});

	it('is one transaction', async () => {
		const list = createList('opinions');
		const [into, id] = [
			list.rows.add(null, { words: '甲' }),
			list.rows.add(null, { words: '乙', topics: ['food'] })
		];
		await settled();
		let changes = 0;
		list.ydoc.on('update', () => (changes += 1));
		takeStep(list, list.rows.get(id)!, 'merge', draftFor(list, id, { target: into }));
		expect(changes).toBe(1);
	});

	it('offers neither itself nor what is merged, likely ones first', async () => {
		const { list, into, id } = await merged();
		const fresh = list.rows.add(null, { manifestation: '课后服务', topics: ['afterClass'] });
		list.rows.add(null, { manifestation: '停车' });
		await settled();
		const found = mergeChoices(list, list.rows.get(fresh)!, '').map(({ row }) => row.id);
		expect(found[0]).toBe(into);
		expect(found).not.toContain(id);
		expect(found).not.toContain(fresh);
		expect(mergeChoices(list, list.rows.get(fresh)!, '作业 太多')).toHaveLength(1);
		expect(mergeChoices(list, list.rows.get(fresh)!, 'wt-2023-001')).toHaveLength(1);
	});

	it('writes nothing where nothing is added', async () => {
		const { list, into, id } = await merged();
		expect(unitedValues('problems', list.rows.get(id)!, list.rows.get(into)!)).toEqual({});
	});
});

describe('an opinion that becomes a problem', () => {
	it('makes the problem beside it, and each leads to the other', async () => {
		const doc = createLedgerDocument();
		const [opinions, problems] = [createList('opinions', doc), createList('problems', doc)];
		const id = opinions.rows.add(null, { words: '延时班', topics: ['afterClass'], urgent: true });
		await settled();
		let changes = 0;
		doc.on('update', () => (changes += 1));
		const problem = opinions.life.toProblem(id, problemValues(opinions.rows.get(id)!));
		expect(changes).toBe(1);
		await settled();
		expect(problems.rows.get(problem)).toMatchObject({
			values: {
				...{ manifestation: '延时班', sources: ['opinions'], topics: ['afterClass'] },
				urgent: true
			},
			trash: null,
			seq: 1,
			createdBy: 'm01'
		});
		const opinion = opinions.rows.get(id)!;
		expect(opinion.life).toMatchObject({ status: 'inHand', problemId: problem });
		expect(wordsIn(opinion, 'problemId')).toBe(problem);
		expect(opinions.rows.problemCode(problem)).toBe('WT-2023-001');
		expect(problems.rows.opinionsBehind(problem).map((row) => row.id)).toEqual([id]);
		expect(problems.view.rows.map((row) => row.id)).toEqual([problem]);
	});

	it('is an opinion again when that is taken back; the problem stays', async () => {
		const list = createList('opinions');
		const id = list.rows.add(null, { words: '延时班' });
		await settled();
		const problem = list.life.toProblem(id, problemValues(list.rows.get(id)!));
		await settled();
		const event = list.rows.get(id)!.life.applied.at(-1)!;
		takeBack(list, list.rows.get(id)!, event);
		await settled();
		expect(list.rows.get(id)!.life).toMatchObject({ status: 'new', problemId: null });
		expect(wordsIn(list.rows.get(id)!, 'problemId')).toBe('');
		expect(list.rows.problemCode(problem)).toBe('WT-2023-001');
	});
});

describe('history', () => {
	async function withChanges() {
		const list = createList('problems');
		const id = list.rows.add(null, { manifestation: '甲' });
		await settled();
		list.cells.choose(id, 'leaderId', 'm01');
		list.cells.choose(id, 'leaderId', 'm03');
		list.cells.edit(id, { manifestation: '乙' });
		const measure = list.doc.measures.add(id)!;
		list.doc.measures.edit(id, measure, 'ownerId', 'm18');
		await settled();
		return { list, id, measure };
	}

	it('says values in the words of the grid', async () => {
		const { list, id } = await withChanges();
		const row = list.rows.get(id)!;
		const words = list.rows
			.historyOf(id)
			.map(({ field, before, after }) => [
				changeTitle(list, row, field),
				valueWords(list, row, field, before),
				valueWords(list, row, field, after)
			]);
		expect(words).toContainEqual([list.columns.titleOf('leaderId'), '周敬宁', '梁晓芸']);
		expect(words.flat()).toContain('张敏');
	});

	it('restores a field, as a step that can be undone', async () => {
		const { list, id } = await withChanges();
		const change = list.rows.historyOf(id).find(({ field }) => field === 'manifestation')!;
		expect(isRestorable(list, list.rows.get(id)!, change)).toBe(true);
		expect(restoreChange(list, list.rows.get(id)!, change)).toBe(true);
		expect(list.rows.valueNow(id, 'manifestation')).toBe('甲');
		list.steps.undo();
		expect(list.rows.valueNow(id, 'manifestation')).toBe('乙');
	});

	it("restores a measure's owner while the measure is there", async () => {
		const { list, id, measure } = await withChanges();
		const change = list.rows.historyOf(id).find(({ field }) => field.startsWith('measure:'))!;
		expect(restoreChange(list, list.rows.get(id)!, change)).toBe(true);
		await settled();
		expect(list.rows.get(id)!.measures[0]!.ownerId).toBeNull();
		list.doc.measures.remove(id, measure);
		await settled();
		expect(isRestorable(list, list.rows.get(id)!, change)).toBe(false);
	});
});

describe('measures and comments', () => {
	it('a measure moves by one place, and the move can be undone', async () => {
		const list = createList('problems');
		const id = list.rows.add(null, { manifestation: '甲' });
		list.doc.edit({ id, values: {}, measures: ['一', '二', '三'] });
		const texts = async (): Promise<string[]> => {
			await settled();
			return list.rows.get(id)!.measures.map(({ text }) => text);
		};
		await texts();
		const [first, , third] = list.rows.get(id)!.measures;
		list.doc.measures.move(id, first!.id, 1);
		expect(await texts()).toEqual(['二', '一', '三']);
		list.doc.measures.move(id, third!.id, 1);
		expect(await texts()).toEqual(['二', '一', '三']);
		list.steps.undo();
		expect(await texts()).toEqual(['一', '二', '三']);
	});

	it('a comment that was taken away comes back as it was', async () => {
		const list = createList('problems');
		const id = list.rows.add(null, { manifestation: '甲' });
		list.doc.comments.add(id, { text: '请@梁晓芸 看', mentions: ['m03'] });
		await settled();
		const [comment] = list.rows.get(id)!.comments;
		list.doc.comments.remove(id, comment!.id);
		await settled();
		expect(list.rows.get(id)!.comments).toEqual([]);
		list.doc.comments.put(id, comment!);
		await settled();
		expect(list.rows.get(id)!.comments).toEqual([comment]);
	});

	it('somebody who may only look writes nothing', async () => {
		const doc = createLedgerDocument();
		const id = createList('problems', doc).rows.add(null, { manifestation: '甲' });
		const observer = createList('problems', doc, 'read');
		const before = JSON.stringify(doc.toJSON());
		observer.life.act(id, 'submit');
		expect(observer.rows.isWritable(id)).toBe(false);
		expect(JSON.stringify(doc.toJSON())).toBe(before);
	});
});
