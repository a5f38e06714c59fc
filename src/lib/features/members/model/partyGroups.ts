/** The Party groups (党小组) are the names that stand in the register; a group is nothing more. */
import type * as Y from 'yjs';
import { editMember, listMembers } from './branch.ts';
import { oneLine, type Member } from './member.ts';

const numerals = '〇一二三四五六七八九十';
const order = new Intl.Collator('zh', { numeric: true });

/** 第二 comes before 第三 and 第十: as figures they sort right. */
const withFigures = (name: string): string =>
	name.replace(/[一二三四五六七八九十]/g, (char) => String(numerals.indexOf(char)));

export function partyGroups(members: readonly Member[]): string[] {
	const names = new Set(members.map(({ group }) => group).filter(Boolean));
	return [...names].sort((a, b) => order.compare(withFigures(a), withFigures(b)));
}

/** Onto the name of another group it makes one of the two. Those who left are renamed too. */
export function renameGroup(doc: Y.Doc, from: string, to: string): void {
	const name = oneLine(to);
	if (name === '' || name === from) return;
	doc.transact(() => {
		for (const { id, group } of listMembers(doc))
			if (group === from) editMember(doc, id, { group: name });
	});
}
