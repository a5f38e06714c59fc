import { describe, expect, it } from 'vitest';
import { diffNotice, type KnownTask } from './diffNotice.ts';
import { parseNotice } from './parseNotice.ts';

const heading = '关于做好党建工作的通知\n各党支部：\n请抓好落实。\n';
const items = [
	'1. 召开组织生活会。各党支部要于9月20日前召开专题组织生活会，上报会议记录。',
	'2. 开展谈心谈话。各党支部要在10月底前开展谈心谈话，做好谈心谈话记录。',
	'3. 收缴党费。每月25日前完成党费收缴。'
];
const read = (lines: readonly string[]) =>
	parseNotice(heading + lines.join('\n'), { today: '2024-09-02' });
const known = async (lines: readonly string[]): Promise<KnownTask[]> =>
	(await read(lines)).tasks.map((task, i) => ({ ...task, id: `task${i + 1}` }));

describe('the same notice again', () => {
	it('changes nothing and has the same fingerprint, however it was copied', async () => {
		const again = await read(
			items.map((item) => item.replaceAll('，', ', ').replaceAll('。', '。 '))
		);
		const diff = diffNotice(await known(items), again);
		expect(diff.unchanged.map(({ id }) => id)).toEqual(['task1', 'task2', 'task3']);
		expect([diff.changed, diff.added, diff.removed]).toEqual([[], [], []]);
		expect(again.fingerprint).toEqual((await read(items)).fingerprint);
	});
});

describe('a revised notice', () => {
	it('says which fields changed, what is new and what went', async () => {
		const revised = [
			items[0]?.replace('9月20日', '9月27日') ?? '',
			'2. 组织志愿服务。各党支部要在11月底前到社区清扫卫生。',
			'3. 开展谈心谈话。各党支部要在10月底前开展谈心谈话，做好谈心谈话记录。'
		];
		const found = await read(revised);
		const diff = diffNotice(await known(items), found);
		expect(diff.changed.map(({ id, fields }) => [id, fields])).toEqual([
			['task1', ['text', 'deadlines', 'due']],
			['task2', ['path']]
		]);
		expect(diff.added.map((task) => task.title)).toEqual(['组织志愿服务']);
		expect(diff.removed).toEqual([{ id: 'task3', title: '收缴党费' }]);
		const before = (await read(items)).fingerprint;
		expect(found.fingerprint.notice).toBe(before.notice);
		expect(found.fingerprint.content).not.toBe(before.content);
	});

	it('compares only what the plan stored', async () => {
		const stored = (await known(items)).map(({ id, path, title, text }) => ({
			id,
			path,
			title,
			text
		}));
		expect(diffNotice(stored, await read(items)).unchanged).toHaveLength(3);
	});
});
