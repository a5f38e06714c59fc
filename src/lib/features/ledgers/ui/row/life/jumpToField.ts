/** Leads from what is missing to where it is filled in, within the drawer. */
const reachable = 'textarea, select, input:not([tabindex="-1"]), button';

/** The field's control, or what is marked with `data-jump` to begin with. */
const controlIn = (place: HTMLElement): HTMLElement | null =>
	place.querySelector<HTMLElement>('[data-jump]') ?? place.querySelector<HTMLElement>(reachable);

/** False when the field is not shown here. `from` is any element of the drawer. */
export function jumpToField(from: HTMLElement, field: string): boolean {
	const drawer = from.closest('dialog') ?? document.body;
	const place = drawer.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
	if (place === null) return false;
	for (const section of drawer.querySelectorAll('details'))
		if (section.contains(place)) section.open = true;
	const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
	place.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
	controlIn(place)?.focus({ preventScroll: true });
	return true;
}
