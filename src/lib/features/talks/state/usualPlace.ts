/** Where this person talked last, on this device: most talks are held in the same room. */
import { m } from '$lib/paraglide/messages.js';

const key = (self: string): string => `tongxin.talkPlace.${self}`;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** Before there was one: the office of the post, as 书记办公室. */
export function usualPlace(self: string, posts: readonly string[], storage: Storage): string {
	const last = storage.getItem(key(self));
	if (last !== null) return last;
	const post = posts[0];
	return post === undefined ? '' : m.talks_place_of_post({ post });
}

/** A full disk does not keep anybody from a talk. */
export function keepPlace(self: string, place: string, storage: Storage): void {
	try {
		storage.setItem(key(self), place);
	} catch {
		// it is asked for again next time
	}
}
