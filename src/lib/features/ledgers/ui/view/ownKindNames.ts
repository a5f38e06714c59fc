import { m } from '$lib/paraglide/messages.js';
import type { OwnKind } from '../../model/ownColumns.ts';

const names: Readonly<Record<OwnKind, () => string>> = {
	text: m.views_kind_text,
	number: m.views_kind_number,
	date: m.views_kind_date,
	person: m.views_kind_person,
	choice: m.views_kind_choice,
	multi: m.views_kind_multi,
	check: m.views_kind_check,
	link: m.views_kind_link,
	files: m.views_kind_files
};

/** What a column of one's own holds, in words. */
export const ownKindName = (kind: OwnKind): string => names[kind]();
