import { expect, it } from 'vitest';
import { readPlan } from '../model/readPlan.ts';
import { createBlankPlan } from './createBlankPlan.ts';
import { memorySession } from './memorySession.ts';

it('writes the name of a blank plan into the list and into the plan', async () => {
	const session = memorySession();
	const room = await createBlankPlan(session, '暑期学习计划');
	const doc = session.docs.get(room);
	expect(doc && readPlan(doc).title).toBe('暑期学习计划');
	expect(session.documents.current()).toMatchObject([{ room, title: '暑期学习计划' }]);
});
