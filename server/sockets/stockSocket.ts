/** A connection that carries one room as stock y-websocket clients speak it: a message a frame. */
import { messageType } from '../../src/lib/protocol/channelMessages.ts';
import type { WorkspaceSocket } from '../rooms/roomHub.ts';
import { createRoomChannel, type RoomChannel } from './roomChannel.ts';
import { createSocketLine, type SocketLine } from './socketLine.ts';
import type { SocketContext } from './socketContext.ts';

export function createStockSocket(
	context: SocketContext,
	roomName: string,
	wantsStored: boolean
): { socket: WorkspaceSocket; line: SocketLine } {
	const { hub, workspace, tuning, log, device, mayWrite } = context;
	const line = createSocketLine(
		{
			ws: context.ws,
			socket: context.socket,
			tuning,
			log,
			toFrames: (messages) => messages.map(({ payload }) => payload)
		},
		{
			onFrame: (frame) => channel.receive(frame),
			onEnd() {
				channel.leave();
				context.onEnd();
			}
		}
	);
	const channel: RoomChannel = createRoomChannel({
		room: hub.room(workspace, roomName),
		line,
		channel: 0,
		tuning,
		mayWrite,
		echoesPresence: true,
		wants: (message) => wantsStored || message[0] !== messageType.stored,
		onRefused: (code) => line.close(code),
		onBanned: context.onBanned
	});
	channel.join();
	const socket: WorkspaceSocket = {
		...{ device, mayWrite },
		announce() {},
		close: (code) => line.close(code),
		cut: (code) => line.cut(code)
	};
	return { line, socket };
}
