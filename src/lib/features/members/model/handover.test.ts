import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemberId } from '$lib/base/ids.ts';
import { roles } from '$lib/protocol/roster/rosterRecord.ts';
import {
	choicesToText,
	handoverActs,
	nextSecretaries,
	parseChoices,
	type HandoverAct,
	type HandoverChoice
} from './handover.ts';

const role = fc.constantFrom(...roles);
const choice = fc.record({ stays: fc.boolean(), role, restricted: fc.boolean() });
const others = fc.array(fc.record({ role, restricted: fc.boolean(), choice: fc.option(choice) }), {
	maxLength: 6
});

interface Person {
	member: MemberId;
	role: (typeof roles)[number];
	restricted: boolean;
	active: boolean;
}

function branch(
	made: readonly { role: Person['role']; restricted: boolean; choice: HandoverChoice | null }[]
) {
	const people = made.map(({ role, restricted }, at): Person => ({
		member: `m${at}` as MemberId,
		role,
		restricted,
		active: true
	}));
	const choices = new Map(
		made.flatMap(({ choice }, at) => (choice ? [[`m${at}` as MemberId, choice] as const] : []))
	);
	return { people, choices, self: 'm0' as MemberId };
}

function perform(people: readonly Person[], act: HandoverAct): Person[] {
	return people.map((person) => {
		if (person.member !== act.member) return person;
		return act.kind === 'remove'
			? { ...person, active: false }
			: { ...person, role: act.role, restricted: act.restricted };
	});
}

describe('handoverActs', () => {
	it('leaves a secretary after every act, acts only by right, and ends as planned', () => {
		fc.assert(
			fc.property(fc.option(choice), others, (own, rest) => {
				const made = [{ role: 'secretary' as const, restricted: false, choice: own }, ...rest];
				const { people, choices, self } = branch(made);
				fc.pre(nextSecretaries(people, choices).length > 0);
				let now: readonly Person[] = people;
				for (const act of handoverActs(people, choices, self)) {
					const doer = now.find(({ member }) => member === self)!;
					const mayAct = doer.active && (doer.role === 'secretary' || act.member === self);
					expect(mayAct).toBe(true);
					now = perform(now, act);
					expect(now.some(({ active, role }) => active && role === 'secretary')).toBe(true);
				}
				expect(handoverActs(now, choices, self)).toEqual([]);
			})
		);
	});

	it('goes on where it was stopped: what is done is not done again', () => {
		fc.assert(
			fc.property(others, fc.nat(8), (rest, stop) => {
				const { people, choices, self } = branch([
					{ role: 'secretary', restricted: false, choice: null },
					...rest
				]);
				const acts = handoverActs(people, choices, self);
				const now = acts.slice(0, stop).reduce<Person[]>(perform, people);
				expect(handoverActs(now, choices, self)).toEqual(acts.slice(stop));
			})
		);
	});

	it('puts the new secretary first and whoever does it last', () => {
		const { people, choices, self } = branch([
			{
				role: 'secretary',
				restricted: false,
				choice: { stays: false, role: 'secretary', restricted: false }
			},
			{
				role: 'officer',
				restricted: false,
				choice: { stays: false, role: 'officer', restricted: false }
			},
			{
				role: 'officer',
				restricted: false,
				choice: { stays: true, role: 'officer', restricted: true }
			},
			{
				role: 'officer',
				restricted: false,
				choice: { stays: true, role: 'secretary', restricted: false }
			}
		]);
		expect(
			handoverActs(people, choices, self).map(({ kind, member }) => `${kind} ${member}`)
		).toEqual(['role m3', 'role m2', 'remove m1', 'remove m0']);
	});
});

describe('a plan kept in the browser', () => {
	it('comes back as it was, and bad text is no plan', () => {
		fc.assert(
			fc.property(others, (rest) => {
				const { choices } = branch(rest);
				expect(parseChoices(choicesToText(choices))).toEqual(choices);
			})
		);
		for (const text of [null, '', '{', '[1]', '[["m",{"stays":1}]]'])
			expect(parseChoices(text).size).toBe(0);
	});
});
