/** Whose talks they are: what each has held and has still to hold, and who could take what nobody has. */
import type { CoverageItem } from './coverage.ts';
import type { TalkPerson } from './talkPeople.ts';

export interface OpenTalk {
	readonly item: CoverageItem;
	readonly talker: string;
	/** Settled by people, or only proposed here. */
	readonly by: 'assigned' | 'proposed';
}

export interface TalkLoad {
	readonly talker: string;
	/** Credited to this talker: each item to one talker only. */
	readonly held: readonly CoverageItem[];
	readonly open: readonly OpenTalk[];
}

/** Whoever held the first talk that counts. */
function holderOf({ stubs, talkers }: CoverageItem): string | null {
	const [first] = stubs;
	if (first === undefined) return null;
	return talkers.includes(first.bId) && !talkers.includes(first.aId) ? first.bId : first.aId;
}

/** Of those who may talk with this person, the one who leads that person's Party group. */
function groupLeader(item: CoverageItem, byId: ReadonlyMap<string, TalkPerson>): string | null {
	const group = byId.get(item.people[0])?.group ?? '';
	if (group === '') return null;
	const leads = (id: string): boolean => {
		const person = byId.get(id);
		return person?.group === group && person.posts.includes('党小组长');
	};
	return item.talkers.find(leads) ?? null;
}

/** Whose business it is by the rule itself; null where any of several could do it. */
function naturalTalker(item: CoverageItem, byId: ReadonlyMap<string, TalkPerson>): string | null {
	const { rule, people, talkers } = item;
	if (rule.need === 'between') return people[0];
	if (rule.need === 'within') return null;
	return rule.of === rule.with ? people[0] : groupLeader({ ...item, talkers }, byId);
}

function leastLoaded(
	{ talkers, people }: CoverageItem,
	loadOf: (id: string) => number,
	byId: ReadonlyMap<string, TalkPerson>
): string {
	const least = Math.min(...talkers.map(loadOf));
	const free = talkers.filter((id) => loadOf(id) === least);
	const group = byId.get(people[0])?.group || null;
	return free.find((id) => byId.get(id)?.group === group) ?? free[0]!;
}

/** Whoever has most to do first; those who have nothing to do and held nothing are not listed. */
export function talkLoads(
	items: readonly CoverageItem[],
	members: readonly TalkPerson[]
): TalkLoad[] {
	const byId = new Map<string, TalkPerson>(members.map((member) => [member.id, member]));
	const held = new Map<string, CoverageItem[]>();
	const open = new Map<string, OpenTalk[]>();
	const add = <T>(map: Map<string, T[]>, id: string, value: T): void =>
		void map.set(id, [...(map.get(id) ?? []), value]);
	const loadOf = (id: string): number => (held.get(id)?.length ?? 0) + (open.get(id)?.length ?? 0);

	for (const item of items) {
		const holder = holderOf(item);
		if (holder !== null) add(held, holder, item);
	}
	const missing = items.filter(({ state }) => state === 'missing');
	for (const item of missing)
		if (item.assigned !== null)
			add(open, item.assigned, { item, talker: item.assigned, by: 'assigned' });
	for (const item of missing) {
		if (item.assigned !== null) continue;
		const talker = naturalTalker(item, byId) ?? leastLoaded(item, loadOf, byId);
		add(open, talker, { item, talker, by: 'proposed' });
	}
	const talkers = [
		...new Set([...members.map(({ id }) => id as string), ...held.keys(), ...open.keys()])
	];
	return talkers
		.filter((id) => loadOf(id) > 0)
		.map((talker) => ({ talker, held: held.get(talker) ?? [], open: open.get(talker) ?? [] }))
		.sort((a, b) => b.open.length - a.open.length);
}
