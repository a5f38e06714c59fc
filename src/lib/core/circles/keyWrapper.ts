/** Writes keys entries: for a new room, for who came, and with a new key where somebody went. */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import type { DeviceId, RandomBytes, RoomId, WorkspaceId } from '$lib/base/ids.ts';
import type { Roster, RosterCrypto } from '$lib/protocol/roster/roster.ts';
import { KEY_BYTES } from '../crypto/aead.ts';
import type { Signer } from '../crypto/signer.ts';
import { LOG_NAME } from '../rooms/room.ts';
import type { SyncedLogs } from '../sync/syncedLogs.ts';
import { whenTrue } from '../whenTrue.ts';
import { coversOf } from './circle.ts';
import { hashOf, sealKeysEntry, type KeysPayload } from './keysEntry.ts';
import type { Ring } from './ring.ts';
import type { RingReader } from './ringReader.ts';
import type { RoomRing } from './roomRing.ts';
import { signStatement, type Statement } from './statement.ts';

const STORE_WAIT_MS = 5_000;
const MAX_FORMER_KEYS = 2_000;

export interface KeyWrapperOptions {
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly signer: Signer;
	readonly crypto: RosterCrypto;
	readonly roster: () => Roster;
	readonly synced: SyncedLogs;
	readonly ring: Ring;
	readonly reader: RingReader;
	readonly random: RandomBytes;
}

export interface KeysChange {
	readonly rotate?: boolean;
	readonly statement?: Statement;
	readonly label?: KeysPayload['label'];
}

export interface KeyWrapper {
	/** The first keys entry of a room. */
	begin(statement: Statement, title: string): Promise<void>;
	/** One more: the same key, or with `rotate` the next, for the audience as it is now. */
	rewrap(room: RoomId, view: RoomRing, change: KeysChange): Promise<void>;
}

export function createKeyWrapper(options: KeyWrapperOptions): KeyWrapper {
	const { workspace, device, signer, crypto, roster, ring, reader } = options;
	const newKey = () => bytesToBase64Url(options.random(KEY_BYTES));

	/** The ring has it before the log: whoever dies in between writes it again. */
	async function append(room: RoomId, bytes: Uint8Array, payload: KeysPayload, length: number) {
		const hash = await hashOf(bytes, crypto);
		const keys = { hash, author: device, rosterLength: length, payload };
		const known = ring.get(room);
		const opened = [...(known?.opened ?? []), keys];
		await ring.put(room, { state: 'mine', seen: '', opened, closed: known?.closed ?? [] });
		const { stored, willChange, release } = await options.synced.acquire(room);
		try {
			await willChange();
			stored.log.getArray(LOG_NAME).push([bytes]);
			reader.noteAppended(room, hash);
			const isStored = () => stored.writes.current().pending === 0;
			await whenTrue([stored.writes], isStored, STORE_WAIT_MS);
		} finally {
			release();
		}
	}

	async function wrap(
		room: RoomId,
		statement: Statement,
		value: Omit<KeysPayload, 'v' | 'covers'>
	) {
		// For everybody, those who have it too: who cannot open an entry cannot know whom it covers.
		const known = roster();
		const covers = [...coversOf(known, statement).values()];
		const author = { device, signer, rosterLength: known.length };
		const bytes = await sealKeysEntry({ workspace, room }, author, value, covers);
		const names = covers.map(({ name }) => name);
		await append(room, bytes, { ...value, v: 1, covers: names }, known.length);
	}

	return {
		async begin(statement, title) {
			const signed = await signStatement(workspace, statement, signer);
			const label = { turn: 0, title, trashed: false };
			const value = { statement: signed, epoch: 1, key: newKey(), former: [], label };
			await wrap(statement.room as RoomId, statement, value);
		},
		async rewrap(room, view, { rotate, statement, label = view.label }) {
			const { epoch } = view.current;
			const own = { epoch, key: bytesToBase64Url(view.current.key.reveal()) };
			// Past every epoch somebody may have written under, one made by who has left included.
			const newest = Math.max(epoch, ...view.keys.keys());
			const next = rotate ? { epoch: newest + 1, key: newKey() } : own;
			const former = [...view.keys]
				.flatMap(([of, keys]) =>
					keys.map((key) => ({ epoch: of, key: bytesToBase64Url(key.reveal()) }))
				)
				.filter(({ epoch: of, key }) => of !== next.epoch || key !== next.key)
				.slice(0, MAX_FORMER_KEYS);
			const signed = statement ? await signStatement(workspace, statement, signer) : view.signed;
			const stated = statement ?? view.statement;
			await wrap(room, stated, { statement: signed, ...next, former, label });
		}
	};
}
