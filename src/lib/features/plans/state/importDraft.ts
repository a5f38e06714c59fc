// The import under way in this tab: going to another page and back loses neither text nor answers.
// In memory only, and gone with the session: a notice must not lie on the disk unsealed.

import { Today } from '$lib/state/today.svelte.ts';
import { ImportFlow, type ImportSession } from './importFlow.svelte.ts';

const drafts = new WeakMap<ImportSession, ImportFlow>();

export function importDraft(session: ImportSession): ImportFlow {
	const known = drafts.get(session);
	if (known) return known;
	const today = new Today();
	const flow = new ImportFlow(session, () => today.date);
	drafts.set(session, flow);
	return flow;
}

/** The plan was made, or the person gave it up. */
export const forgetImport = (session: ImportSession): void => void drafts.delete(session);
