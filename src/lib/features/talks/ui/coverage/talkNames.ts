/** People as coverage shows them: two of one name are told apart, those who left say so. */
import type { Member, Members } from '$lib/features/members/index.ts';
import { m } from '$lib/paraglide/messages.js';
import { tellApart } from '$lib/ui/tellApart.ts';

export type NameOf = (id: string) => string;

const labelOf = (member: Member, detail: string | null): string => {
	const name = detail ? m.coverage_name_detail({ name: member.name, detail }) : member.name;
	return member.active ? name : m.coverage_person_left({ name });
};

export function talkNames({ all }: Pick<Members, 'all'>): NameOf {
	const active = all.filter((member) => member.active);
	const apart = tellApart(
		active.map(({ name, posts, group }) => ({ name, details: [...posts, group] }))
	);
	const details = new Map(active.map(({ id }, at) => [id, apart[at] ?? null]));
	const labels = new Map<string, string>(
		all.map((member) => [member.id, labelOf(member, details.get(member.id) ?? null)])
	);
	return (id) => labels.get(id) ?? m.coverage_person_unknown();
}
