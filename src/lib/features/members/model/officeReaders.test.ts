import { describe, expect, it } from 'vitest';
import type { MemberId } from '$lib/base/ids.ts';
import { readersChange, readersFor } from './officeReaders.ts';

const id = (name: string): MemberId => name as MemberId;
const line = (name: string, ...posts: string[]) => ({ id: name, posts });
const account = (
	name: string,
	role: 'secretary' | 'officer' | 'observer' = 'officer',
	active = true
) => ({ member: id(name), role, active });

describe('who may read a personal list', () => {
	it('LD18 is the secretary and the organisation officer, and not the person twice', () => {
		const people = [line('a', '书记'), line('b', '组织委员'), line('c', '宣传委员')];
		const accounts = [account('a', 'secretary'), account('b'), account('c')];
		expect(readersFor(id('c'), people, accounts)).toEqual([
			{ id: 'a', office: 'secretary' },
			{ id: 'b', office: 'organiser' }
		]);
		expect(readersFor(id('b'), people, accounts)).toEqual([{ id: 'a', office: 'secretary' }]);
		expect(readersFor(id('a'), people, accounts)).toEqual([{ id: 'b', office: 'organiser' }]);
	});

	it('LD18 nobody becomes secretary by a line in the register', () => {
		const people = [line('a', '书记'), line('x', '书记')];
		const accounts = [account('a', 'secretary'), account('x')];
		expect(readersFor(id('c'), people, accounts)).toEqual([{ id: 'a', office: 'secretary' }]);
	});

	it('LD18 of several with a secretary’s rights those who hold the post, else all of them', () => {
		const accounts = [account('a', 'secretary'), account('b', 'secretary')];
		const held = [line('a', '书记'), line('b', '副书记')];
		expect(readersFor(id('c'), held, accounts).map((one) => one.id)).toEqual(['a']);
		expect(readersFor(id('c'), [], accounts).map((one) => one.id)).toEqual(['a', 'b']);
	});

	it('LD18 nobody without a device, or who has left', () => {
		const people = [line('b', '组织委员'), line('d', '组织委员')];
		expect(readersFor(id('c'), people, [account('b', 'officer', false)])).toEqual([]);
	});

	it('LD18 somebody who holds both offices once', () => {
		const people = [line('a', '书记', '组织委员')];
		expect(readersFor(id('c'), people, [account('a', 'secretary')])).toEqual([
			{ id: 'a', office: 'secretary' }
		]);
	});
});

it('LD18 after a change of office it is known who is missing and who should not be there', () => {
	const readers = readersFor(
		id('c'),
		[line('b', '组织委员')],
		[account('a', 'secretary'), account('b')]
	);
	expect(readersChange(id('c'), [id('c'), id('a'), id('x')], readers)).toEqual({
		missing: ['b'],
		former: ['x']
	});
	expect(readersChange(id('c'), [id('a'), id('b'), id('c')], readers)).toEqual({
		missing: [],
		former: []
	});
});
