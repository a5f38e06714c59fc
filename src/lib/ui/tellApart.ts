/** People of the same name in one list: what to say beside each name so that they are not confused. */
import { m } from '$lib/paraglide/messages.js';

export interface Named {
	readonly name: string;
	/** What may tell them apart, the best first; empty words say nothing. */
	readonly details: readonly string[];
}

/** For each entry the first detail that none of the same name shares, else all it has; null where the name is enough. */
export function tellApart(entries: readonly Named[]): (string | null)[] {
	const byName = new Map<string, Named[]>();
	for (const entry of entries) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
	return entries.map((entry) => {
		const others = byName.get(entry.name)!.filter((other) => other !== entry);
		if (others.length === 0) return null;
		const words = entry.details.filter((detail) => detail !== '');
		const own = words.find((word) => others.every(({ details }) => !details.includes(word)));
		return own ?? (words.join(m.ui_list_separator()) || null);
	});
}
