import { describe, expect, it } from 'vitest';
import { encodeStep2, encodeStored, encodeUpdate } from '$lib/protocol/channelMessages.ts';
import { newRoomId } from '$lib/base/ids.ts';
import type { ChannelPort, MuxSocket } from './muxSocket.ts';
import { virtualSocketClass } from './virtualSocket.ts';

function open(mayWrite = true) {
	let port: ChannelPort | null = null;
	const sent: Uint8Array[] = [];
	const marks: number[] = [];
	const mux = {
		openChannel(_room: string, own: ChannelPort) {
			port = own;
			return { send: (payload: Uint8Array) => void sent.push(payload), close: () => {} };
		}
	} as unknown as MuxSocket;
	const source = {
		whenConnected: (callback: (mux: MuxSocket) => void) => (callback(mux), () => {})
	};
	const tracker = { mark: () => 5, stored: (mark: number) => void marks.push(mark) };
	const Socket = virtualSocketClass(newRoomId(), source, mayWrite, tracker);
	const socket = new Socket('mux://relay');
	port!.opened();
	return { socket, port: port!, sent, marks };
}

describe('a channel as a socket', () => {
	it('S5 takes a receipt for a key press, before the backlog went out, for that key press only', () => {
		const { socket, port, marks } = open();
		socket.send(encodeUpdate(new Uint8Array([1])));
		socket.send(encodeStep2(new Uint8Array([2])));
		port.message(encodeStored(1));
		port.message(encodeStored(2));
		expect(marks).toEqual([-1, 5]);
	});

	it('S8 sends no updates for an observer', () => {
		const { socket, sent } = open(false);
		socket.send(encodeUpdate(new Uint8Array([1])));
		expect(sent).toEqual([]);
	});
});
