import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Members } from '$lib/features/members/index.ts';
import { appendAddition } from '../model/record/additions.ts';
import { writeFacts } from '../model/record/facts.ts';
import { readTalk } from '../model/record/talk.ts';
import { testFacts, testHeading } from '../model/record/testTalk.ts';
import { recordForm } from './recordForm.ts';

const people = {
	byId: () => undefined,
	nameOf: (id: string) => id
} as unknown as Members;

afterEach(() => void vi.unstubAllEnvs());

describe('谈心谈话记录表', () => {
	it('dates an addition by the clock on the wall', () => {
		const doc = new Y.Doc();
		writeFacts(doc, testFacts);
		vi.stubEnv('TZ', 'Asia/Shanghai');
		const at = '2023-03-14T16:30:00.000Z';
		appendAddition(doc, { id: '1', by: 'talker', at, text: '已回访' });
		const { rows } = recordForm({
			...{ talk: readTalk(doc, testHeading), people, branch: '', itemWords: new Map() },
			...{ by: 'talker', today: '2023-03-15' }
		});
		expect(rows).toContainEqual({
			...{ kind: 'text', label: '追记', lines: ['2023年3月15日　已回访'], brief: true }
		});
	});
});
