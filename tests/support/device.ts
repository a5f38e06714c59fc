/**
 * A device of a committee member without a browser: the real core on a disk in memory, against a
 * real relay. It can crash, lose its network and have a clock of its own.
 */
import type * as Y from 'yjs';
import type { Clock } from '../../src/lib/base/clock.ts';
import type { RoomId } from '../../src/lib/base/ids.ts';
import { createRosterCrypto } from '../../src/lib/core/crypto/signer.ts';
import type { RingStore } from '../../src/lib/core/store/ringStore.ts';
import { createSession, type Session } from '../../src/lib/core/createSession.ts';
import type { DeviceKeys } from '../../src/lib/core/keys/deviceKeys.ts';
import type { Enrolled } from '../../src/lib/core/keys/enrolment.ts';
import { foundWorkspace } from '../../src/lib/core/keys/founding.ts';
import { claimInvitation, inspectInvitation } from '../../src/lib/core/keys/joining.ts';
import type { InvitationRequest } from '../../src/lib/core/roster/administration.ts';
import type { DocumentKind } from '../../src/lib/core/rooms/documentKind.ts';
import {
	createRosterKeeper,
	type RosterKeeper,
	type RosterStore
} from '../../src/lib/core/roster/rosterKeeper.ts';
import {
	copyMemoryDisk,
	createMemoryDisk,
	createMemoryRoomLogs,
	type MemoryDisk
} from '../../src/lib/core/store/memoryRoomLogs.ts';
import type { RoomLogs } from '../../src/lib/core/store/roomLogs.ts';
import { createRelayApi } from '../../src/lib/core/sync/relayApi.ts';
import { parseChannelMessage } from '../../src/lib/protocol/channelMessages.ts';
import { parseFrame } from '../../src/lib/protocol/frames.ts';
import type { RosterRecord } from '../../src/lib/protocol/roster/rosterRecord.ts';

export const branchKind: DocumentKind = {
	kind: 'branch',
	schema: 1,
	create: () => {},
	migrations: {}
};
export const notesKind: DocumentKind = {
	kind: 'notes',
	schema: 1,
	create: () => {},
	migrations: {}
};

/** A network that can be cut: sockets die, requests fail. */
export interface Network {
	cut(): void;
	heal(): void;
	/** Sees every frame of sockets opened from now on and of those that are open, both ways. */
	tap(listener: (bytes: Uint8Array) => void): void;
	readonly WebSocket: typeof WebSocket;
	readonly fetch: typeof fetch;
}

/** Doubles some updates on their way in and swaps others with the next one. */
function disturb(socket: WebSocket, chance: () => boolean) {
	let held: MessageEvent | null = null;
	const isUpdate = (event: MessageEvent) => {
		const messages =
			event.data instanceof ArrayBuffer ? parseFrame(new Uint8Array(event.data)) : null;
		return (
			messages?.every(
				({ channel, payload }) => channel > 0 && parseChannelMessage(payload)?.kind === 'update'
			) ?? false
		);
	};
	const again = (event: MessageEvent) => {
		socket.onmessage?.(new MessageEvent('message', { data: event.data as ArrayBuffer }));
	};
	socket.addEventListener(
		'message',
		(event) => {
			const before = held;
			held = null;
			if (before) queueMicrotask(() => again(before));
			if (!isUpdate(event)) return;
			if (chance()) queueMicrotask(() => again(event));
			else if (chance()) {
				held = event;
				event.stopImmediatePropagation();
			}
		},
		{ capture: true }
	);
}

export function createNetwork(chance: (() => boolean) | null = null): Network {
	let up = true;
	const sockets = new Set<WebSocket>();
	const taps = new Set<(bytes: Uint8Array) => void>();
	const tell = (data: unknown) => {
		const bytes =
			data instanceof ArrayBuffer
				? new Uint8Array(data)
				: ArrayBuffer.isView(data)
					? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
					: null;
		if (bytes) taps.forEach((tap) => tap(bytes));
	};
	class CuttableSocket extends WebSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(up ? url : 'ws://127.0.0.1:9', protocols);
			sockets.add(this);
			if (chance) disturb(this, chance);
			this.addEventListener('close', () => sockets.delete(this));
			this.addEventListener('message', ({ data }) => tell(data));
		}
		override send(data: Parameters<WebSocket['send']>[0]) {
			tell(data);
			super.send(data);
		}
	}
	return {
		cut() {
			up = false;
			for (const socket of sockets) socket.close();
		},
		heal: () => void (up = true),
		tap: (listener) => void taps.add(listener),
		WebSocket: CuttableSocket,
		fetch: (...request) =>
			up ? fetch(...request) : Promise.reject(new TypeError('network is down'))
	};
}

export interface Device {
	readonly session: Session;
	/** What its vault holds now. */
	readonly keys: () => DeviceKeys;
	readonly keeper: RosterKeeper;
	readonly logs: RoomLogs;
	readonly disk: MemoryDisk;
	readonly network: Network;
	/** The process dies: what was not on the disk is gone. The next one starts from the same disk. */
	crash(): { restart(): Promise<Device> };
	openText(room: RoomId): Promise<{ doc: Y.Doc; text: Y.Text; close: () => void }>;
}

