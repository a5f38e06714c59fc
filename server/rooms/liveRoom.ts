/** One room while somebody has it open: its peers, its presence, and the way of each message. */
import { closeCodes, type CloseCode } from '../../src/lib/protocol/closeCodes.ts';
import {
	encodeAwareness,
	encodeStep1,
	encodeStep2,
	encodeStored,
	encodeUpdate,
	parseChannelMessage,
	type ChannelContent
} from '../../src/lib/protocol/channelMessages.ts';
import type { Tuning } from '../relayOptions.ts';
import type { DocSession, Outcome } from './docSession.ts';
import { createPresence } from './presence.ts';

/** One open channel, as its room sees it. */
export interface RoomPeer {
	readonly mayWrite: boolean;
	/** Stock y-websocket counts on hearing its own presence; the multiplexed socket does not. */
	readonly echoesPresence: boolean;
	isClosed(): boolean;
	/** Closed by the relay for something it sent: what else it sent is not worth decoding. */
	isFailed(): boolean;
	send(message: Uint8Array): void;
	/** Presence goes only to a peer that keeps up. */
	sendPresence(message: Uint8Array): void;
	/** Ends this channel. */
	refuse(code: CloseCode): void;
	/** Ends the whole connection. */
	fail(code: CloseCode): void;
	/** This peer's update hung the decoder: its device must not go on doing so elsewhere. */
	ban(): void;
	/** Counts bytes that wait to be decoded, so that reading can pause. */
	pending(bytes: number): void;
}

export interface LiveRoom {
	join(peer: RoomPeer): void;
	leave(peer: RoomPeer): void;
	receive(peer: RoomPeer, payload: Uint8Array): void;
	/** Frees what is not needed; true when the room can be forgotten. */
	sweep(): boolean;
}

const EMPTY_UPDATE_BYTES = 2;

export function createLiveRoom(session: DocSession, tuning: Tuning): LiveRoom {
	const peers = new Set<RoomPeer>();
	const presence = createPresence<RoomPeer>(tuning.maxPresenceClients);

	function sendPresence(message: Uint8Array, except: RoomPeer | null): void {
		for (const peer of peers) if (peer !== except) peer.sendPresence(message);
	}

	function refuse(peer: RoomPeer, outcome: Outcome & { kind: 'refused' }): void {
		const code = closeCodes[outcome.code];
		if (outcome.slow) peer.ban();
		if (outcome.code === 'roomTooLarge' || outcome.code === 'workspaceTooLarge') peer.refuse(code);
		else peer.fail(code);
	}

	function ask(peer: RoomPeer, request: Parameters<DocSession['submit']>[0]): void {
		const encode = request.op === 'vector' ? encodeStep1 : encodeStep2;
		session.submit(
			request,
			() => peer.isClosed(),
			(outcome) => {
				if (outcome.kind === 'bytes') peer.send(encode(outcome.bytes));
				else if (outcome.kind === 'refused') refuse(peer, outcome);
			}
		);
	}

	function store(peer: RoomPeer, update: Uint8Array): void {
		peer.pending(update.length);
		session.submit(
			{ op: 'apply', update },
			() => peer.isFailed(),
			(outcome) => {
				peer.pending(-update.length);
				if (outcome.kind === 'refused') return refuse(peer, outcome);
				if (outcome.kind === 'bytes' || outcome.kind === 'dropped') return;
				if (outcome.kind === 'committed') {
					const message = encodeUpdate(outcome.update);
					for (const other of peers) if (other !== peer) other.send(message);
				}
				peer.send(encodeStored(outcome.commit));
			}
		);
	}

	function takeUpdate(peer: RoomPeer, update: Uint8Array, step2: boolean): void {
		// y-websocket answers every step 1, so one who only reads sends an empty step 2 too.
		const isEmptyAnswer = step2 && update.length === EMPTY_UPDATE_BYTES;
		if (peer.mayWrite || isEmptyAnswer) store(peer, update);
		else peer.refuse(closeCodes.readOnly);
	}

	function takePresence(peer: RoomPeer, update: Uint8Array): void {
		if (update.length > tuning.maxPresenceBytes) return;
		const isNews = presence.take(peer, update);
		if (isNews === null) return peer.fail(closeCodes.malformedFrame);
		const message = encodeAwareness(update);
		if (isNews) sendPresence(message, peer);
		if (peer.echoesPresence) peer.sendPresence(message);
	}

	function tellPresence(peer: RoomPeer): void {
		const states = presence.states();
		if (states) peer.sendPresence(encodeAwareness(states));
	}

	function receive(peer: RoomPeer, content: ChannelContent): void {
		switch (content.kind) {
			case 'step1':
				return ask(peer, { op: 'diff', stateVector: content.stateVector.slice() });
			case 'update':
				return takeUpdate(peer, content.update, content.step2);
			case 'awareness':
				return takePresence(peer, content.update);
			case 'queryAwareness':
				return tellPresence(peer);
			case 'stored': // the relay's own word
				return peer.fail(closeCodes.malformedFrame);
		}
	}

	return {
		join(peer) {
			peers.add(peer);
			if (peer.mayWrite) ask(peer, { op: 'vector' });
			tellPresence(peer);
		},
		leave(peer) {
			peers.delete(peer);
			const gone = presence.leave(peer);
			if (gone) sendPresence(encodeAwareness(gone), null);
		},
		receive(peer, payload) {
			const content = parseChannelMessage(payload);
			if (content) receive(peer, content);
			else peer.fail(closeCodes.malformedFrame);
		},
		sweep() {
			const idleMs = peers.size > 0 ? tuning.docIdleMs : tuning.docLingerMs;
			return session.release(idleMs) && peers.size === 0;
		}
	};
}
