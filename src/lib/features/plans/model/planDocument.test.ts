import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { stampSchema } from '$lib/core/rooms/documentKind.ts';
import { springNotice } from './fixtures/springNotice.ts';
import { importPlan, noticeTaskIds } from './importPlan.ts';
import { textFields } from './plan.ts';
import {
	addOwnTask,
	planRoots,
	setTaskPerson,
	setTaskWork,
	taskText,
	workKey
} from './planDocument.ts';
import { planKind, planVersion } from './planKind.ts';
import { readTask, readTasks } from './readPlan.ts';

const people = ['AAAAAAAAAAAAAAAAAAAAAA', 'BAAAAAAAAAAAAAAAAAAAAA', 'CAAAAAAAAAAAAAAAAAAAAA'];
const importing = { actor: 'a', today: '2023-03-15', origin: null };
const noAnswers = { title: '春季任务', tasks: new Map(), sections: new Map() };
const [study = ''] = noticeTaskIds(springNotice());

function imported(): Y.Doc {
	const doc = new Y.Doc();
	stampSchema(doc, planKind);
	importPlan(doc, springNotice(), 'raw', noAnswers, importing);
	return doc;
}

function sync(...docs: Y.Doc[]): void {
	for (const from of docs)
		for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
}

const content = (doc: Y.Doc) => ({
	tasks: readTasks(doc).sort((a, b) => (a.id < b.id ? -1 : 1)),
	texts: [...planRoots(doc).tasks.keys()]
		.sort()
		.map((id) => textFields.map((field) => taskText(doc, id, field).toJSON()))
});

describe('two people at once', () => {
	it('importing the same notice offline gives each task once and keeps what both typed', () => {
		const a = imported();
		const b = imported();
		taskText(a, study, 'result').insert(0, '已学习三次');
		taskText(b, study, 'result').insert(0, '参加二十人');
		setTaskPerson(a, study, 'responsible', people[0] ?? '', true, null);
		setTaskPerson(b, study, 'responsible', people[1] ?? '', true, null);
		sync(a, b);
		expect(readTasks(a)).toHaveLength(3);
		expect(content(a)).toEqual(content(b));
		expect(readTask(study, planRoots(a).tasks.get(study)).title).toBe('组织专题学习');
		expect(readTasks(a).find((task) => task.id === study)?.responsibleIds).toEqual(
			people.slice(0, 2)
		);
		const result = taskText(a, study, 'result').toJSON();
		expect(result).toContain('已学习三次');
		expect(result).toContain('参加二十人');
	});

	it('any concurrent edits converge', () => {
		const edit = fc.record({
			who: fc.nat(1),
			task: fc.nat(2),
			what: fc.oneof(
				fc.record({
					text: fc.constantFrom(...textFields),
					insert: fc.string({ minLength: 1, maxLength: 5 })
				}),
				fc.record({ person: fc.constantFrom(...people), on: fc.boolean() }),
				fc.record({ due: fc.constantFrom('2023-04-01', '2023-04-02', null) }),
				fc.record({ check: fc.constantFrom('符合' as const, '不符合' as const) }),
				fc.constant('sync' as const)
			)
		});
		fc.assert(
			fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
				const docs = [imported(), imported()] as const;
				const ids = noticeTaskIds(springNotice());
				for (const { who, task, what } of edits) {
					const doc = docs[who === 0 ? 0 : 1];
					const id = ids[task] ?? '';
					if (what === 'sync') sync(...docs);
					else if ('insert' in what) taskText(doc, id, what.text).insert(0, what.insert);
					else if ('person' in what) setTaskPerson(doc, id, 'co', what.person, what.on, null);
					else if ('due' in what) setTaskWork(doc, id, 'due', what.due, null);
					else setTaskWork(doc, id, 'selfCheck', what.check, null);
				}
				sync(...docs);
				expect(content(docs[0])).toEqual(content(docs[1]));
			}),
			{ numRuns: 60 }
		);
	});

	it('one step of undo takes back my own edit and leaves the colleague’s', () => {
		const doc = imported();
		const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['me']), captureTimeout: 0 });
		setTaskWork(doc, study, 'selfCheck', '部分符合', 'me');
		setTaskWork(doc, study, 'due', '2023-03-20', 'colleague');
		undo.undo();
		const task = readTasks(doc).find(({ id }) => id === study);
		expect(task).toMatchObject({ selfCheck: '未查', due: '2023-03-20' });
	});
});

describe('content that is not ours', () => {
	it('is named, never thrown, and leaves the rest of the task', () => {
		const doc = imported();
		const { work, tasks } = planRoots(doc);
		work.set(workKey(study, 'selfCheck'), '很好');
		work.set(workKey(study, 'applies'), 7);
		work.set(workKey(study, 'responsible', 'nobody'), true);
		tasks.set('odd', 'just words');
		const found = readTasks(doc);
		expect(found.find(({ id }) => id === study)).toMatchObject({
			title: '组织专题学习',
			selfCheck: '未查',
			responsibleIds: [],
			unreadable: ['applies', 'selfCheck']
		});
		expect(found.find(({ id }) => id === 'odd')?.unreadable).toContain('title');
	});

	it('never throws on any values at all', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (work, source) => {
				const task = readTask('t', source, new Map(Object.entries(work)));
				expect(task.id).toBe('t');
			})
		);
	});
});

describe('planVersion', () => {
	it('knows a new document, in which an own task needs no notice', () => {
		const doc = new Y.Doc();
		expect(planVersion(doc)).toBe('empty');
		stampSchema(doc, planKind);
		addOwnTask(
			doc,
			'own',
			{ title: '慰问', sectionPath: [], due: '2023-04-01' },
			'2023-03-15T00:00:00Z',
			null
		);
		expect(planVersion(doc)).toBe('ready');
		expect(readTasks(doc)).toMatchObject([{ title: '慰问', due: '2023-04-01', dueFrom: 'set' }]);
	});

	it.each([
		[{ kind: 'plan', schema: 2 }, 'newer'],
		[{ kind: 'plan', schema: '1' }, 'foreign'],
		[{ kind: 'ledger', schema: 1 }, 'foreign']
	])('%o is %s', (meta, version) => {
		const doc = new Y.Doc();
		for (const [key, value] of Object.entries(meta)) doc.getMap('meta').set(key, value);
		expect(planVersion(doc)).toBe(version);
	});
});
