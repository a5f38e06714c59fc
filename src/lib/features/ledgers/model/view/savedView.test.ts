import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
	deleteOwnView,
	deleteSharedView,
	parseViewName,
	readOwnViews,
	readSharedViews,
	renameOwnView,
	renameSharedView,
	viewsIn,
	writeOwnView,
	writeSharedView,
	type SavedView,
	type ViewStorage
} from './savedView.ts';
import { plainSpec } from './viewSpec.ts';

const at = '2023-03-15T01:00:00.000Z';
const view = (id: string, name: string, part: Partial<SavedView> = {}): SavedView => ({
	...{ id, name, ledger: 'problems', spec: plainSpec, by: 'm01', at },
	...part
});
const created = (): Y.Map<unknown> => viewsIn(new Y.Doc());

interface TestStorage extends ViewStorage {
	text: string | null;
}
const storageOf = (text: string | null): TestStorage => ({
	text,
	read() {
		return this.text;
	},
	write(next) {
		this.text = next;
	}
});

describe('shared views', () => {
	const named = (views: Y.Map<unknown>): string[] =>
		readSharedViews(views, 'problems').map((read) => read.view.name);

	it('are read as written, by name, each ledger its own', () => {
		const views = created();
		writeSharedView(views, view('a', '张三的'));
		writeSharedView(views, view('b', '第10周'));
		writeSharedView(views, view('c', '第9周'));
		writeSharedView(views, view('d', '意见', { ledger: 'opinions' }));
		expect(named(views)).toEqual(['第9周', '第10周', '张三的']);
		expect(readSharedViews(views, 'opinions')).toEqual([
			{ view: view('d', '意见', { ledger: 'opinions' }), dropped: [] }
		]);
	});

	it('reach a colleague, and saving over one replaces it whole', () => {
		const [here, there] = [new Y.Doc(), new Y.Doc()];
		writeSharedView(viewsIn(here), view('a', '旧'));
		writeSharedView(viewsIn(here), view('a', '新', { spec: { ...plainSpec, layout: 'board' } }));
		Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
		const [read] = readSharedViews(viewsIn(there), 'problems');
		expect(read?.view).toMatchObject({ name: '新', spec: { layout: 'board' }, by: 'm01' });
	});

	it('leave out the rows of a figure that was clicked', () => {
		const views = created();
		const spec = { ...plainSpec, filter: { ...plainSpec.filter, text: '食堂', rowIds: ['r1'] } };
		writeSharedView(views, view('a', '食堂', { spec }));
		expect(readSharedViews(views, 'problems')[0]?.view.spec.filter).toEqual({
			...plainSpec.filter,
			text: '食堂'
		});
		expect(views.get('a')).not.toHaveProperty('spec.filter.rowIds');
		views.set('a', { ...view('a', '空'), spec });
		expect(readSharedViews(views, 'problems')[0]?.view.spec.filter).not.toHaveProperty('rowIds');
	});

	it('keep what a newer version put into them when they are renamed', () => {
		const views = created();
		views.set('a', { ...view('a', '旧'), spec: { ...plainSpec, layout: 'timeline' }, star: true });
		expect(readSharedViews(views, 'problems')[0]?.dropped).toEqual(['layout']);
		expect(renameSharedView(views, 'a', ' 新 ')).toBe(true);
		expect(views.get('a')).toMatchObject({
			name: '新',
			spec: { layout: 'timeline' },
			star: true
		});
	});

	it('that are none are left alone', () => {
		const views = created();
		const others = {
			n: 7,
			m: new Y.Map(),
			s: 'x',
			e: { ...view('e', ''), name: '' },
			l: { ledger: 'x' }
		};
		for (const [id, value] of Object.entries(others)) views.set(id, value);
		writeSharedView(views, view('a', '好的'));
		expect(named(views)).toEqual(['好的']);
		expect(renameSharedView(views, 'n', '名')).toBe(false);
		expect(renameSharedView(views, 'gone', '名')).toBe(false);
		expect([...views.keys()].sort()).toEqual(['a', 'e', 'l', 'm', 'n', 's']);
	});

	it('are neither written nor renamed with a name nobody can read', () => {
		const views = created();
		expect(writeSharedView(views, view('a', '  '))).toBe(false);
		expect(views.size).toBe(0);
		writeSharedView(views, view('a', '好的'));
		expect(renameSharedView(views, 'a', '长'.repeat(61))).toBe(false);
		expect(named(views)).toEqual(['好的']);
		expect([parseViewName(' 好 '), parseViewName('')]).toEqual(['好', null]);
	});

	it('go when they are deleted', () => {
		const views = created();
		writeSharedView(views, view('a', '好的'));
		deleteSharedView(views, 'a');
		expect(named(views)).toEqual([]);
	});
});

describe('own views', () => {
	const { by: _, ...own } = view('a', '我的');

	it('are written, saved over, renamed and deleted', () => {
		const storage = storageOf(null);
		expect(writeOwnView(storage, own)).toBe(true);
		writeOwnView(storage, { ...own, id: 'b', name: '别的' });
		writeOwnView(storage, { ...own, spec: { ...plainSpec, layout: 'cards' } });
		expect(readOwnViews(storage, 'problems').map((read) => read.view)).toEqual([
			{ ...own, id: 'b', name: '别的' },
			{ ...own, spec: { ...plainSpec, layout: 'cards' } }
		]);
		expect(renameOwnView(storage, 'a', '改名')).toBe(true);
		expect(renameOwnView(storage, 'gone', '改名')).toBe(false);
		expect(renameOwnView(storage, 'a', ' ')).toBe(false);
		deleteOwnView(storage, 'b');
		expect(readOwnViews(storage, 'problems').map((read) => read.view.name)).toEqual(['改名']);
		deleteOwnView(storage, 'a');
		expect(storage.text).toBeNull();
	});

	it.each(['', 'not json', '7', '{}', '[null,7,[],"x"]'])('are none in %j', (text) => {
		expect(readOwnViews(storageOf(text), 'problems')).toEqual([]);
	});

	it('beside something of a newer version leave that where it is', () => {
		const storage = storageOf(JSON.stringify([{ id: 'new', ledger: 'tasks' }, 7]));
		writeOwnView(storage, own);
		deleteOwnView(storage, 'a');
		expect(JSON.parse(storage.text!)).toEqual([{ id: 'new', ledger: 'tasks' }, 7]);
	});
});
