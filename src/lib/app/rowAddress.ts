/** What of a ledger is in its address: the row that is open and the view it is seen through. */
import { goto } from '$app/navigation';

/** An open row is a step back away; going on to the next one is not one more. */
export function showRow(from: URL, id: string | null): void {
	const url = new URL(from);
	const replaceState = id === null || url.searchParams.has('row');
	if (id === null) url.searchParams.delete('row');
	else url.searchParams.set('row', id);
	void goto(url, { replaceState, noScroll: true, keepFocus: true });
}

export function showView(from: URL, id: string | null): void {
	const url = new URL(from);
	url.searchParams.delete('row');
	if (id === null) url.searchParams.delete('view');
	else url.searchParams.set('view', id);
	void goto(url, { noScroll: true, keepFocus: true });
}
