// Who can be asked to do something, as the screens of this feature need it. The members feature
// supplies it.

import type { MemberId } from '$lib/base/ids.ts';

export interface Person {
	readonly id: MemberId;
	readonly name: string;
	readonly posts: readonly string[];
	/** Of the Party group; empty for none. */
	readonly group: string;
}
export interface People {
	/** Without those who left: whom something can be given to. */
	readonly activeMembers: readonly Person[];
	/** Also of those who left; empty for somebody who is not known here yet. */
	nameOf(id: string): string;
}
