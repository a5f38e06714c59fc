import { afterEach, describe, expect, it } from 'vitest';
import { getLocale, overwriteGetLocale } from '$lib/paraglide/runtime.js';
import { putForm } from '../model/printForms.ts';
import { viewLedgers } from '../model/view/savedView.ts';
import { isLeftOut, ledgerForm } from './ledgerForm.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { sheetColumns } from './sheetColumns.ts';
import { about, fill, openLedger } from './testList.ts';

const at = new Date(2023, 2, 15, 9, 5).toISOString();
const inForm = (list: LedgerList): string[] =>
	sheetColumns(list)
		.filter((column) => column.inForm)
		.map(({ id }) => id);
const formOf = (list: LedgerList, columns = inForm(list)) =>
	ledgerForm(list, { rows: list.view.rows, columns, about, at });

const locale = getLocale;
afterEach(() => overwriteGetLocale(locale));

describe('the printed form', () => {
	it('of the opinions has twelve columns and no name of a speaker', async () => {
		const list = openLedger('opinions');
		await fill(list, [
			{
				values: {
					...{ on: '2023-03-14', channel: 'parentMeeting', words: '接送区太挤', group: 'parents' },
					...{ topics: ['safety', 'afterClass'], responsibleId: 'm18', measure: '错峰' },
					...{ replyOn: '2023-03-20', replyWay: '电话', satisfaction: 'satisfied' }
				}
			}
		]);
		const form = formOf(list);
		expect(form.title).toBe('城东实验小学党支部意见建议台账');
		expect(form.columns.map(({ title }) => title)).toEqual([
			...['序号', '征集时间', '征集方式', '意见建议内容', '类别', '对象类别', '责任人'],
			...['办理措施', '办理时限', '办理结果', '反馈时间及方式', '满意度']
		]);
		expect(form.rows).toEqual([
			[
				...['1', '2023-03-14', '家长会', '接送区太挤', '学校安全、课后服务', '家长', '张敏'],
				...['错峰', '', '', '2023-03-20 电话', '满意']
			]
		]);
	});

	it('of the problems names the kind of a source and never the batch it came in', async () => {
		const list = openLedger('problems');
		await fill(list, [
			{ values: { manifestation: '甲', sources: ['talk'], sourceBatch: '3月谈心谈话第1批' } }
		]);
		const all = sheetColumns(list).map(({ id }) => id);
		expect(all).not.toContain('sourceBatch');
		const cells = formOf(list, [...all, 'sourceBatch']).rows[0]!;
		expect(cells).toContain('谈心谈话');
		expect(cells.join()).not.toContain('第1批');
	});

	it.each([
		['2023（2）', '2023年度　　　编制日期：2023年3月15日'],
		['主题教育台账', '主题教育台账　　　编制日期：2023年3月15日']
	])('made in %s is of that year, or of what the ledger was called', (title, subtitle) => {
		const list = openLedger('problems');
		const form = ledgerForm(list, {
			...{ rows: list.view.rows, columns: inForm(list), at },
			about: { ...about, title }
		});
		expect(form.subtitle).toBe(subtitle);
	});

	it('says who made it and when, for what year, and where to sign', () => {
		expect(formOf(openLedger('rectification'))).toMatchObject({
			title: '城东实验小学党支部问题整改台账',
			subtitle: '2023年度　　　编制日期：2023年3月15日',
			page: 'landscape',
			sealSpace: true,
			signature: ['党支部书记（签字）：', '填报人：', '填报日期：　　　年　　月　　日'],
			madeBy: '周敬宁 2023-03-15 09:05 从“同心”导出'
		});
	});

	it('is as wide as the page', () => {
		for (const ledger of viewLedgers) {
			const widths = formOf(openLedger(ledger)).columns.map(({ widthMm }) => widthMm);
			expect(
				widths.reduce((sum, width) => sum + width, 0),
				ledger
			).toBe(267);
		}
	});

	it('is Chinese on an English screen, which stays English', async () => {
		const list = openLedger('problems');
		await fill(list, [{ values: { manifestation: '甲', sources: ['talk'] } }]);
		overwriteGetLocale(() => 'en');
		list.refresh();
		expect(list.columns.titleOf('sources')).not.toBe('问题来源');
		const form = formOf(list);
		expect(form.columns.map(({ title }) => title)).toContain('问题来源');
		expect(form.rows[0]).toContain('谈心谈话');
		expect(getLocale()).toBe('en');
	});

	it('is the branch’s own where it has changed it, without columns that are gone', async () => {
		const list = openLedger('problems');
		await fill(list, [{ values: { manifestation: '甲', remark: '乙' } }]);
		putForm(list.ydoc, 'problems', {
			title: '城东区学校党组织问题台账',
			columns: [
				{ id: 'remark', title: '说明事项' },
				{ id: 'own:gone', title: null },
				{ id: 'manifestation', title: null }
			]
		});
		const form = formOf(list);
		expect(form.title).toBe('城东区学校党组织问题台账');
		expect(form.columns.map(({ title }) => title)).toEqual(['说明事项', '具体表现']);
		expect(form.rows).toEqual([['乙', '甲']]);
	});
});

it('the problem list goes out without what was not taken up', async () => {
	const list = openLedger('problems');
	const [kept, rejected] = await fill(list, [{ values: {} }, { values: {} }]);
	list.life.act(rejected!, 'submit');
	list.life.act(rejected!, 'reject', { note: '不属实' });
	await Promise.resolve();
	const rows = list.rows.ofLedger.filter((row) => !isLeftOut('problems', row));
	expect(rows.map(({ id }) => id)).toEqual([kept]);
});
