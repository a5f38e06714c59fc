// Who can be asked to do something, as the screens of this feature need it. The members feature
// supplies it.

import type { MemberId } from '$lib/base/ids.ts';

export interface Person {
	readonly id: MemberId;
	readonly name: string;
	readonly posts: readonly string[];
}
export interface People {
	readonly all: readonly Person[];
	nameOf(id: string): string;
}
