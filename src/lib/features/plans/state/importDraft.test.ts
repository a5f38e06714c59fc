import { expect, it } from 'vitest';
import { forgetImport, importDraft } from './importDraft.ts';
import { memorySession } from './memorySession.ts';

it('is the same import until it is forgotten, and one for each session', () => {
	const session = memorySession();
	const flow = importDraft(session);
	flow.raw = '关于做好春季党建工作的通知';
	flow.answer(0, { title: '专题学习' });
	expect(importDraft(session)).toBe(flow);
	expect(importDraft(memorySession()).raw).toBe('');
	forgetImport(session);
	expect(importDraft(session).raw).toBe('');
	expect(importDraft(session).touched).toBe(false);
});
