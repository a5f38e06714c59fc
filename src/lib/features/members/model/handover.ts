/**
 * 换届: who stays and with which rights, as a plan; and the plan as acts in the one safe order. New
 * secretaries come first and whoever carries it out comes last, so that the branch has a secretary
 * after every single act and stopping in between locks nobody out.
 */
import * as z from 'zod/mini';
import type { MemberId } from '$lib/base/ids.ts';
import type { RosterPerson } from '$lib/core/roster/administration.ts';

type Role = RosterPerson['role'];

export interface HandoverChoice {
	readonly stays: boolean;
	readonly role: Role;
	readonly restricted: boolean;
}
/** Whoever has no entry stays as he is. */
export type HandoverChoices = ReadonlyMap<MemberId, HandoverChoice>;

export type HandoverAct =
	| {
			readonly kind: 'role';
			readonly member: MemberId;
			readonly role: Role;
			readonly restricted: boolean;
	  }
	| { readonly kind: 'remove'; readonly member: MemberId };

type Person = Pick<RosterPerson, 'member' | 'role' | 'restricted' | 'active'>;

export const choiceOf = (
	{ member, role, restricted }: Omit<Person, 'active'>,
	choices: HandoverChoices
): HandoverChoice => choices.get(member) ?? { stays: true, role, restricted };

export const actKey = (act: HandoverAct): string => `${act.kind} ${act.member}`;

function actOf(person: Person, choice: HandoverChoice): HandoverAct | null {
	const { member } = person;
	if (!choice.stays) return { kind: 'remove', member };
	const { role, restricted } = choice;
	const isSame = role === person.role && restricted === person.restricted;
	return isSame ? null : { kind: 'role', member, role, restricted };
}

function rankOf(act: HandoverAct, self: MemberId): number {
	if (act.member === self) return act.kind === 'role' ? 3 : 4;
	if (act.kind === 'remove') return 2;
	return act.role === 'secretary' ? 0 : 1;
}

/** What is left to do, in order. Empty when the roster is as planned. */
export function handoverActs(
	people: readonly Person[],
	choices: HandoverChoices,
	self: MemberId
): HandoverAct[] {
	return people
		.filter(({ active }) => active)
		.flatMap((person) => actOf(person, choiceOf(person, choices)) ?? [])
		.sort((a, b) => rankOf(a, self) - rankOf(b, self));
}

export const nextSecretaries = <T extends Person>(
	people: readonly T[],
	choices: HandoverChoices
): T[] =>
	people.filter((person) => {
		const { stays, role } = choiceOf(person, choices);
		return person.active && stays && role === 'secretary';
	});

const draft = z.array(
	z.tuple([
		z.string(),
		z.object({
			stays: z.boolean(),
			role: z.enum(['secretary', 'officer', 'observer']),
			restricted: z.boolean()
		})
	])
);

export const choicesToText = (choices: HandoverChoices): string => JSON.stringify([...choices]);

/** What this browser kept of a plan; nothing when that cannot be read. */
export function parseChoices(text: string | null): HandoverChoices {
	try {
		const parsed = draft.safeParse(JSON.parse(text ?? '[]'));
		return new Map(parsed.success ? (parsed.data as [MemberId, HandoverChoice][]) : []);
	} catch {
		return new Map();
	}
}
