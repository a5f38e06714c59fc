/**
 * The connection of one workspace to its relay: exchanges the roster, proves the device, keeps one
 * multiplexed socket and comes back by itself. It knows nothing of rooms but their channels.
 */
import { createToken, protocolName, tokenProtocolPrefix } from '$lib/protocol/token.ts';
import { relayPaths } from '$lib/protocol/http.ts';
import type { RelayControl } from '$lib/protocol/control.ts';
import { closeCodes, isPermanentClose } from '$lib/protocol/closeCodes.ts';
import { limits } from '$lib/protocol/limits.ts';
import { isActive, type Roster } from '$lib/protocol/roster/roster.ts';
import { rosterParts } from '$lib/protocol/roster/rosterParts.ts';
import type { Clock } from '$lib/base/clock.ts';
import type { DeviceId, WorkspaceId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { err } from '$lib/base/result.ts';
import type { Signer } from '../crypto/signer.ts';
import type { RosterKeeper } from '../roster/rosterKeeper.ts';
import type { Connection } from '../workspaceSession.ts';
import { createMuxSocket, type MuxSocket } from './muxSocket.ts';
import { createRelayApi, type RelayFault } from './relayApi.ts';
import type { ChannelSource } from './virtualSocket.ts';

export type Hello = Extract<RelayControl, { type: 'hello' }>;

/**
 * What is wrong with the chain the relay shows. `forged`: a record that does not hold. `forked`:
 * another chain than this device has seen. `behind`: an older one, from a relay that had the newer.
 * `hidden`: colleagues' entries speak of records that the relay does not show.
 */
export type RosterAlarm = 'forged' | 'forked' | 'behind' | 'hidden';

export interface RelayLinkOptions {
	readonly origin: string;
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly signer: Signer;
	readonly keeper: RosterKeeper;
	readonly clock: Clock;
	readonly WebSocket: typeof WebSocket;
	readonly fetch: typeof globalThis.fetch;
	/** The relay this device was last in step with. */
	readonly lastRelayId: () => string | null;
	readonly onHello: (hello: Hello) => void;
	readonly onControl: (message: RelayControl) => void;
}

export interface RelayLink extends ChannelSource {
	readonly connection: Observable<Connection>;
	readonly alarm: Observable<RosterAlarm | null>;
	/** A colleague's entry was written by somebody who knew a chain of this length. */
	heardOfRoster(length: number, author: DeviceId): void;
	/** A colleague's device knows this chain; it is to be the same as this one's. */
	compareRoster(chain: { readonly length: number; readonly head: string }, author: DeviceId): void;
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
	let mux: MuxSocket | null = null;
	const alarm = createSource<RosterAlarm | null>(null);
	/** How long a roster each colleague's device says it knows. */
	const heard = new Map<DeviceId, number>();
	let hasForked = false;
	let relayId = '';
	let clockOffsetMs = 0;
	/** Founded here and perhaps never seen by the relay: asking for its roster first would only fail. */
	let isNew = keeper.roster.current().devices.size === 1;
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

	const isIn = () => {
		const own = keeper.roster.current().devices.get(device);
		return own !== undefined && isActive(own);
	};

	/** A relay that does not know the device may have lost its store, or part of its chain. */
	async function restoreRoster(): Promise<RelayFault | null> {
		for (const { from, records } of rosterParts(keeper.records(0), keeper.roster.current())) {
			const sent = await api.appendRoster(workspace, from, records, await token());
			if (!sent.ok) return sent.error;
			if (sent.value.status !== 'ok') return 'not-admitted';
		}
		return null;
	}

	async function readRoster(from: number) {
		const read = await api.readRoster(workspace, from, await token());
		if (read.ok || (read.error !== 'not-admitted' && read.error !== 'unknown-workspace'))
			return read;
		const restored = await restoreRoster();
		return restored ? err(restored) : api.readRoster(workspace, from, await token());
	}

	/** One colleague alone could say anything; in a branch of two there is only one. */
	function isHidden({ devices, length }: Roster): boolean {
		const own = devices.get(device)?.member;
		const others = new Set([...devices.values()].filter(isActive).map(({ member }) => member));
		if (own) others.delete(own);
		const ahead = [...heard].filter(([, known]) => known > length);
		const members = new Set(ahead.map(([id]) => devices.get(id)?.member));
		return members.size > 0 && members.size >= Math.min(2, others.size);
	}

	let running: Promise<RelayFault | null> | null = null;
	let queued: Promise<RelayFault | null> | null = null;

	function start(): Promise<RelayFault | null> {
		queued = null;
		running = exchangeOnce().finally(() => (running = null));
		return running;
	}

	/** One at a time; what is asked meanwhile is answered by one more. */
	function exchangeRoster(): Promise<RelayFault | null> {
		if (!running) return start();
		queued ??= running.then(start, start);
		return queued;
	}

	async function exchangeOnce(): Promise<RelayFault | null> {
		const unposted = isNew && (await restoreRoster());
		if (unposted) return unposted;
		isNew = false;
		const { length } = keeper.roster.current();
		// The last one known is read again: a chain that differs in it is another chain.
		const from = length - 1;
		const read = await readRoster(from);
		if (!read.ok) return read.error;
		if (read.value.length < length) {
			// An emptied relay is filled again; one that had it all and shows less is to be talked about.
			const isSameStore = relayId !== '' && relayId === options.lastRelayId();
			if (isSameStore) alarm.set('behind');
			return restoreRoster();
		}
		const extended = await keeper.extend(from, read.value.records);
		if (!extended.ok) {
			const isOther = extended.error === 'wrong-previous' || extended.error === 'out-of-sequence';
			alarm.set(isOther ? 'forked' : 'forged');
			return 'bad-answer';
		}
		const calm = hasForked ? 'forked' : null;
		alarm.set(isHidden(extended.value) ? 'hidden' : calm);
		return null;
	}

	/** The relay's clock counts at its door; a phone's may be days off. */
	async function prepare(): Promise<RelayFault | null> {
		const asked = clock.now();
		const info = await api.info();
		if (!info.ok) return info.error;
		relayId = info.value.relayId;
		clockOffsetMs = info.value.now - (asked + clock.now()) / 2;
		return exchangeRoster();
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

	function onControl(message: RelayControl) {
		if (message.type === 'hello') {
			calm = setTimeout(() => (failures = 0), CALM_MS);
			connection.set('online');
			options.onHello(message);
			const callbacks = [...waiting];
			waiting.clear();
			for (const callback of callbacks) if (mux) callback(mux);
			return;
		}
		if (message.type === 'roster') exchangeRoster().catch(() => undefined);
		options.onControl(message);
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
				later('closed', code);
				// Taken out: the record that says so is shown to this device, and is the last it gets.
				if (code === closeCodes.notAuthorised) exchangeRoster().catch(() => undefined);
			}
		});
	}

	void connect();

	function heardOfRoster(length: number, author: DeviceId) {
		const known = Math.max(heard.get(author) ?? 0, keeper.roster.current().length);
		if (length <= known || length > limits.maxRosterRecords) return;
		heard.set(author, length);
		exchangeRoster().catch(() => undefined);
	}

	return {
		connection,
		alarm,
		heardOfRoster,
		compareRoster({ length, head }, author) {
			if (length > keeper.roster.current().length) return heardOfRoster(length, author);
			if (keeper.headAt(length) === head) return;
			hasForked = true;
			alarm.set('forked');
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
		exchangeRoster,
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
