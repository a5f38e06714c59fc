/**
 * The connection of one workspace to its relay: exchanges the roster, proves the device, keeps one
 * multiplexed socket and comes back by itself. It knows nothing of rooms but their channels.
 */
import { createToken, protocolName, tokenProtocolPrefix } from '$lib/protocol/token.ts';
import { relayPaths } from '$lib/protocol/http.ts';
import type { RelayControl } from '$lib/protocol/control.ts';
import { closeCodes, isPermanentClose } from '$lib/protocol/closeCodes.ts';
import { isActive } from '$lib/protocol/roster/roster.ts';
import type { Clock } from '$lib/base/clock.ts';
import type { DeviceId, WorkspaceId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { Signer } from '../crypto/signer.ts';
import type { RosterKeeper } from '../roster/rosterKeeper.ts';
import type { Connection } from '../workspaceSession.ts';
import { createMuxSocket, type MuxSocket } from './muxSocket.ts';
import { createRelayApi, type RelayFault } from './relayApi.ts';
import { createRosterExchange, type RosterAlarm } from './rosterExchange.ts';
import type { ChannelSource } from './virtualSocket.ts';

export type Hello = Extract<RelayControl, { type: 'hello' }>;

export interface RelayLinkOptions {
	readonly origin: string;
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly signer: Signer;
	readonly keeper: RosterKeeper;
	readonly clock: Clock;
	readonly WebSocket: typeof WebSocket;
	readonly fetch: typeof globalThis.fetch;
	/** The relay this device was last connected to. */
	readonly lastRelayId: () => string | null;
	/** At once, before a channel opens, whether or not anybody listens. */
	readonly onMeet: (hello: Hello) => void;
}

export interface RelayListener {
	hello(hello: Hello): void;
	control(message: RelayControl): void;
}

export interface RelayLink extends ChannelSource {
	readonly connection: Observable<Connection>;
	readonly alarm: Observable<RosterAlarm | null>;
	/** A colleague's entry was written by somebody who knew a chain of this length. */
	heardOfRoster(length: number, author: DeviceId): void;
	/** A colleague's device knows this chain; it is to be the same as this one's. */
	compareRoster(chain: { readonly length: number; readonly head: string }, author: DeviceId): void;
	/** From here on, and at once what this connection has said so far. */
	listen(listener: RelayListener): void;
	/** The socket of the moment, or null. */
	mux(): MuxSocket | null;
	/** The relay's time in milliseconds, as far as this device knows it. */
	now(): number;
	/** A fresh proof of this device, for a request beside the socket. */
	token(): Promise<string>;
	/** Tries at once: the network is back, or the page is in front again. */
	nudge(): void;
	/** Lets go of a socket that the browser says has no network under it. */
	drop(): void;
	/** Reads the relay's chain and sends it what it lacks. */
	exchangeRoster(): Promise<RelayFault | null>;
	close(): void;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 10_000;
/** A connection that lasted this long was a good one; a short one counts as a failure. */
const CALM_MS = 15_000;
const REFUSED_RETRY_MS = 60_000;

export function createRelayLink(options: RelayLinkOptions): RelayLink {
	const { origin, workspace, device, signer, keeper, clock } = options;
	const api = createRelayApi(origin, options.fetch);
	const connection = createSource<Connection>('offline');
	const waiting = new Set<(mux: MuxSocket) => void>();
	let listener: RelayListener | null = null;
	/** Said on this connection before anybody listened. */
	let early: RelayControl[] = [];
	let mux: MuxSocket | null = null;
	let relayId = '';
	let clockOffsetMs = 0;
	let failures = 0;
	let calm: ReturnType<typeof setTimeout> | undefined;
	let timer: ReturnType<typeof setTimeout> | null = null;
	let attempt = 0;
	let closed = false;

	const token = () =>
		createToken(
			`device:${device}`,
			new URL(origin).host,
			workspace,
			clock.now() + clockOffsetMs,
			signer.sign
		);

	const chain = createRosterExchange({
		...{ api, workspace, device, keeper, token },
		isSameStore: () => relayId !== '' && relayId === options.lastRelayId()
	});

	const isIn = () => {
		const own = keeper.roster.current().devices.get(device);
		return own !== undefined && isActive(own);
	};

	/** The relay's clock counts at its door; a phone's may be days off. */
	async function prepare(): Promise<RelayFault | null> {
		const asked = clock.now();
		const info = await api.info();
		if (!info.ok) return info.error;
		relayId = info.value.relayId;
		clockOffsetMs = info.value.now - (asked + clock.now()) / 2;
		return chain.exchange();
	}

	function later(fault: RelayFault | 'closed', code = 0) {
		if (closed) return;
		clearTimeout(calm);
		const refused = fault === 'not-admitted' || isPermanentClose(code);
		connection.set(refused ? 'refused' : 'offline');
		const backoff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++);
		// Half fixed, half random: a relay that restarts is not met by everybody at once.
		const wait = refused ? REFUSED_RETRY_MS : backoff * (0.5 + Math.random() / 2);
		if (timer) clearTimeout(timer);
		timer = setTimeout(() => void connect(), wait);
	}

	/** Channels need no listener: a session may wait for a room while it is put together. */
	function tell(message: RelayControl) {
		if (!listener) early.push(message);
		else if (message.type === 'hello') listener.hello(message);
		else listener.control(message);
	}

	function onControl(message: RelayControl) {
		if (message.type === 'hello') {
			calm = setTimeout(() => (failures = 0), CALM_MS);
			connection.set('online');
			options.onMeet(message);
			tell(message);
			const callbacks = [...waiting];
			waiting.clear();
			for (const callback of callbacks) if (mux) callback(mux);
			return;
		}
		if (message.type === 'roster') chain.exchange().catch(() => undefined);
		tell(message);
	}

	async function connect() {
		const mine = ++attempt;
		try {
			await dial(mine);
		} catch {
			// the store or the browser refused
			if (mine === attempt) later('unreachable');
		}
	}

	async function dial(mine: number) {
		if (timer) clearTimeout(timer);
		timer = null;
		connection.set('connecting');
		const fault = await prepare();
		if (closed || mine !== attempt) return;
		if (fault) return later(fault);
		if (!isIn()) return later('not-admitted');
		const url = `${origin.replace(/^http/, 'ws')}${relayPaths.sync(workspace)}`;
		const proof = await token();
		if (closed || mine !== attempt) return;
		const socket = new options.WebSocket(url, [protocolName, tokenProtocolPrefix + proof]);
		mux = createMuxSocket(socket, {
			control: onControl,
			closed(code) {
				if (mine !== attempt) return;
				mux = null;
				early = [];
				later('closed', code);
				// Taken out: the record that says so is shown to this device, and is the last it gets.
				if (code === closeCodes.notAuthorised) chain.exchange().catch(() => undefined);
			}
		});
	}

	void connect();

	return {
		connection,
		alarm: chain.alarm,
		heardOfRoster: chain.heardOf,
		compareRoster: chain.compare,
		listen(next) {
			listener = next;
			early.splice(0).forEach(tell);
		},
		mux: () => (connection.current() === 'online' ? mux : null),
		whenConnected(callback) {
			if (mux && connection.current() === 'online') {
				callback(mux);
				return () => {};
			}
			waiting.add(callback);
			return () => waiting.delete(callback);
		},
		nudge() {
			if (closed || connection.current() === 'online' || connection.current() === 'connecting')
				return;
			failures = 0;
			void connect();
		},
		drop: () => mux?.close(),
		now: () => clock.now() + clockOffsetMs,
		token,
		exchangeRoster: chain.exchange,
		close() {
			closed = true;
			clearTimeout(calm);
			attempt += 1;
			if (timer) clearTimeout(timer);
			mux?.close();
			mux = null;
			connection.set('offline');
		}
	};
}
