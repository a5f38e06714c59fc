/** Who may read a personal list, by name and by the office that lets them. */
import { m } from '$lib/paraglide/messages.js';
import type { People } from '../../model/people.ts';
import { personName } from '../../state/ledgerWords.ts';

const offices = ['书记', '组织委员'];

/** 梁晓芸（组织委员）; by name alone for somebody without a post. */
export function nameWithOffice(people: People, id: string): string {
	const name = personName(people, id);
	const held = people.activeMembers.find((person) => person.id === id)?.posts ?? [];
	const office = held.find((post) => offices.includes(post)) ?? held[0];
	return office === undefined ? name : m.personal_named({ name, office });
}

export const joinedNames = (names: readonly string[]): string => names.join(m.sheets_join());

export const readerNames = (people: People, ids: readonly string[]): string =>
	joinedNames(ids.map((id) => nameWithOffice(people, id)));
