import { describe, expect, it } from 'vitest';
import { builtInViews, type BuiltInViewId } from './builtInViews.ts';
import { RowsView } from './rowsView.ts';
import type { ViewLedger } from './savedView.ts';
import { testField, TestList, type TestRow } from './testRows.ts';

const statuses = [
	...['draft', 'toVerify', 'toRectify', 'rectifying', 'toAccept', 'closed', 'longTerm'],
	...['rejected', 'merged', 'new', 'inHand', 'done', 'replied', 'declined', 'transferred']
].map((value) => ({ value, label: value }));
const fields = [
	testField('words', 'longText'),
	testField('status', 'choice', statuses),
	testField('involved', 'person'),
	testField('mentions', 'person'),
	testField('due', 'date'),
	testField('urgent', 'check')
];
const context = { today: '2023-03-15', self: 'm01', fields };

const problems: readonly TestRow['values'][] = [
	{ words: '逾期', status: 'rectifying', involved: ['m01', 'm03'], due: '2023-03-14' },
	{ words: '今天', status: 'toAccept', involved: ['m03'], due: '2023-03-15', urgent: true },
	{ words: '七天', status: 'toVerify', involved: ['m01'], due: '2023-03-22' },
	{ words: '八天', status: 'toRectify', involved: ['m03'], due: '2023-03-23' },
	{ words: '已销号', status: 'closed', involved: ['m01'], due: '2023-03-01', urgent: true },
	{ words: '长期', status: 'longTerm', involved: ['m01'], due: '2023-03-01' },
	{ words: '没有期限', status: 'draft', involved: ['m01'], mentions: ['m03'] },
	{ words: '有人找我', status: 'draft', mentions: ['m03', 'm01'] }
];
const opinions: readonly TestRow['values'][] = [
	{ words: '新收', status: 'new', urgent: true },
	{ words: '已归并', status: 'merged' },
	{ words: '办理中', status: 'inHand' },
	{ words: '已办结', status: 'done' },
	{ words: '已反馈', status: 'replied' },
	{ words: '不采纳', status: 'declined' },
	{ words: '转办', status: 'transferred' }
];

function shown(ledger: ViewLedger, id: BuiltInViewId): unknown[] {
	const { spec } = builtInViews[ledger].find((view) => view.id === id)!;
	const rows = ledger === 'opinions' ? opinions : problems;
	const view = new RowsView(new TestList(rows), spec, context);
	expect(view.ignored).toEqual({ conditions: [], sort: [], group: null });
	return view.visible.map((row) => row.values.words);
}

describe('the views that come with a ledger', () => {
	it.each<[ViewLedger, BuiltInViewId, string[]]>([
		['problems', 'mine', ['逾期', '七天', '没有期限']],
		['problems', 'overdue', ['逾期']],
		['problems', 'dueSoon', ['今天', '七天']],
		['problems', 'toAccept', ['今天']],
		['problems', 'urgent', ['今天', '已销号']],
		['rectification', 'open', ['逾期', '今天', '八天', '长期']],
		['opinions', 'unsettled', ['新收', '办理中', '转办']],
		['opinions', 'toReply', ['已办结']],
		['opinions', 'urgent', ['新收']],
		['problems', 'mentioned', ['有人找我']],
		['opinions', 'mentioned', []]
	])('%s, %s', (ledger, id, expected) => {
		expect(shown(ledger, id)).toEqual(expected);
	});
});
