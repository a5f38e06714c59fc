import { expect, it } from 'vitest';
import { createList } from './testList.ts';
import { writeMany, type ManyWish } from './writeMany.ts';

const wish = (part: Partial<ManyWish>): ManyWish => ({
	...{ field: 'due', how: 'set', text: '', words: [], picked: false },
	...part
});

it('one field of many rows is one step, as its kind asks for it', async () => {
	const list = createList();
	const ids = ['一', '二'].map((manifestation) => list.rows.add(null, { manifestation }));
	const values = async (field: string) => {
		await Promise.resolve();
		return ids.map((id) => list.rows.get(id)?.values[field]);
	};
	expect(writeMany(list, ids, wish({ text: '3月20日' }))).toBe(2);
	expect(await values('due')).toEqual(['2023-03-20', '2023-03-20']);
	writeMany(list, ids, wish({ field: 'leaderId', text: 'm03', picked: true }));
	expect(await values('leaderId')).toEqual(['m03', 'm03']);
	writeMany(list, ids, wish({ field: 'urgent', text: 'true' }));
	expect(await values('urgent')).toEqual([true, true]);
	writeMany(list, ids, wish({ field: 'topics', how: 'add', words: ['food', '操场'] }));
	expect(await values('topics')).toEqual([
		['food', '操场'],
		['food', '操场']
	]);
	writeMany(list, ids, wish({ field: 'topics', how: 'clear' }));
	expect(await values('topics')).toEqual([undefined, undefined]);
	list.steps.undo();
	expect((await values('topics'))[1]).toEqual(['food', '操场']);
});

it('what is not understood is written nowhere', async () => {
	const list = createList();
	const id = list.rows.add(null, { due: '2023-03-20' });
	expect(writeMany(list, [id], wish({ text: '某日' }))).toBeNull();
	await Promise.resolve();
	expect(list.rows.get(id)?.values.due).toBe('2023-03-20');
});
