/**
 * The relay's numbering of commits as this device has seen it. Another relay, or a smaller number
 * from the same one, means that the relay has lost what this device took for delivered.
 */
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { Cursor } from '../store/roomLogs.ts';

export interface Numbering {
	/** The relay of the last time and the newest commit it has named; null before the first. */
	current(): { readonly relayId: string; readonly commit: number } | null;
	/** What a relay says first. */
	meet(hello: Numbered): void;
	/** It has named a commit since. */
	heard(commit: number): void;
	/** Changes whenever a relay turns out to have lost its store. */
	readonly lost: Observable<number>;
}

type Numbered = Pick<Cursor, 'relayId' | 'commit'>;

/** A row of an older version says only how far the device has caught up. */
export const newestSeen = ({ commit, seen = commit }: Cursor): number => Math.max(commit, seen);

export const isSameStore = (known: Cursor, hello: Numbered): boolean =>
	known.relayId === hello.relayId && newestSeen(known) <= hello.commit;

export function createNumbering(stored: Cursor | null): Numbering {
	let current = stored && { relayId: stored.relayId, commit: newestSeen(stored) };
	const lost = createSource(0);
	return {
		lost,
		current: () => current,
		meet({ relayId, commit }) {
			const isLost = current !== null && !isSameStore(current, { relayId, commit });
			current = { relayId, commit };
			if (isLost) lost.set(lost.current() + 1);
		},
		heard(commit) {
			if (current) current = { ...current, commit: Math.max(commit, current.commit) };
		}
	};
}
