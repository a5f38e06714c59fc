import { describe, expect, it } from 'vitest';
import type { Actor } from '../model/life/guards.ts';
import { tableStory, type Step } from '../model/numbers/fixtures/branchStory.ts';
import type { TableName } from '../model/rows/fields.ts';
import type { RowValues } from '../model/rows/rowEdit.ts';
import { planMove } from './boardMoves.ts';

const secretary: Actor = { member: 'm01', role: 'secretary', posts: ['书记'] };
const officer: Actor = { member: 'm02', role: 'officer', posts: ['宣传委员'] };

function moved(
	to: string,
	values: RowValues,
	steps: readonly Step[],
	actor = secretary,
	table: TableName = 'problems'
) {
	const story = tableStory(table);
	story.tell(values, ...steps);
	return planMove({
		kind: table === 'problems' ? 'problem' : 'opinion',
		row: story.rows[0]!,
		to,
		actor,
		today: '2023-03-29',
		catalogueTexts: ['学习不经常']
	});
}

const submitted: readonly Step[] = [['2023-03-01', 'submit']];
const confirmed: readonly Step[] = [...submitted, ['2023-03-02', 'confirm']];
const ready = { goal: '有记录', responsibleId: 'm03', leaderId: 'm01' };

describe('a card moved to another column', () => {
	it('is the step that leads there', () => {
		expect(moved('toVerify', { manifestation: '陪餐记录缺3天' }, [])).toEqual({
			...{ kind: 'step', step: 'submit', extras: {}, values: {} }
		});
		expect(
			moved('inHand', { words: '多开社团', responsibleId: 'm03' }, [], officer, 'opinions')
		).toMatchObject({ kind: 'step', step: 'take' });
	});

	it('is none where no step leads there', () => {
		expect(moved('closed', { manifestation: '陪餐记录缺3天' }, [])).toEqual({ kind: 'none' });
	});

	it('says what is missing', () => {
		expect(moved('toVerify', {}, [])).toMatchObject({
			...{ kind: 'blocked', step: 'submit', blockers: [{ kind: 'field', field: 'manifestation' }] }
		});
		expect(moved('toVerify', { manifestation: '1. 学习不经常' }, [])).toMatchObject({
			blockers: [{ kind: 'rule', rule: 'onlyCatalogueText' }]
		});
		expect(moved('rejected', {}, submitted)).toMatchObject({
			blockers: [{ kind: 'input', input: 'note' }]
		});
		expect(moved('toRectify', { level: 'branch', aspect: '细' }, submitted, officer)).toMatchObject(
			{
				blockers: [{ kind: 'rule', rule: 'confirmersOnly' }]
			}
		);
		expect(moved('rectifying', { ...ready, due: '2023-04-01' }, confirmed)).toMatchObject({
			blockers: [{ kind: 'field', field: 'measures' }]
		});
	});

	it('gives what is to be put right at once its near date', () => {
		const story = tableStory('problems');
		const id = story.tell({ ...ready, rectKind: 'immediate' }, ...confirmed);
		story.measure(id, '每天核对');
		const move = planMove({
			...{ kind: 'problem', row: story.rows[0]!, to: 'rectifying', actor: officer },
			...{ today: '2023-03-29', catalogueTexts: [] }
		});
		const due = '2023-04-05';
		expect(move).toEqual({ kind: 'step', step: 'start', extras: { due }, values: { due } });
	});
});
