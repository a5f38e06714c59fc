import { describe, expect, it } from 'vitest';
import { formsIn, readForm } from '../model/printForms.ts';
import { formNow, isOfficial, officialForm, saveForm } from './formDraft.ts';
import { createLedgerDocument, createList } from './testList.ts';

const official = { title: '', columns: ['number', 'aspect'].map((id) => ({ id, title: null })) };

describe('the printed form', () => {
	it('is the official one until somebody changes it', () => {
		const list = createList();
		expect(formNow(list)).toEqual(officialForm(list));
		expect(formNow(list).columns[0]).toEqual(official.columns[0]);
		expect(isOfficial(list, formNow(list))).toBe(true);
	});

	it('is read as it was saved, and the saving can be taken back', () => {
		const list = createList();
		const columns = [{ id: 'manifestation', title: '  问题 ' }, ...official.columns];
		const undo = saveForm(list, { title: '查摆问题表', columns });
		expect(formNow(list)).toEqual({
			title: '查摆问题表',
			columns: [{ id: 'manifestation', title: '问题' }, ...official.columns]
		});
		undo!();
		expect(readForm(list.ydoc, 'problems')).toBeNull();
	});

	it('that says what the official one says is none of its own', () => {
		const list = createList();
		saveForm(list, { title: '表', columns: official.columns });
		saveForm(list, officialForm(list));
		expect(formsIn(list.ydoc).has('problems')).toBe(false);
	});

	it('leaves out columns that are gone; without any it is not saved', () => {
		const list = createList();
		const columns = [{ id: 'own:gone', title: null }, ...official.columns];
		saveForm(list, { title: '', columns });
		expect(formNow(list).columns).toEqual(official.columns);
		expect(saveForm(list, { title: '', columns: [] })).toBeNull();
	});

	it('is not for those who may only read', () => {
		const list = createList('problems', createLedgerDocument(), 'read');
		expect(saveForm(list, official)).toBeNull();
	});
});
