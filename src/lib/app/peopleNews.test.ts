import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceId, MemberId } from '$lib/base/ids.ts';
import type { PersonDevice, RosterPerson } from '$lib/core/roster/administration.ts';
import { roles } from '$lib/protocol/roster/rosterRecord.ts';
import { isOfAct, parseSeen, peopleNews, seeAct, seenToText, seePeople } from './peopleNews.ts';

const id = (text: string) => text as MemberId;

const device = (name: string, isThis = false): PersonDevice => ({
	device: name as DeviceId,
	isThis,
	label: `${name} · Edge`,
	joinedAtMs: 0,
	seenAtMs: null,
	online: false,
	madeKit: false
});

const person = (member: string, more: Partial<RosterPerson> = {}): RosterPerson => ({
	member: id(member),
	role: 'officer',
	restricted: false,
	name: member,
	post: '',
	devices: [device(`${member}1`)],
	active: true,
	invitedBy: null,
	...more
});

const left = { active: false, devices: [] };
const before = seePeople([person('a', { role: 'secretary' }), person('b'), person('c', left)]);
const newsOf = (...people: RosterPerson[]) => peopleNews(before, people);

describe('peopleNews', () => {
	it('is silent while nothing changes', () => {
		expect(newsOf(person('a', { role: 'secretary' }), person('b'), person('c', left))).toEqual([]);
	});

	it('tells who joined and by whose invitation', () => {
		expect(newsOf(person('d', { invitedBy: id('a') }))).toEqual([
			{ kind: 'joined', member: 'd', by: 'a' }
		]);
	});

	it('tells of the second device of somebody whose coming was not put away yet', () => {
		const devices = [device('d1'), device('d2')];
		expect(newsOf(person('d', { devices })).map(({ kind }) => kind)).toEqual(['joined', 'device']);
	});

	it('tells of a further device, but not of this one', () => {
		const phone = device('b2');
		expect(newsOf(person('b', { devices: [device('b1'), phone] }))).toEqual([
			{ kind: 'device', member: 'b', device: phone }
		]);
		expect(newsOf(person('b', { devices: [device('b1'), device('b2', true)] }))).toEqual([]);
	});

	it('tells who left, who is back, and who came and went in between', () => {
		expect(newsOf(person('b', left))).toEqual([{ kind: 'left', member: 'b' }]);
		expect(newsOf(person('c'))).toEqual([{ kind: 'joined', member: 'c', by: null }]);
		expect(newsOf(person('ghost', left)).map(({ kind }) => kind)).toEqual(['joined', 'left']);
	});

	it('tells of another role, and of the right to read what is restricted', () => {
		expect(newsOf(person('b', { role: 'secretary', restricted: true }))).toEqual([
			{ kind: 'role', member: 'b', role: 'secretary' }
		]);
		expect(newsOf(person('b', { restricted: true }))).toEqual([
			{ kind: 'restricted', member: 'b', restricted: true }
		]);
	});
});

describe('what somebody did himself', () => {
	const act = (kind: 'joined' | 'left' | 'role', member: string) => ({ kind, member: id(member) });
	const newsAfter = (kind: 'joined' | 'left' | 'role', now: RosterPerson) =>
		peopleNews(seeAct(before, act(kind, now.member), now), [now]).map((news) => news.kind);

	it('is no news to him', () => {
		expect(newsAfter('joined', person('d'))).toEqual([]);
		expect(newsAfter('left', person('b', left))).toEqual([]);
		expect(newsAfter('left', person('ghost', left))).toEqual([]);
		expect(newsAfter('role', person('b', { role: 'observer', restricted: true }))).toEqual([]);
	});

	it('leaves what else there is of the same person', () => {
		const devices = [device('b1'), device('b2')];
		expect(newsAfter('role', person('b', { role: 'observer', devices }))).toEqual(['device']);
		expect(newsAfter('role', person('d', { role: 'observer' }))).toEqual(['joined']);
	});

	it('hides news of that person and act only', () => {
		const [news] = newsOf(person('b', { role: 'observer' }));
		expect(isOfAct(news!, act('role', 'b'))).toBe(true);
		expect(isOfAct(news!, act('role', 'a'))).toBe(false);
		expect(isOfAct(news!, act('left', 'b'))).toBe(false);
	});
});

describe('what was seen', () => {
	it('is kept as text that names nobody, and read back so that nothing is news', () => {
		const people = fc.array(
			fc.record({
				member: fc.string({ minLength: 1 }),
				role: fc.constantFrom(...roles),
				restricted: fc.boolean(),
				active: fc.boolean()
			})
		);
		fc.assert(
			fc.property(people, (given) => {
				const all = [...new Map(given.map((one) => [one.member, one])).values()].map((one) =>
					person(one.member, { ...one, member: id(one.member), name: '周敬宁' })
				);
				const text = seenToText(seePeople(all));
				expect(text).not.toContain('周敬宁');
				expect(peopleNews(parseSeen(text)!, all)).toEqual([]);
			})
		);
	});

	it('is nothing when it cannot be read', () => {
		expect([null, '', '{', '[{"member":1}]', '"x"'].map(parseSeen)).toEqual(Array(5).fill(null));
	});
});
