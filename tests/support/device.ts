/**
 * A device of a committee member without a browser: the real core on a disk in memory, against a
 * real relay. It can crash, lose its network and have a clock of its own.
 */
import type * as Y from 'yjs';
import type { Clock } from '../../src/lib/base/clock.ts';
import type { RoomId } from '../../src/lib/base/ids.ts';
import { createRosterCrypto } from '../../src/lib/core/crypto/signer.ts';
import { createSession, type Session } from '../../src/lib/core/createSession.ts';
import {
	claimInvitation,
	foundWorkspace,
	inspectInvitation,
	type Enrolled
} from '../../src/lib/core/keys/enrolment.ts';
import type { DocumentKind } from '../../src/lib/core/rooms/documentKind.ts';
import { createRosterKeeper, type RosterStore } from '../../src/lib/core/roster/rosterKeeper.ts';
import {
	copyMemoryDisk,
	createMemoryDisk,
	createMemoryRoomLogs,
	type MemoryDisk
} from '../../src/lib/core/store/memoryRoomLogs.ts';
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
	readonly disk: MemoryDisk;
	readonly network: Network;
	/** The process dies: what was not on the disk is gone. The next one starts from the same disk. */
	crash(): { restart(): Promise<Device> };
	openText(room: RoomId): Promise<{ doc: Y.Doc; text: Y.Text; close: () => void }>;
}

export interface DeviceOptions {
	readonly clock?: Clock;
	readonly checkpointWaitMs?: () => number;
	/** Says for each update that comes in whether the network plays a trick on it. */
	readonly tricks?: () => boolean;
}

const memoryRoster = (records: RosterRecord[]): RosterStore => ({
	load: async () => [...records],
	append: async (_from, more) => void records.push(...more)
});

async function openDevice(
	origin: string,
	enrolled: Enrolled,
	chain: RosterRecord[],
	disk: MemoryDisk,
	options: DeviceOptions
): Promise<Device> {
	const crypto = createRosterCrypto();
	const keeper = await createRosterKeeper(enrolled.keys.workspace, memoryRoster(chain), crypto);
	if (!keeper.ok) throw new Error(`roster refused: ${keeper.error}`);
	const network = createNetwork(options.tricks);
	const session = await createSession({
		origin,
		keys: enrolled.keys,
		keeper: keeper.value,
		logs: createMemoryRoomLogs(disk),
		crypto,
		clock: options.clock ?? { now: () => Date.now() },
		rootKind: branchKind,
		kinds: [notesKind],
		isLeader: () => true,
		journalStorage: null,
		checkpointWaitMs: options.checkpointWaitMs ?? (() => 60_000),
		WebSocket: network.WebSocket,
		fetch: network.fetch
	});
	session.root.doc.getMap('meta').set('schema', 1);
	return {
		session,
		disk,
		network,
		crash() {
			const left = copyMemoryDisk(disk);
			network.cut();
			// The old process is put away in the background; the next one never sees what it still writes.
			void session.close();
			return { restart: () => openDevice(origin, enrolled, chain, left, options) };
		},
		async openText(room) {
			const document = await session.openDocument(room);
			return { doc: document.doc, text: document.doc.getText('text'), close: document.close };
		}
	};
}

const realClock: Clock = { now: () => Date.now() };

export async function foundDevice(origin: string, options: DeviceOptions = {}): Promise<Device> {
	const context = { clock: options.clock ?? realClock, crypto: createRosterCrypto() };
	const enrolled = await foundWorkspace(
		{ name: '周敬宁', post: '书记', branch: '城东实验小学党支部' },
		context
	);
	return openDevice(origin, enrolled, [...enrolled.records], createMemoryDisk(), options);
}

export async function joinDevice(
	origin: string,
	by: Device,
	name: string,
	options: DeviceOptions = {}
): Promise<Device> {
	const link = await by.session.invite({ role: 'officer', lifetimeMs: 3_600_000 });
	if (!link.ok) throw new Error(`no invitation: ${link.error}`);
	const context = { clock: options.clock ?? realClock, crypto: createRosterCrypto() };
	const api = createRelayApi(origin, fetch);
	const invitation = await inspectInvitation(link.value.link, api, context);
	if (!invitation.ok) throw new Error(`invitation refused: ${invitation.error}`);
	const keep = async () => {};
	const profile = { name, post: '委员' };
	const claimed = await claimInvitation(invitation.value, profile, api, context, keep);
	if (!claimed.ok) throw new Error(`claim refused: ${claimed.error}`);
	return openDevice(origin, claimed.value, [...claimed.value.records], createMemoryDisk(), options);
}
