/** The personal lists there are to open, by whose they are. */
import { localYmd } from '$lib/base/typedDate.ts';
import type { WorkspaceDocument } from '$lib/core/workspaceSession.ts';
import { m } from '$lib/paraglide/messages.js';
import type { MenuItem } from '$lib/ui/menuItem.ts';
import type { People } from '../../model/people.ts';
import { personName } from '../../state/ledgerWords.ts';
import type { PersonalLists } from '../../state/personal/personalLists.ts';

/** Somebody may have two, made on two devices at once: they are told apart by the day. */
export function listName(
	{ own, others }: PersonalLists,
	entry: WorkspaceDocument,
	people: People
): string {
	const isOwn = own.includes(entry);
	const all = isOwn ? own : others.filter(({ maker }) => maker === entry.maker);
	const name = personName(people, entry.maker ?? '');
	const date = localYmd(Date.parse(entry.createdAt) || 0);
	if (all.length === 1) return isOwn ? m.personal_mine() : m.personal_of({ name });
	return isOwn ? m.personal_mine_made({ date }) : m.personal_of_made({ name, date });
}

/** One's own first, also where there is none yet. `room`: the one that is open. */
export function listMenu(
	lists: PersonalLists,
	room: string | null,
	people: People,
	onchoose: (room: string | null) => void
): MenuItem[] {
	const { own, others } = lists;
	const item = (entry: WorkspaceDocument, address: string | null): MenuItem => ({
		label: listName(lists, entry, people),
		checked: entry.room === room,
		run: () => onchoose(address)
	});
	const none = { label: m.personal_mine(), checked: room === null, run: () => onchoose(null) };
	return [
		...(own.length === 0
			? [none]
			: own.map((entry, at) => item(entry, at === 0 ? null : entry.room))),
		...others.map((entry, at) => ({ ...item(entry, entry.room), divided: at === 0 }))
	];
}
