/** One open room of one connection: what a socket hands to the room as its peer. */
import type { CloseCode } from '../../src/lib/protocol/closeCodes.ts';
import type { Tuning } from '../relayOptions.ts';
import type { LiveRoom, RoomPeer } from '../rooms/liveRoom.ts';
import type { SocketLine } from './socketLine.ts';

export interface RoomChannel {
	join(): void;
	receive(payload: Uint8Array): void;
	leave(): void;
}

export interface RoomChannelOptions {
	readonly room: LiveRoom;
	readonly line: SocketLine;
	readonly channel: number;
	readonly tuning: Tuning;
	readonly mayWrite: boolean;
	readonly echoesPresence: boolean;
	/** False drops the relay's `stored` messages, which some stock clients complain of. */
	readonly wants: (message: Uint8Array) => boolean;
	readonly onRefused: (code: CloseCode) => void;
	readonly onBanned: () => void;
}

export function createRoomChannel(options: RoomChannelOptions): RoomChannel {
	const { room, line, channel, tuning, wants } = options;
	let isOpen = false;
	const send = (payload: Uint8Array) => {
		if (isOpen && wants(payload)) line.queue({ channel, payload });
	};

	const peer: RoomPeer = {
		mayWrite: options.mayWrite,
		echoesPresence: options.echoesPresence,
		isClosed: () => !isOpen,
		isFailed: () => line.isFailed(),
		send,
		sendPresence(payload) {
			if (line.heldBytes() < tuning.presenceLagBytes) send(payload);
		},
		refuse(code) {
			if (!isOpen) return;
			leave();
			options.onRefused(code);
		},
		fail: (code) => line.close(code),
		ban: options.onBanned,
		pending: (bytes) => line.pending(bytes)
	};

	function leave(): void {
		if (!isOpen) return;
		isOpen = false;
		room.leave(peer);
	}

	return {
		join() {
			isOpen = true;
			room.join(peer);
		},
		receive(payload) {
			if (isOpen) room.receive(peer, payload);
		},
		leave
	};
}
