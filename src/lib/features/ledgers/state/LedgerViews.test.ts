import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { ViewStorage } from '../model/view/savedView.ts';
import { keptLook, lookOf } from './keptLook.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { firstSpec } from './list/ListView.svelte.ts';
import { LedgerViews } from './LedgerViews.svelte.ts';
import { createLedgerDocument, createList } from './testList.ts';

function memory(): ViewStorage {
	let text: string | null = null;
	return { read: () => text, write: (next) => void (text = next) };
}

interface Browser {
	readonly own: ViewStorage;
	readonly look: ViewStorage;
}
const browser = (): Browser => ({ own: memory(), look: memory() });

function viewsOf(list: LedgerList, { own, look }: Browser = browser()): LedgerViews {
	const first = lookOf(firstSpec(list.ledger));
	return new LedgerViews({ list, own, look: keptLook(look, list.ledger, memory(), first) });
}

const setup = (here = browser()) => {
	const list = createList();
	return { list, views: viewsOf(list, here), here };
};
const urgent = { kind: 'check', field: 'urgent', op: 'yes' } as const;
const ask = (list: LedgerList): void => list.view.setFilter({ conditions: [urgent] });

describe('the views of a ledger', () => {
	it('a built-in one keeps the columns of the person', () => {
		const { list, views } = setup();
		list.view.setSpec({ columns: { ...list.view.spec.columns, hidden: ['remark'] } });
		views.keep();
		views.open('overdue');
		expect(list.view.spec.filter.conditions).toHaveLength(2);
		expect(list.view.spec.columns.hidden).toEqual(['remark']);
		expect(views.isChanged).toBe(false);
	});

	it('the columns of 全部 are there again the next time', () => {
		const { list, views, here } = setup();
		list.view.setSpec({ rowHeight: 'medium' });
		ask(list);
		views.keep();
		const next = createList();
		viewsOf(next, here);
		expect(next.view.spec.rowHeight).toBe('medium');
		expect(next.view.spec.filter.conditions).toEqual([]);
	});

	it('the columns of a saved view are not those of the person', () => {
		const { list, views, here } = setup();
		views.open(views.saveAs('我的', 'own'));
		list.view.setSpec({ columns: { ...list.view.spec.columns, hidden: ['remark'] } });
		expect(views.isChanged).toBe(true);
		views.keep();
		const next = createList();
		viewsOf(next, here);
		expect(next.view.spec.columns.hidden).not.toEqual(['remark']);
	});

	it('saving takes what is seen, and can be taken back', () => {
		const { list, views } = setup();
		views.open(views.saveAs('急难愁盼', 'shared'));
		ask(list);
		const undo = views.save();
		expect(views.isChanged).toBe(false);
		expect(views.shared[0]?.spec.filter.conditions).toEqual([urgent]);
		undo!();
		expect(views.shared[0]?.spec.filter.conditions).toEqual([]);
		expect(list.view.spec.filter.conditions).toEqual([]);
	});

	it('a question that nobody has finished is not saved', () => {
		const { list, views } = setup();
		const open = { kind: 'text', field: 'remark', op: 'contains', text: '' } as const;
		list.view.setFilter({ conditions: [open, urgent] });
		views.saveAs('急难愁盼', 'own');
		expect(views.own[0]?.spec.filter.conditions).toEqual([urgent]);
	});

	it('a search makes no view another one, unless the view has one', () => {
		const { list, views } = setup();
		list.view.setFilter({ text: '食堂' });
		expect(views.isChanged).toBe(false);
		views.open(views.saveAs('食堂', 'own'));
		list.view.setFilter({ text: '操场' });
		expect(views.isChanged).toBe(true);
		views.discard();
		expect(list.view.spec.filter.text).toBe('食堂');
	});

	it('a deleted one comes back with an undo', () => {
		const { views } = setup();
		for (const kind of ['own', 'shared'] as const) {
			views.open(views.saveAs('急难愁盼', kind));
			const undo = views.remove();
			expect(views.current.kind).toBe('all');
			expect(views[kind]).toEqual([]);
			undo!();
			expect(views[kind].map(({ name }) => name)).toEqual(['急难愁盼']);
		}
	});

	it('an address of a view that is not here is said, and followed once it arrives', () => {
		const doc = createLedgerDocument();
		const theirs = createList('problems', doc);
		const their = viewsOf(theirs);
		ask(theirs);
		const id = their.saveAs('急难愁盼', 'shared');
		const there = new Y.Doc();
		const list = createList('problems', there);
		const views = viewsOf(list);
		views.open(id);
		expect(views.isMissing).toBe(true);
		Y.applyUpdate(there, Y.encodeStateAsUpdate(doc));
		expect(views.isMissing).toBe(false);
		expect(list.view.spec.filter.conditions).toEqual([urgent]);
	});

	it("a colleague's saving is followed, but not over one's own changes or search", () => {
		const doc = createLedgerDocument();
		const [mine, theirs] = [createList('problems', doc), createList('problems', doc)];
		const [here, there] = [viewsOf(mine), viewsOf(theirs)];
		const id = here.saveAs('急难愁盼', 'shared');
		here.open(id);
		there.open(id);
		mine.view.setFilter({ text: '食堂' });
		there.saveAs('另一个', 'shared');
		expect(mine.view.spec.filter.text).toBe('食堂');
		ask(theirs);
		there.save();
		expect(mine.view.spec.filter.conditions).toEqual([urgent]);
		mine.view.setSpec({ rowHeight: 'medium' });
		theirs.view.setFilter({ conditions: [] });
		there.save();
		expect(mine.view.spec.filter.conditions).toEqual([urgent]);
	});

	it('who may only read saves for himself alone', () => {
		const list = createList('problems', createLedgerDocument(), 'read');
		const views = viewsOf(list);
		expect(views.saveAs('急难愁盼', 'shared')).toBeNull();
		views.open(views.saveAs('急难愁盼', 'own'));
		expect(views.current).toMatchObject({ kind: 'own' });
		expect(views.canSave).toBe(true);
	});
});

