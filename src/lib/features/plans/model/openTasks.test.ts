import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { MemberId } from '$lib/base/ids.ts';
import { stampSchema } from '$lib/core/rooms/documentKind.ts';
import { openTasksOf, reassignTasks } from './openTasks.ts';
import { addOwnTask, planRoots, setTaskPerson, setTaskWork, taskText } from './planDocument.ts';
import { planKind } from './planKind.ts';
import { readTasks } from './readPlan.ts';

const [gone, next, other] = ['A', 'B', 'C'].map(
	(letter) => `${letter}AAAAAAAAAAAAAAAAAAAAA` as MemberId
) as [MemberId, MemberId, MemberId];
const stamp = { by: other, on: '2023-03-15' };

function planWith(...ids: string[]): Y.Doc {
	const doc = new Y.Doc();
	stampSchema(doc, planKind);
	for (const id of ids)
		addOwnTask(doc, id, { title: `做${id}`, sectionPath: [] }, '2023-03-01T00:00:00Z', null);
	return doc;
}

const copyOf = (doc: Y.Doc): Y.Doc => {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
};

function sync(...docs: Y.Doc[]): void {
	for (const from of docs)
		for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
}

const taskOf = (doc: Y.Doc, id: string) => readTasks(doc).find((task) => task.id === id)!;
const idsOf = (doc: Y.Doc, member: MemberId) =>
	openTasksOf(doc, member)
		.map(({ id }) => id)
		.sort();

describe('openTasksOf', () => {
	it('lists what a person leads, does or helps with, with its date', () => {
		const doc = planWith('lead', 'does', 'helps', 'others');
		setTaskWork(doc, 'lead', 'leader', gone, null);
		setTaskWork(doc, 'lead', 'due', '2023-06-30', null);
		setTaskPerson(doc, 'does', 'responsible', gone, true, null);
		setTaskPerson(doc, 'helps', 'co', gone, true, null);
		setTaskPerson(doc, 'others', 'responsible', next, true, null);
		expect(idsOf(doc, gone)).toEqual(['does', 'helps', 'lead']);
		expect(openTasksOf(doc, gone)).toContainEqual({
			id: 'lead',
			title: '做lead',
			due: '2023-06-30'
		});
	});

	it('leaves out what is done, does not apply or was taken away', () => {
		const doc = planWith('done', 'waived', 'removed', 'handed-in');
		for (const id of ['done', 'waived', 'removed', 'handed-in'])
			setTaskWork(doc, id, 'leader', gone, null);
		setTaskWork(doc, 'done', 'state', { status: '已完成', submittedBy: gone, ...stamp }, null);
		setTaskWork(doc, 'waived', 'applies', { value: '不适用' }, null);
		setTaskWork(doc, 'removed', 'removed', stamp, null);
		setTaskWork(doc, 'handed-in', 'state', { status: '待审核', ...stamp }, null);
		expect(idsOf(doc, gone)).toEqual(['handed-in']);
	});
});

describe('reassignTasks', () => {
	it('changes the person and nothing else, in one transaction', () => {
		const doc = planWith('a', 'b');
		setTaskWork(doc, 'a', 'leader', gone, null);
		setTaskWork(doc, 'a', 'title', '支部换届', null);
		setTaskPerson(doc, 'a', 'responsible', gone, true, null);
		setTaskPerson(doc, 'a', 'responsible', other, true, null);
		taskText(doc, 'a', 'gap').insert(0, '还差会议记录');
		setTaskWork(doc, 'b', 'leader', gone, null);
		const before = taskOf(doc, 'a');
		let transactions = 0;
		doc.on('update', () => (transactions += 1));
		reassignTasks(doc, ['a'], gone, next);
		expect(transactions).toBe(1);
		expect(taskOf(doc, 'a')).toEqual({
			...before,
			leaderId: next,
			responsibleIds: [next, other]
		});
		expect(taskText(doc, 'a', 'gap').toJSON()).toBe('还差会议记录');
		expect(idsOf(doc, gone)).toEqual(['b']);
	});

	it('may leave a task with nobody, and does not make a person help with his own task', () => {
		const doc = planWith('nobody', 'own');
		setTaskWork(doc, 'nobody', 'leader', gone, null);
		setTaskPerson(doc, 'own', 'co', gone, true, null);
		setTaskPerson(doc, 'own', 'responsible', next, true, null);
		reassignTasks(doc, ['nobody'], gone, null);
		reassignTasks(doc, ['own'], gone, next);
		expect(taskOf(doc, 'nobody').leaderId).toBeNull();
		expect(taskOf(doc, 'own')).toMatchObject({ responsibleIds: [next], coIds: [] });
	});

	it('leaves alone what was closed or given away since the list was read', () => {
		const doc = planWith('closed', 'given');
		setTaskWork(doc, 'closed', 'leader', gone, null);
		setTaskWork(doc, 'closed', 'removed', stamp, null);
		setTaskWork(doc, 'given', 'leader', other, null);
		const before = Y.encodeStateVector(doc);
		reassignTasks(doc, ['closed', 'given', 'unknown'], gone, next);
		reassignTasks(doc, ['given'], other, other);
		expect(Y.encodeStateVector(doc)).toEqual(before);
	});

	it('by two devices at once converges, and nothing is left with who went', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('leader', 'responsible', 'co'), { minLength: 1, maxLength: 8 }),
				fc.constantFrom(next, other, null),
				fc.constantFrom(next, other, null),
				(parts, first, second) => {
					const ids = parts.map((_, at) => `t${at}`);
					const a = planWith(...ids);
					parts.forEach((part, at) => {
						if (part === 'leader') setTaskWork(a, `t${at}`, 'leader', gone, null);
						else setTaskPerson(a, `t${at}`, part, gone, true, null);
					});
					const b = copyOf(a);
					reassignTasks(a, ids, gone, first);
					reassignTasks(b, ids, gone, second);
					sync(a, b);
					expect(planRoots(a).work.toJSON()).toEqual(planRoots(b).work.toJSON());
					expect(openTasksOf(a, gone)).toEqual([]);
					for (const task of readTasks(a)) {
						const named = [task.leaderId, ...task.responsibleIds, ...task.coIds];
						for (const who of named) expect([first, second, null]).toContain(who);
					}
				}
			)
		);
	});
});