export interface DeviceOptions {
	readonly clock?: Clock;
	readonly checkpointWaitMs?: () => number;
	/** What the disk says of itself. */
	readonly estimate?: () => Promise<StorageEstimate>;
	readonly isLeader?: () => boolean;
	/** How long its disk takes to read the keys of circles. */
	readonly slowDiskMs?: number;
	/** Says for each update that comes in whether the network plays a trick on it. */
	readonly tricks?: () => boolean;
	/** Stands between the device and the relay's answers, as a relay that lies. */
	readonly relayAnswers?: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
	/** Notes alone unless given. */
	readonly kinds?: readonly DocumentKind[];
}

/** A device's keys outlive a crash: they are stored before they count. */
interface KeyBox {
	keys: DeviceKeys;
}

const memoryRoster = (records: RosterRecord[]): RosterStore => ({
	load: async () => [...records],
	append: async (_from, more) => void records.push(...more)
});

const slowRing = (ring: RingStore, waitMs: number): RingStore => ({
	...ring,
	load: async () => {
		if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
		return ring.load();
	}
});

async function openDevice(
	origin: string,
	box: KeyBox,
	chain: RosterRecord[],
	disk: MemoryDisk,
	options: DeviceOptions
): Promise<Device> {
	const crypto = createRosterCrypto();
	const keeper = await createRosterKeeper(box.keys.workspace, memoryRoster(chain), crypto);
	if (!keeper.ok) throw new Error(`roster refused: ${keeper.error}`);
	const network = createNetwork(options.tricks);
	const logs = createMemoryRoomLogs(disk);
	const session = await createSession({
		origin,
		keys: box.keys,
		changeKeys: async (change) => (box.keys = change(box.keys)),
		keeper: keeper.value,
		logs,
		ring: slowRing(disk.ring.open(), options.slowDiskMs ?? 0),
		blobs: disk.blobs.open(),
		estimate: options.estimate ?? null,
		crypto,
		clock: options.clock ?? { now: () => Date.now() },
		rootKind: branchKind,
		kinds: options.kinds ?? [notesKind],
		isLeader: options.isLeader ?? (() => true),
		journalStorage: null,
		sightingStorage: null,
		dutyWaitMs: () => 50,
		branchName: () => '城东实验小学党支部',
		appVersion: 'test',
		checkpointWaitMs: options.checkpointWaitMs ?? (() => 60_000),
		WebSocket: network.WebSocket,
		fetch: options.relayAnswers?.(network.fetch) ?? network.fetch
	});
	session.root.doc.getMap('meta').set('schema', 1);
	return {
		session,
		keys: () => box.keys,
		keeper: keeper.value,
		logs,
		disk,
		network,
		crash() {
			const left = copyMemoryDisk(disk);
			network.cut();
			// The old process is put away in the background; the next one never sees what it still writes.
			void session.close();
			return { restart: () => openDevice(origin, box, chain, left, options) };
		},
		async openText(room) {
			const document = await session.openDocument(room);
			return { doc: document.doc, text: document.doc.getText('text'), close: document.close };
		}
	};
}

const realClock: Clock = { now: () => Date.now() };
const contextOf = ({ clock = realClock }: DeviceOptions) => ({
	clock,
	crypto: createRosterCrypto()
});

/** Whatever way it came in. */
export const startDevice = (
	origin: string,
	{ keys, records }: Enrolled,
	options: DeviceOptions = {},
	disk = createMemoryDisk()
): Promise<Device> => openDevice(origin, { keys }, [...records], disk, options);

export async function foundDevice(origin: string, options: DeviceOptions = {}): Promise<Device> {
	const profile = { name: '周敬宁', post: '书记', branch: '城东实验小学党支部' };
	return startDevice(origin, await foundWorkspace(profile, contextOf(options)), options);
}

/** Claims a link that somebody sent. */
export async function claimLink(
	origin: string,
	link: string,
	name: string,
	options: DeviceOptions = {}
): Promise<Enrolled> {
	const context = contextOf(options);
	const api = createRelayApi(origin, fetch);
	const invitation = await inspectInvitation(link, api, context);
	if (!invitation.ok) throw new Error(`invitation refused: ${invitation.error}`);
	const profile = { name, post: '委员' };
	const claimed = await claimInvitation(invitation.value, profile, api, context, async () => {});
	if (!claimed.ok) throw new Error(`claim refused: ${claimed.error}`);
	return claimed.value;
}

export interface JoinOptions extends DeviceOptions {
	readonly invitation?: Partial<InvitationRequest>;
}

export async function joinDevice(
	origin: string,
	by: Device,
	name: string,
	options: JoinOptions = {}
): Promise<Device> {
	const request = { role: 'officer', lifetimeMs: 3_600_000, ...options.invitation } as const;
	const made = await by.session.administration.invite(request);
	if (!made.ok) throw new Error(`no invitation: ${made.error}`);
	return startDevice(origin, await claimLink(origin, made.value.link, name, options), options);
}

/** A further device of the same person. */
export async function addDevice(
	origin: string,
	by: Device,
	options: DeviceOptions = {}
): Promise<Device> {
	const made = await by.session.administration.inviteDevice();
	if (!made.ok) throw new Error(`no invitation: ${made.error}`);
	return startDevice(origin, await claimLink(origin, made.value.link, '', options), options);
}
