import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { springNotice, task } from './fixtures/springNotice.ts';
import { importPlan, noticeTaskIds } from './importPlan.ts';
import type { NoticeImport, NoticeTask } from './notice/types.ts';
import { planRoots, setTaskPerson, setTaskWork, taskText } from './planDocument.ts';
import { plainLines } from './plainLines.ts';
import { readPlan, readTasks } from './readPlan.ts';
import { applyUpdate, changesAnything, isSameNotice, planUpdate } from './updatePlan.ts';

const importing = { actor: 'a', today: '2023-03-15', origin: null };
const [study = '', preach = ''] = noticeTaskIds(springNotice());

function imported(notice = springNotice()): Y.Doc {
	const doc = new Y.Doc();
	const answers = {
		title: '春季任务',
		tasks: new Map([[1, { applies: '不适用' as const }]]),
		sections: new Map()
	};
	importPlan(doc, notice, 'raw', answers, importing);
	return doc;
}
const revised = (change: (tasks: NoticeTask[]) => NoticeTask[]): NoticeImport => {
	const notice = springNotice();
	return {
		...notice,
		tasks: change(notice.tasks),
		fingerprint: { ...notice.fingerprint, content: 'revised' }
	};
};
const state = (doc: Y.Doc) => Y.encodeStateVector(doc);
const work = (doc: Y.Doc) => planRoots(doc).work.toJSON();

describe('the same notice again', () => {
	it('changes nothing and writes nothing, import and update alike', () => {
		const doc = imported();
		const before = state(doc);
		expect(changesAnything(planUpdate(doc, springNotice()))).toBe(false);
		applyUpdate(doc, springNotice(), 'raw', null);
		importPlan(
			doc,
			springNotice(),
			'raw',
			{ title: '春季任务', tasks: new Map(), sections: new Map() },
			importing
		);
		expect(state(doc)).toEqual(before);
	});

	it('is known by its heading or by its content', () => {
		const { source } = readPlan(imported());
		const other = { ...springNotice(), fingerprint: { notice: 'x', content: 'y' } };
		expect(
			source &&
				isSameNotice(
					source,
					revised((tasks) => tasks)
				)
		).toBe(true);
		expect(source && isSameNotice(source, other)).toBe(false);
	});
});

describe('a revised notice', () => {
	const notice = revised((tasks) => [
		{ ...(tasks[0] as NoticeTask), text: '组织专题学习，4月10日前完成。', due: '2023-04-10' },
		task(['一', '2'], '建立意见建议台账', { lines: { from: 5, to: 5 } }),
		...tasks.slice(2)
	]);

	it('tells what is new, changed and gone', () => {
		const update = planUpdate(imported(), notice);
		expect(update.changed.map(({ title, fields }) => [title, fields])).toEqual([
			['组织专题学习', ['text']]
		]);
		expect(update.added).toEqual([{ title: '建立意见建议台账' }]);
		expect(update.removed).toEqual([{ id: preach, title: '开展宣讲' }]);
		expect(update.unchanged).toBe(1);
	});

	it('applied twice is applied once; what is gone stays readable, and can come back', () => {
		const doc = imported();
		applyUpdate(doc, notice, 'raw 2', null);
		const before = state(doc);
		applyUpdate(doc, notice, 'raw 2', null);
		expect(state(doc)).toEqual(before);
		expect(readTasks(doc)).toHaveLength(4);
		expect(readTasks(doc).find(({ id }) => id === preach)).toMatchObject({ withdrawn: true });
		applyUpdate(doc, springNotice(), 'raw', null);
		expect(readTasks(doc).find(({ id }) => id === preach)?.withdrawn).toBeUndefined();
	});

	it('updated by two people offline gives the new task once', () => {
		const a = imported();
		const b = new Y.Doc();
		Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
		for (const doc of [a, b]) applyUpdate(doc, notice, 'raw 2', null);
		Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
		expect(readTasks(a).filter(({ title }) => title === '建立意见建议台账')).toHaveLength(1);
	});

	it('never touches what the branch has written', () => {
		const texts = fc.string({ minLength: 1, maxLength: 20 });
		fc.assert(
			fc.property(fc.subarray([0, 1, 2]), texts, texts, (kept, words, typed) => {
				const doc = imported();
				taskText(doc, study, 'result').insert(0, typed);
				setTaskWork(doc, study, 'title', '本支部的叫法', null);
				setTaskWork(doc, preach, 'due', '2023-04-01', null);
				setTaskPerson(doc, study, 'responsible', 'AAAAAAAAAAAAAAAAAAAAAA', true, null);
				const before = work(doc);
				const next = revised((tasks) =>
					tasks
						.filter((_, i) => kept.includes(i))
						.map((each) => ({ ...each, title: words, text: words + each.text }))
				);
				applyUpdate(doc, next, words, null);
				expect(work(doc)).toEqual(before);
				expect(taskText(doc, study, 'result').toJSON()).toBe(typed);
				expect(readTasks(doc).find(({ id }) => id === study)?.title).toBe('本支部的叫法');
			})
		);
	});
});

describe('plainLines', () => {
	it('makes a task of each line, without its number, and knows the text again', () => {
		const text = '1. 打扫活动室\n\n（二）看望老党员\n· 订报纸';
		const none = { ...springNotice(), cleanText: text, tasks: [], sections: [] };
		const plain = plainLines(none);
		expect(plain.tasks.map(({ title, lines }) => [title, lines.from])).toEqual([
			['打扫活动室', 0],
			['看望老党员', 2],
			['订报纸', 3]
		]);
		expect(plainLines(none).fingerprint).toEqual(plain.fingerprint);
		expect(plainLines({ ...none, cleanText: '别的' }).fingerprint).not.toEqual(plain.fingerprint);
	});
});
