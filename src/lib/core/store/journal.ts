/**
 * The last few milliseconds of typing. Writing to IndexedDB takes a moment, and a tab can be killed
 * within it; localStorage takes a sealed copy of each change in the same turn and gives it up once
 * the change is stored. What is found here when a room is opened is what a killed tab left behind.
 */
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { newId, type RoomId, type WorkspaceId } from '$lib/base/ids.ts';
import { openBox, sealBox, type SecretKey } from '../crypto/aead.ts';
import type { EntryScope } from '../crypto/entry.ts';

/** As much of the browser's Storage as is needed. */
export type JournalStorage = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

export interface JournalKeys {
	current(): { readonly epoch: number; readonly key: SecretKey };
	keysOf(epoch: number): readonly SecretKey[];
}

export interface Journal {
	/** Gives the name under which the change is kept, or null when there is no room for it. */
	write(update: Uint8Array): string | null;
	/** What was left behind, oldest first. */
	left(): { readonly name: string; readonly update: Uint8Array }[];
	remove(names: readonly string[]): void;
}

const PREFIX = 'tongxin.journal.';

const namesIn = (storage: Pick<JournalStorage, 'length' | 'key'>) =>
	Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');

/** Rooms of which something was left behind. */
export function roomsInJournal(workspace: WorkspaceId, storage: JournalStorage): RoomId[] {
	const prefix = `${PREFIX}${workspace}.`;
	const names = namesIn(storage).filter((name) => name.startsWith(prefix));
	return [...new Set(names.map((name) => name.slice(prefix.length).split('.')[0] as RoomId))];
}

/** Lets go of all that was left of a room. */
export function dropJournal(
	{ workspace, room }: EntryScope,
	storage: Pick<JournalStorage, 'length' | 'key' | 'removeItem'>
): void {
	const prefix = `${PREFIX}${workspace}.${room}.`;
	const names = namesIn(storage).filter((name) => name.startsWith(prefix));
	for (const name of names) storage.removeItem(name);
}

/** A pasted block is stored as one change; too much for a store of a few megabytes. */
const MAX_UPDATE_BYTES = 64 * 1024;
const COUNT_DIGITS = 12;

export function createJournal(
	scope: EntryScope,
	keys: JournalKeys,
	storage: JournalStorage
): Journal {
	const prefix = `${PREFIX}${scope.workspace}.${scope.room}.`;
	const aad = utf8ToBytes(`tongxin.journal.1\n${scope.workspace}\n${scope.room}`);
	const tab = newId();
	let count = 0;

	function open(name: string): Uint8Array | null {
		const [epoch = '', sealed = ''] = (storage.getItem(name) ?? '').split('.');
		const box = base64UrlToBytes(sealed);
		if (!box) return null;
		for (const key of keys.keysOf(Number(epoch))) {
			const update = openBox(key, aad, box);
			if (update) return update;
		}
		return null;
	}

	return {
		write(update) {
			if (update.length > MAX_UPDATE_BYTES) return null;
			const name = `${prefix}${String(++count).padStart(COUNT_DIGITS, '0')}.${tab}`;
			const { epoch, key } = keys.current();
			try {
				storage.setItem(name, `${epoch}.${bytesToBase64Url(sealBox(key, aad, update))}`);
				return name;
			} catch {
				return null; // full: IndexedDB has it in a moment all the same
			}
		},
		left() {
			return namesIn(storage)
				.filter((name) => name.startsWith(prefix) && !name.endsWith(tab))
				.sort()
				.flatMap((name) => {
					const update = open(name);
					return update ? [{ name, update }] : [];
				});
		},
		remove: (names) => names.forEach((name) => storage.removeItem(name))
	};
}
