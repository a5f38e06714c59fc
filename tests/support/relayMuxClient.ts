/** A bare client of the multiplexed socket: says what it is told to and keeps what it hears. */
import { WebSocket, type ClientOptions } from 'ws';
import {
	encodeControl,
	parseRelayControl,
	type ClientControl,
	type RelayControl
} from '../../src/lib/protocol/control.ts';
import {
	parseChannelMessage,
	type ChannelContent
} from '../../src/lib/protocol/channelMessages.ts';
import { encodeFrame, parseFrame, type ChannelMessage } from '../../src/lib/protocol/frames.ts';

export type Heard =
	| { readonly channel: 0; readonly control: RelayControl }
	| { readonly channel: number; readonly content: ChannelContent };

type ControlOf<T extends RelayControl['type']> = Extract<RelayControl, { type: T }>;
type ContentOf<K extends ChannelContent['kind']> = Extract<ChannelContent, { kind: K }>;

export interface RelayMuxClient {
	readonly ws: WebSocket;
	/** Everything heard so far, and the number of frames it came in. */
	readonly heard: Heard[];
	frames(): number;
	/** Resolves with the close code. */
	readonly closed: Promise<number>;
	control(...messages: ClientControl[]): void;
	send(channel: number, ...payloads: Uint8Array[]): void;
	raw(frame: Uint8Array | string): void;
	/** The next control message of a type that was not taken yet. */
	nextControl<T extends RelayControl['type']>(type: T): Promise<ControlOf<T>>;
	next<K extends ChannelContent['kind']>(channel: number, kind: K): Promise<ContentOf<K>>;
	/** Resolves when the relay answers a ping: everything sent before was read. */
	settle(): Promise<void>;
	close(): Promise<number>;
}

function read({ channel, payload }: ChannelMessage): Heard {
	if (channel === 0) {
		const control = parseRelayControl(payload);
		if (!control) throw new Error('the relay sent control that does not parse');
		return { channel, control };
	}
	const content = parseChannelMessage(payload);
	if (!content) throw new Error('the relay sent a message that does not parse');
	return { channel, content };
}

export async function connectMux(
	url: string,
	protocols: string[] = [],
	options: ClientOptions = {}
): Promise<RelayMuxClient> {
	const ws = new WebSocket(url, protocols, options);
	const heard: Heard[] = [];
	const taken = new Set<Heard>();
	let frames = 0;
	let check: (() => void)[] = [];
	const closed = new Promise<number>((resolve) => ws.once('close', resolve));
	const wake = () => {
		const waiting = check;
		check = [];
		for (const again of waiting) again();
	};
	ws.on('message', (data: Buffer) => {
		frames += 1;
		heard.push(...(parseFrame(new Uint8Array(data)) ?? []).map(read));
		wake();
	});
	ws.on('close', wake);

	async function take<T>(pick: (message: Heard) => T | null, what: string): Promise<T> {
		for (;;) {
			for (const message of heard) {
				const found = taken.has(message) ? null : pick(message);
				if (found === null) continue;
				taken.add(message);
				return found;
			}
			if (ws.readyState === WebSocket.CLOSED) throw new Error(`closed before ${what}`);
			await new Promise<void>((resolve) => check.push(resolve));
		}
	}

	const raw = (frame: Uint8Array | string) => ws.send(frame);
	const send = (channel: number, ...payloads: Uint8Array[]) =>
		raw(encodeFrame(payloads.map((payload) => ({ channel, payload }))));
	const control = (...messages: ClientControl[]) => send(0, ...messages.map(encodeControl));
	const nextControl: RelayMuxClient['nextControl'] = (type) =>
		take(
			(message) =>
				'control' in message && message.control.type === type
					? (message.control as ControlOf<typeof type>)
					: null,
			type
		);

	await new Promise<void>((resolve, reject) => {
		ws.once('open', resolve);
		ws.once('error', reject);
	});
	ws.on('error', () => undefined); // the close code that follows says more
	return {
		...{ ws, heard, closed, raw, send, control, nextControl },
		frames: () => frames,
		next: (channel, kind) =>
			take(
				(message) =>
					'content' in message && message.channel === channel && message.content.kind === kind
						? (message.content as ContentOf<typeof kind>)
						: null,
				`${kind} on ${channel}`
			),
		async settle() {
			control({ type: 'ping' });
			await nextControl('pong');
		},
		close() {
			ws.close();
			return closed;
		}
	};
}
