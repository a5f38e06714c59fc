/**
 * The relay put together: storage, rooms, door and sockets behind two functions that any HTTP
 * server can call. Nothing here is global; two relays run in one test.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../src/lib/base/clock.ts';
import { closeCodes, type CloseCode } from '../src/lib/protocol/closeCodes.ts';
import type { Receipt } from '../src/lib/protocol/control.ts';
import type { Roster } from '../src/lib/protocol/roster/roster.ts';
import { protocolName } from '../src/lib/protocol/token.ts';
import { authorise, isSyncPath, type Admission } from './auth/door.ts';
import { rightsFault } from './auth/rights.ts';
import { createRosterBook } from './auth/rosterBook.ts';
import type { RelayConfig } from './config.ts';
import { createAddressBuckets } from './http/addressBuckets.ts';
import { createBlobEndpoint } from './http/blobEndpoint.ts';
import { createRosterEndpoint } from './http/rosterEndpoint.ts';
import { createRouter } from './http/router.ts';
import { createStaticBuild } from './http/staticBuild.ts';
import { createWorkspaceLookup } from './http/workspaceLookup.ts';
import { errorName, type Log } from './log.ts';
import { defaultTuning, type Tuning } from './relayOptions.ts';
import {
	announce,
	createRoomHub,
	type LiveWorkspace,
	type WorkspaceSocket
} from './rooms/roomHub.ts';
import { createReceiptBook } from './sockets/receiptBook.ts';
import { createMuxSocket } from './sockets/muxSocket.ts';
import { RelayWebSocket, type SocketLine } from './sockets/socketLine.ts';
import { createStockSocket } from './sockets/stockSocket.ts';
import type { BlobStorage } from './storage/blobStorage.ts';
import type { RelayStorage } from './storage/relayStorage.ts';

export interface RelayOptions {
	readonly config: Pick<RelayConfig, 'auth' | 'trustProxy' | 'buildDir'>;
	readonly storage: RelayStorage;
	readonly blobs: BlobStorage;
	readonly clock: Clock;
	readonly log: Log;
	readonly tuning?: Partial<Tuning>;
	/** Test hook: an update holding this text hangs the decoder. */
	readonly spinOn?: string;
}

export interface Relay {
	/** Answers any request: the relay's own addresses, and the built app for all others. */
	handleRequest(request: IncomingMessage, response: ServerResponse): void;
	/** False when the path is not the relay's, which then leaves the socket alone. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
	/** Says goodbye to every socket, makes durable what was taken in, and closes the storage. */
	close(): Promise<void>;
}

