/** The multiplexed connection of one device: channel 0 for control, one channel a room. */
import { closeCodes, type CloseCode } from '../../src/lib/protocol/closeCodes.ts';
import {
	encodeControl,
	parseClientControl,
	type ClientControl,
	type Receipt,
	type RelayControl
} from '../../src/lib/protocol/control.ts';
import {
	CONTROL_CHANNEL,
	encodeFrame,
	parseFrame,
	type ChannelMessage
} from '../../src/lib/protocol/frames.ts';
import { errorName } from '../log.ts';
import { announce as announceTo, type WorkspaceSocket } from '../rooms/roomHub.ts';
import { createRoomChannel, type RoomChannel } from './roomChannel.ts';
import type { SocketContext } from './socketContext.ts';
import { createSocketLine, type SocketLine } from './socketLine.ts';

/** Flood tokens of the control messages that cost a question to the store or a signature check. */
const QUESTION_TOKENS = 5;
const MAX_REMEMBERED_CLOSED = 4096;

export function createMuxSocket(context: SocketContext): {
	socket: WorkspaceSocket;
	line: SocketLine;
} {
	const { hub, workspace, tuning, device, relayId } = context;
	const open = new Map<number, RoomChannel>();
	const closedAt = new Map<number, number>();
	const line = createSocketLine(
		{
			ws: context.ws,
			socket: context.socket,
			tuning,
			log: context.log,
			toFrames: (messages) => [encodeFrame(messages)]
		},
		{ onFrame, onEnd }
	);
	const { mayWrite } = context;
	const socket: WorkspaceSocket = {
		...{ device, mayWrite, announce },
		close: (code) => line.close(code),
		cut: (code) => line.cut(code)
	};

	function announce(payload: Uint8Array): void {
		line.queue({ channel: CONTROL_CHANNEL, payload });
	}

	const tell = (message: RelayControl) => announce(encodeControl(message));

	function onEnd(): void {
		for (const channel of open.values()) channel.leave();
		open.clear();
		context.onEnd();
	}

	function onFrame(frame: Uint8Array): void {
		const messages = parseFrame(frame);
		if (!messages) return line.close(closeCodes.malformedFrame);
		if (!line.charge(messages.length / tuning.messagesPerFrameToken)) return;
		for (const message of messages) {
			if (line.isClosed()) return;
			if (message.channel === CONTROL_CHANNEL) onControl(message.payload);
			else onRoomMessage(message);
		}
	}

	function onRoomMessage({ channel, payload }: ChannelMessage): void {
		const room = open.get(channel);
		if (room) room.receive(payload);
		else if (!wasClosedLately(channel)) line.close(closeCodes.unknownChannel);
	}

	function wasClosedLately(channel: number): boolean {
		const at = closedAt.get(channel);
		return at !== undefined && performance.now() - at < tuning.channelReuseMs;
	}

	function rememberClosed(channel: number): void {
		open.delete(channel);
		closedAt.delete(channel); // so that the map stays in the order of time
		closedAt.set(channel, performance.now());
		for (const old of closedAt.keys()) {
			if (wasClosedLately(old) && closedAt.size <= MAX_REMEMBERED_CLOSED) break;
			closedAt.delete(old);
		}
	}

	function onControl(payload: Uint8Array): void {
		const message = parseClientControl(payload);
		if (!message) return line.close(closeCodes.unknownControl);
		const isQuestion = message.type === 'since' || message.type === 'have';
		if (!line.charge((isQuestion ? QUESTION_TOKENS : 1) / tuning.controlsPerFrameToken)) return;
		handle(message);
	}

	function handle(message: ClientControl): void {
		switch (message.type) {
			case 'open':
				return openChannel(message.channel, message.room);
			case 'close':
				return closeChannel(message.channel);
			case 'since':
				return ask(answerSince(message.commit));
			case 'have':
				return ask(passOn(message.receipt));
			case 'ping':
				return tell({ type: 'pong' });
		}
	}

	/** A question to the store that fails ends the connection, and only that. */
	function ask(question: Promise<void>): void {
		question.catch((error: unknown) => {
			context.log('error', 'store-question-failed', { error: errorName(error) });
			line.close(closeCodes.storageFailed);
		});
	}

	function refuse(channel: number, code: CloseCode): void {
		tell({ type: 'refused', channel, code });
	}

	function openChannel(channel: number, roomName: string): void {
		if (open.has(channel)) return line.close(closeCodes.unknownControl);
		if (wasClosedLately(channel)) return refuse(channel, closeCodes.unknownChannel);
		if (open.size >= tuning.maxChannelsPerSocket) {
			refuse(channel, closeCodes.tooManyChannels);
			return rememberClosed(channel);
		}
		const room = createRoomChannel({
			room: hub.room(workspace, roomName),
			line,
			channel,
			tuning,
			mayWrite,
			echoesPresence: false,
			wants: () => true,
			onRefused(code) {
				rememberClosed(channel);
				refuse(channel, code);
			},
			onBanned: context.onBanned
		});
		open.set(channel, room);
		tell({ type: 'opened', channel });
		room.join();
	}

	function closeChannel(channel: number): void {
		const room = open.get(channel);
		if (!room && !wasClosedLately(channel)) return line.close(closeCodes.unknownChannel);
		room?.leave();
		if (room) rememberClosed(channel);
	}

	async function answerSince(commit: number): Promise<void> {
		const { commit: newest } = workspace;
		const rooms = await context.changedSince(commit);
		tell({ type: 'changed', commit: newest, rooms, since: commit });
	}

	async function passOn(receipt: Receipt): Promise<void> {
		if (await context.acceptReceipt(receipt))
			announceTo(workspace, { type: 'receipt', receipt }, socket);
	}

	tell({
		type: 'hello',
		relayId,
		commit: workspace.commit,
		rosterLength: workspace.rosterLength,
		receipts: context.receipts()
	});
	return { socket, line };
}
