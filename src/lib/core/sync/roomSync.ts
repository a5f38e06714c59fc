/** Keeps one log in step with the relay through y-websocket's provider on a virtual socket. */
import { WebsocketProvider } from 'y-websocket';
import { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { RoomId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { isPermanentClose } from '$lib/protocol/closeCodes.ts';
import { virtualSocketClass, type ChannelSource } from './virtualSocket.ts';

export interface RoomSyncState {
	/** Everything the relay had when the connection was made is here. */
	readonly synced: boolean;
	/** Everything in the log is durable on the relay. */
	readonly delivered: boolean;
	/** The relay's commit that covers what was delivered last; 0 before. */
	readonly commit: number;
	/** The relay's reason for closing this room for good, or null. */
	readonly refused: number | null;
}

export interface RoomSync {
	readonly state: Observable<RoomSyncState>;
	readonly awareness: Awareness;
	/** What was delivered may be gone again: the relay has lost its store. */
	forgetDelivery(): void;
	close(): void;
}

const RETRY_MS = 500;

export function createRoomSync(
	room: RoomId,
	log: Y.Doc,
	source: ChannelSource,
	unsent: boolean,
	/** An observer's relay takes no updates: what another tab passes on must not be sent. */
	mayWrite: boolean
): RoomSync {
	const state = createSource<RoomSyncState>({
		synced: false,
		delivered: !mayWrite || !unsent,
		commit: 0,
		refused: null
	});
	const update = (change: Partial<RoomSyncState>) => state.set({ ...state.current(), ...change });
	/** Counts the log's changes; what the relay has stored is a number below or equal to it. */
	let version = 0;
	const awareness = new Awareness(log);
	awareness.setLocalState(null);

	let provider: WebsocketProvider | null = null;
	const onLogUpdate = (_update: Uint8Array, origin: unknown) => {
		if (origin === provider) return;
		version += 1;
		if (mayWrite && state.current().delivered) update({ delivered: false });
	};
	// Before the provider listens: it marks what it sends with the version it finds.
	log.on('update', onLogUpdate);

	provider = new WebsocketProvider('mux://relay', room, log, {
		awareness,
		connect: false,
		disableBc: true, // tabs follow each other through the store
		maxBackoffTime: RETRY_MS,
		WebSocketPolyfill: virtualSocketClass(room, source, mayWrite, {
			mark: () => version,
			stored: (mark, commit) =>
				update({
					delivered: !mayWrite || mark >= version,
					commit: Math.max(commit, state.current().commit)
				})
		}),
		shouldReconnect: (event) => !isPermanentClose(event.code)
	});

	// Its watchdog counts on presence being echoed; the socket below has one of its own.
	clearInterval(provider._checkInterval as ReturnType<typeof setInterval>);
	provider.on('sync', (synced: boolean) => update({ synced }));
	provider.on('closed', ({ code }: { code: number }) => update({ refused: code }));
	provider.connect();

	return {
		state,
		awareness,
		forgetDelivery() {
			version += 1;
			update({ delivered: !mayWrite, commit: 0 });
		},
		close() {
			log.off('update', onLogUpdate);
			provider?.destroy();
			awareness.destroy();
		}
	};
}