export function createRelay(options: RelayOptions): Relay {
	const { config, storage, blobs, clock, log } = options;
	const tuning: Tuning = { ...defaultTuning, ...options.tuning };
	let healthy = true;
	let checkedAt = -Infinity;
	let closing = false;
	const lines = new Set<SocketLine>();
	const open = new Set<WebSocket>();
	const sockets = new WebSocketServer({
		noServer: true,
		clientTracking: false,
		perMessageDeflate: false,
		maxPayload: tuning.maxFrameBytes,
		WebSocket: RelayWebSocket,
		handleProtocols: (offers) => (offers.has(protocolName) ? protocolName : false)
	});
	const hub = createRoomHub({
		storage,
		tuning,
		log,
		spinOn: options.spinOn ?? null,
		onStoreHealth(now) {
			healthy = now;
		}
	});
	const rosters = createRosterBook({
		storage,
		clock,
		maxRecords: tuning.maxRosterRecords,
		maxCached: tuning.cachedRosters,
		onGrown(name, roster) {
			const workspace = hub.find(name);
			if (!workspace) return;
			workspace.rosterLength = roster.length;
			enforce(workspace, roster);
			announce(workspace, { type: 'roster', length: roster.length });
		}
	});
	const receipts = createReceiptBook(storage, rosters);
	const coolingUntil = new Map<string, number>();
	const bucketsOf = (burst: number, perMinute: number) =>
		createAddressBuckets(clock, burst, perMinute);
	const handleHttp = createRouter({
		info: () => ({ relayId: storage.relayId, now: clock.now(), protocol: protocolName }),
		isHealthy,
		roster: createRosterEndpoint({
			book: rosters,
			policy: config,
			clock,
			newWorkspaces: bucketsOf(tuning.newWorkspaceBurst, tuning.newWorkspacesPerMinute),
			newRecords: bucketsOf(tuning.recordBurst, tuning.recordsPerMinute),
			maxBodyBytes: tuning.maxRosterBodyBytes,
			maxPosts: tuning.maxRosterPosts
		}),
		findWorkspaces: createWorkspaceLookup({
			storage,
			policy: config,
			lookups: bucketsOf(tuning.lookupBurst, tuning.lookupsPerMinute),
			maxFound: tuning.maxWorkspacesFound
		}),
		blobs: createBlobEndpoint({ storage: blobs, policy: config, rosters, clock, tuning }),
		serveBuild: createStaticBuild(config.buildDir),
		log
	});
	const sweep = setInterval(() => {
		hub.sweep();
		const now = performance.now();
		for (const line of lines) line.tick(now);
	}, tuning.sweepEveryMs);

	const dropParts = () => {
		blobs.dropParts(clock.now() - tuning.blobPartMs).catch((error: unknown) => {
			log('error', 'parts-not-dropped', { error: errorName(error) });
		});
	};
	const partSweep = setInterval(dropParts, tuning.blobSweepEveryMs);
	dropParts();

	async function isHealthy(): Promise<boolean> {
		if (closing) return false;
		if (healthy && performance.now() - checkedAt < tuning.healthEveryMs) return true;
		checkedAt = performance.now();
		healthy = await storage.check().then(
			() => true,
			() => false
		);
		return healthy;
	}

	/** S4: its other sockets and the next minute's would only hang the decoder again. */
	function banDevice(workspace: LiveWorkspace, own: WorkspaceSocket): void {
		const { device } = own;
		const now = clock.now();
		for (const [name, until] of coolingUntil) if (until < now) coolingUntil.delete(name);
		if (device !== null) coolingUntil.set(device, now + tuning.banMs);
		for (const socket of workspace.sockets)
			if (socket === own || (device !== null && socket.device === device))
				socket.close(closeCodes.malformedUpdate);
	}

	/** H12 H13: who is out hears nothing more; whose right to write changed comes in anew. */
	function enforce({ sockets: all }: LiveWorkspace, roster: Roster): void {
		for (const socket of all) {
			const fault = rightsFault(roster, socket);
			if (fault === closeCodes.notAuthorised) socket.cut(fault);
			else if (fault !== null) socket.close(fault);
		}
	}

	function isCrowded({ sockets: all }: LiveWorkspace, device: string | null): boolean {
		const own = [...all].filter((socket) => socket.device === device);
		const ofDevice = device === null ? 0 : own.length;
		return all.size >= tuning.maxSocketsPerWorkspace || ofDevice >= tuning.maxSocketsPerDevice;
	}

	function startFault(workspace: LiveWorkspace, admission: Admission): CloseCode | null {
		if (closing) return closeCodes.shuttingDown;
		if (isCrowded(workspace, admission.device)) return closeCodes.tooManySockets;
		// The roster may have grown since the door looked at it.
		return rightsFault(rosters.cached(workspace.name), admission);
	}

	function start(ws: WebSocket, raw: Socket, workspace: LiveWorkspace, admission: Admission): void {
		const { device, mayWrite, room, wantsStored } = admission;
		open.add(ws);
		ws.once('close', () => open.delete(ws));
		const fault = startFault(workspace, admission);
		if (fault !== null) {
			hub.leave(workspace.name);
			ws.close(fault);
			return;
		}
		const context = {
			...{ ws, socket: raw, hub, workspace, tuning, log, device, mayWrite },
			relayId: storage.relayId,
			receipts: () => receipts.ofActive(workspace),
			changedSince: (commit: number) => storage.roomsChangedSince(workspace.name, commit),
			acceptReceipt: (receipt: Receipt) => receipts.accept(workspace, receipt),
			onEnd() {
				workspace.sockets.delete(own.socket);
				lines.delete(own.line);
				hub.leave(workspace.name);
			},
			onBanned: () => banDevice(workspace, own.socket)
		};
		const own =
			room === null ? createMuxSocket(context) : createStockSocket(context, room, wantsStored);
		workspace.sockets.add(own.socket);
		lines.add(own.line);
	}

	function refuse(socket: Duplex, status: number, reason: string): void {
		const text = `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
		socket.end(text, () => socket.destroy());
	}

	async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		if (closing) return refuse(socket, 503, 'shutting-down');
		const { url = '', headers } = request;
		const admission = await authorise({ url, headers }, config, rosters.get, clock.now());
		if (!admission.ok) return refuse(socket, admission.error.status, admission.error.reason);
		const { device } = admission.value;
		if (device !== null && (coolingUntil.get(device) ?? 0) > clock.now())
			return refuse(socket, 429, 'cooling-down');
		const workspace = await hub.enter(admission.value.workspace);
		let holds = true;
		const release = () => {
			if (holds) hub.leave(workspace.name);
			holds = false;
		};
		if (device !== null) await rosters.get(workspace.name); // is cached then
		if (socket.destroyed) return release();
		// Also when ws drops the socket because the handshake itself does not hold.
		socket.once('close', release);
		sockets.handleUpgrade(request, socket, head, (ws) => {
			socket.off('close', release);
			start(ws, request.socket, workspace, admission.value);
		});
	}

	async function goodbye(): Promise<void> {
		for (const line of lines) line.close(closeCodes.shuttingDown);
		const ends = [...open].map((ws) => new Promise((resolve) => ws.once('close', resolve)));
		await Promise.race([Promise.all(ends), setTimeout(tuning.closeGraceMs)]);
		for (const ws of open) ws.terminate();
	}

	return {
		handleRequest: handleHttp,
		handleUpgrade(request, socket, head) {
			if (!isSyncPath(request.url ?? '')) return false;
			socket.on('error', () => socket.destroy());
			admit(request, socket, head).catch((error: unknown) => {
				log('error', 'upgrade-failed', { error: errorName(error) });
				refuse(socket, 503, 'failed');
			});
			return true;
		},
		async close() {
			closing = true;
			clearInterval(sweep);
			clearInterval(partSweep);
			await hub.settled();
			await goodbye();
			await hub.close();
			await storage.close();
		}
	};
}