describe('many cells at once', () => {
	const filled = () => {
		const list = createList();
		const ids = ['一', '二', '三'].map((manifestation) => list.rows.add(null, { manifestation }));
		return { list, ids };
	};
	const value = (list: LedgerList, id: string, field: string) => list.rows.get(id)?.values[field];

	it('words are ticked in all rows as one step', async () => {
		const { list, ids } = filled();
		list.cells.tickMany(ids.slice(0, 2), 'sources', ['talk', 'visit'], true);
		await Promise.resolve();
		expect(value(list, ids[1]!, 'sources')).toEqual(['talk', 'visit']);
		list.cells.tickMany(ids, 'sources', ['talk'], false);
		await Promise.resolve();
		expect(value(list, ids[0]!, 'sources')).toEqual(['visit']);
		list.steps.undo();
		list.steps.undo();
		await Promise.resolve();
		expect(value(list, ids[0]!, 'sources')).toBeUndefined();
	});

	it('replaced cells are one step; what is not understood stays', async () => {
		const { list, ids } = filled();
		const left = list.cells.retype([
			{ id: ids[0]!, column: 'manifestation', text: '甲' },
			{ id: ids[1]!, column: 'measures', text: '先办\n后查' },
			{ id: ids[2]!, column: 'due', text: '某日' }
		]);
		await Promise.resolve();
		expect(left).toBe(1);
		expect(value(list, ids[0]!, 'manifestation')).toBe('甲');
		expect(list.rows.get(ids[1]!)?.measures.map(({ text }) => text)).toEqual(['先办', '后查']);
		list.steps.undo();
		await Promise.resolve();
		expect(value(list, ids[0]!, 'manifestation')).toBe('一');
		expect(list.rows.get(ids[1]!)?.measures).toEqual([]);
	});

	it('a step of many lives is each one its own event', async () => {
		const { list, ids } = filled();
		const events = list.life.actMany(ids, 'submit');
		await Promise.resolve();
		expect(ids.map((id) => list.rows.get(id)?.life.status)).toEqual([
			'toVerify',
			'toVerify',
			'toVerify'
		]);
		expect(new Set(events.values()).size).toBe(3);
	});
});
