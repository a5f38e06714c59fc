/** The views of a ledger as lines of a menu. Two may have one name: a line is known by its words. */
import { m } from '$lib/paraglide/messages.js';
import type { MenuItem } from '$lib/ui/Menu.svelte';
import type { LedgerViews } from '../../state/LedgerViews.svelte.ts';
import { builtInName } from './viewNames.ts';

interface Line {
	readonly id: string | null;
	readonly name: string;
	readonly divided?: boolean;
}

function linesOf(views: LedgerViews): Line[] {
	return [
		{ id: null, name: m.views_all() },
		...views.builtIn.map((id) => ({ id, name: builtInName(id) })),
		...views.shared.map(({ id, name }, index) => ({
			id,
			name: m.views_shared({ name }),
			divided: index === 0
		})),
		...views.own.map(({ id, name }, index) => ({
			id,
			name: m.views_own({ name }),
			divided: index === 0
		}))
	];
}

/** One name a line: the second of the same gets a number. */
function toldApart(lines: readonly Line[]): Line[] {
	const times = new Map<string, number>();
	return lines.map((line) => {
		const time = (times.get(line.name) ?? 0) + 1;
		times.set(line.name, time);
		return time === 1 ? line : { ...line, name: `${line.name} ${time}` };
	});
}

export const viewMenuItems = (
	views: LedgerViews,
	onopen: (id: string | null) => void
): MenuItem[] =>
	toldApart(linesOf(views)).map(({ id, name, ...look }) => ({
		...look,
		label: name,
		checked: id === views.current.id,
		run: () => onopen(id)
	}));
