import { describe, expect, it } from 'vitest';
import type { MemberId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import { err, ok } from '$lib/base/result.ts';
import type { AdministrationFault, RosterPerson } from '$lib/core/roster/administration.ts';
import type { Role } from '$lib/protocol/roster/rosterRecord.ts';
import { Handover } from './Handover.svelte.ts';

const id = (text: string) => text as MemberId;

function person(member: string, role: Role): RosterPerson {
	return {
		member: id(member),
		role,
		restricted: false,
		name: member,
		post: '',
		devices: [],
		active: true,
		invitedBy: null
	};
}

/** A roster that does what it is told, unless it is told to fail. */
function branch() {
	const people = createSource<readonly RosterPerson[]>([
		person('old', 'secretary'),
		person('new', 'officer'),
		person('gone', 'officer')
	]);
	const log: string[] = [];
	let failing: AdministrationFault | null = null;
	const change = (member: MemberId, part: Partial<RosterPerson>, entry: string) => {
		if (failing) return Promise.resolve(err(failing));
		log.push(entry);
		const changed = people
			.current()
			.map((each) => (each.member === member ? { ...each, ...part } : each));
		people.set(changed);
		return Promise.resolve(ok(undefined));
	};
	let kept: string | null = null;
	return {
		people,
		log,
		fail: (fault: AdministrationFault | null) => (failing = fault),
		administration: {
			people,
			setRole: (member: MemberId, role: Role, restricted: boolean) =>
				change(member, { role, restricted }, `${member} ${role}`),
			removeMember: (member: MemberId) => change(member, { active: false }, `${member} out`)
		},
		stored: { read: () => kept, write: (value: string | null) => void (kept = value) },
		items: {
			itemsOf: async () => [],
			reassign: async (items: readonly string[], from: MemberId, to: MemberId | null) =>
				void log.push(`${items.join()} ${from} → ${to}`)
		}
	};
}

function planned(made: ReturnType<typeof branch>): Handover {
	const handover = new Handover(made.administration, id('old'), made.stored);
	const [old, next, gone] = handover.people;
	handover.choose(next!, { role: 'secretary' });
	handover.choose(old!, { role: 'officer' });
	handover.choose(gone!, { stays: false });
	return handover;
}

describe('Handover', () => {
	it('hands on the items, then the office, then lets people go, itself last', async () => {
		const made = branch();
		const handover = planned(made);
		handover.setReassignment(id('gone'), new Map([['task', id('new')]]));
		await handover.run(made.items);
		expect(made.log).toEqual(['task gone → new', 'new secretary', 'gone out', 'old officer']);
		expect(handover.state).toEqual({ kind: 'done' });
	});

	it('says that it is done also where the page was opened anew by it, and only once', async () => {
		const made = branch();
		await planned(made).run(made.items);
		const open = () => new Handover(made.administration, id('old'), made.stored).state.kind;
		expect([open(), open()]).toEqual(['done', 'planning']);
	});

	it('begins anew once that was seen', async () => {
		const made = branch();
		const handover = planned(made);
		await handover.run(made.items);
		handover.forget();
		expect(made.stored.read()).toBeNull();
	});

	it('says where it stopped, and goes on from there, also after a reload', async () => {
		const made = branch();
		const handover = planned(made);
		made.fail('offline');
		await handover.run(made.items);
		expect(handover.state).toMatchObject({
			kind: 'stopped',
			act: { kind: 'role', member: 'new' },
			fault: 'offline'
		});
		made.fail(null);
		const again = new Handover(made.administration, id('old'), made.stored);
		expect(again.acts).toHaveLength(3);
		await again.run(undefined);
		expect(made.log).toEqual(['new secretary', 'gone out', 'old officer']);
		expect(again.done).toHaveLength(3);
	});

	it('does nothing at all while no secretary would remain', async () => {
		const made = branch();
		const handover = new Handover(made.administration, id('old'), made.stored);
		handover.choose(handover.people[0]!, { role: 'officer' });
		await handover.run(made.items);
		expect(handover.secretaries).toEqual([]);
		expect(made.log).toEqual([]);
		expect(handover.state).toEqual({ kind: 'planning' });
	});

	it('stops when items cannot be handed on, before anybody loses a right', async () => {
		const made = branch();
		const handover = planned(made);
		handover.setReassignment(id('gone'), new Map([['task', null]]));
		await handover.run({ ...made.items, reassign: () => Promise.reject(new Error('no')) });
		expect(handover.state).toEqual({ kind: 'stopped', act: 'reassign', fault: 'failed' });
		expect(made.log).toEqual([]);
	});
});
