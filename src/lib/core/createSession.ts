/**
 * Puts one workspace together: keys, roster, circles, logs, link, catch-up, receipts, documents.
 * Everything it needs from the world comes in, so that several devices run in one test.
 */
import type * as Y from 'yjs';
import type { Clock } from '$lib/base/clock.ts';
import { newRoomId, type RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import type { RosterCrypto } from '$lib/protocol/roster/roster.ts';
import type { RelayControl } from '$lib/protocol/control.ts';
import { createBlobApi } from './blobs/blobApi.ts';
import { createAttachments } from './blobs/createAttachments.ts';
import { createCircles } from './circles/circles.ts';
import { createSigner } from './crypto/signer.ts';
import type { DeviceKeys } from './keys/deviceKeys.ts';
import { createOwnKeys, type ChangeKeys } from './keys/ownKeys.ts';
import type { DocumentKind } from './rooms/documentKind.ts';
import { createDocumentIndex } from './rooms/documentIndex.ts';
import { createDocuments, type Documents } from './rooms/documents.ts';
import type { Peer } from './rooms/openDocument.ts';
import { isProven, proveChain, type ChainProof } from './roster/chainProof.ts';
import { createAdministration } from './roster/createAdministration.ts';
import type { RosterKeeper } from './roster/rosterKeeper.ts';
import { createRosterWriter } from './roster/rosterWriter.ts';
import { createOwnStanding } from './session/ownStanding.ts';
import { createSaveSum } from './session/saveSum.ts';
import { createSealRooms } from './session/sealRooms.ts';
import type { BlobStore } from './store/blobStore.ts';
import { roomsInJournal, type JournalStorage } from './store/journal.ts';
import type { RingStore } from './store/ringStore.ts';
import type { RoomLogs } from './store/roomLogs.ts';
import { createCatchUp } from './sync/catchUp.ts';
import { createReceipts } from './sync/receipts.ts';
import { createRelayApi } from './sync/relayApi.ts';
import { createRelayLink, type Hello, type RelayLink } from './sync/relayLink.ts';
import { createSightings, type SightingStorage } from './sync/sightings.ts';
import { createSyncedLogs } from './sync/syncedLogs.ts';
import { whenTrue } from './whenTrue.ts';
import type { WorkspaceDocument, WorkspaceSession } from './workspaceSession.ts';

export interface SessionOptions {
	readonly origin: string;
	readonly keys: DeviceKeys;
	readonly changeKeys: ChangeKeys;
	readonly keeper: RosterKeeper;
	readonly logs: RoomLogs;
	readonly ring: RingStore;
	readonly blobs: BlobStore;
	/** What the browser says of its disk; null where it says nothing. */
	readonly estimate: (() => Promise<StorageEstimate>) | null;
	readonly crypto: RosterCrypto;
	readonly clock: Clock;
	/** The kind of the branch document. */
	readonly rootKind: DocumentKind;
	readonly kinds: readonly DocumentKind[];
	readonly isLeader: () => boolean;
	readonly journalStorage: JournalStorage | null;
	readonly sightingStorage: SightingStorage | null;
	readonly checkpointWaitMs: () => number;
	/** Before this device does what any secretary's may do, so that seldom two do it. */
	readonly dutyWaitMs: () => number;
	/** For the title of a backup. */
	readonly branchName: (root: Y.Doc) => string;
	readonly appVersion: string;
	readonly WebSocket: typeof WebSocket;
	readonly fetch: typeof globalThis.fetch;
}

export interface Session extends WorkspaceSession {
	readonly documentsOpen: Documents;
	readonly link: RelayLink;
	/** Tries to connect at once. */
	nudge(): void;
	/** This tab has become the one that tidies up and catches up. */
	becomeLeader(): void;
	/** Resolves when all that the relay has of the branch document is here, or the session ends. */
	rootInStep(): Promise<void>;
}

const ROTATION_REST_MS = 10 * 60_000;

/** A kit whose secret is still here opens what it was wrapped for, as after a recovery. */
const identitiesOf = ({ ageIdentity, kit }: DeviceKeys) =>
	kit.state === 'unsaved' ? [ageIdentity, kit.identity] : [ageIdentity];

export async function createSession(options: SessionOptions): Promise<Session> {
	const { origin, keys, keeper, logs, crypto, clock, isLeader } = options;
	const { workspace, device, member } = keys;
	const roster = () => keeper.roster.current();
	const signer = await createSigner(keys.signing);
	const api = createRelayApi(origin, options.fetch);
	const own = createOwnKeys(keys, keeper.roster, options.changeKeys);
	await own.ready();
	const { self, standing, mayWrite, stop: stopStanding } = createOwnStanding(device, keeper.roster);
	const receipts = createReceipts(workspace, device, signer, roster, crypto);
	const sightings = createSightings(options.sightingStorage, workspace, clock);

	/** The relay's numbering as last seen by this device; a smaller or another one means a lost store. */
	let numbering = await logs.readCursor();
	let lastHello: Hello | null = null;
	let confirmed = '';

	function onHello(hello: Hello) {
		// Before the channels open again: what they send now counts for the relay's new store.
		if (numbering && (numbering.relayId !== hello.relayId || hello.commit < numbering.commit)) {
			synced.forgetDelivery();
			receipts.forget();
			sum.forget();
			attachments.forgetDelivery();
		}
		numbering = { relayId: hello.relayId, commit: hello.commit };
		sum.covers(hello.commit);
		lastHello = hello;
		void receipts.onHello(hello.relayId, hello.receipts);
		if (isLeader()) startCatchUp(hello);
		attachments.onRelay(hello.relayId);
		if (hello.rosterLength > roster().length) link.exchangeRoster().catch(() => undefined);
	}

	function startCatchUp(hello: Hello) {
		const ask = (commit: number) => link.mux()?.control({ type: 'since', commit });
		// When the store refuses, the next connection tries again.
		catchUp.onHello(hello, ask).catch(() => undefined);
	}

	/** Everything up to this commit is stored here: remember it, and tell the others. */
	async function confirm(relayId: string, commit: number) {
		const name = `${relayId} ${commit}`;
		if (name === confirmed) return;
		confirmed = name;
		await logs.writeCursor({ relayId, commit });
		await own.settlePaper(link.now());
		const receipt = await receipts.sign(commit);
		link.mux()?.control({ type: 'have', receipt });
	}

	function onControl(message: RelayControl) {
		if (message.type === 'changed' && numbering && lastHello) {
			const commit = Math.max(numbering.commit, message.commit);
			numbering = { ...numbering, commit };
			lastHello = { ...lastHello, commit };
		}
		if (message.type === 'changed' && isLeader())
			catchUp.onChanged(message.commit, message.rooms as RoomId[], message.since !== undefined);
		if (message.type === 'receipt') {
			void receipts.onReceipt(message.receipt);
			sightings.saw(message.receipt.device as typeof device);
		}
	}

	/** What the relay says while the session is still being put together waits; null from then on. */
	let early: (() => void)[] | null = [];
	const whenReady =
		<T>(take: (message: T) => void) =>
		(message: T): void => {
			if (early) early.push(() => take(message));
			else take(message);
		};
	const link: RelayLink = createRelayLink({
		...{ origin, workspace, device, signer, keeper, clock },
		onHello: whenReady(onHello),
		onControl: whenReady(onControl),
		lastRelayId: () => numbering?.relayId ?? null,
		WebSocket: options.WebSocket,
		fetch: options.fetch
	});
	const ended = new AbortController();
	const attachments = createAttachments({
		...{ store: options.blobs, estimate: options.estimate, isLeader },
		api: createBlobApi({
			...{ origin, workspace, fetch: options.fetch, token: link.token, signal: ended.signal }
		}),
		self: member,
		now: () => clock.now(),
		mayWrite: mayWrite.current,
		isOnline: () => link.connection.current() === 'online',
		relayId: numbering?.relayId ?? null
	});
	const synced = createSyncedLogs(logs, link, mayWrite.current());
	const circles = await createCircles({
		...{ workspace, device, member, signer, clock, crypto, synced, logs, isLeader },
		identities: () => identitiesOf(own.keys.current()),
		ringKey: keys.ringKey,
		store: options.ring,
		roster: keeper.roster,
		isOnline: () => link.connection.current() === 'online',
		waitMs: options.dutyWaitMs
	});
	const catchUp = createCatchUp(
		logs,
		synced,
		(relayId, commit) => {
			confirm(relayId, commit).catch(() => (confirmed = ''));
		},
		(room, { stored }) => circles.examine(room, stored.log)
	);

	let provenChain: ChainProof | null = await proveChain(workspace, roster(), signer);
	async function proveRoster() {
		const proof = await proveChain(workspace, roster(), signer);
		if (proof.length !== roster().length) return;
		provenChain = proof;
		documents.recheck();
	}

	const documents = createDocuments({
		...{ workspace, self: member, synced, clock, isLeader, mayWrite, seals: logs },
		author: { device, signer },
		reader: () => ({
			rosterLength: roster().length,
			deviceOf: (id) => roster().devices.get(id) ?? null,
			crypto,
			onAhead: link.heardOfRoster
		}),
		chain: () => provenChain,
		keysOf: (room) => circles.keysOf(room) ?? own.commons,
		isMaker: circles.isMaker,
		journalStorage: options.journalStorage,
		relayNow: link.now,
		connection: link.connection,
		heldBy: receipts.heldBy,
		heldVersion: receipts.version,
		onSealing: () => sum.refresh(),
		checkpointWaitMs: options.checkpointWaitMs
	});
	const sum = await createSaveSum({ logs, synced, documents, heldBy: receipts.heldBy });

	const root = await documents.open(roster().rootRoom, options.rootKind);
	const index = createDocumentIndex(root.doc);
	const kindOf = new Map(options.kinds.map((kind) => [kind.kind, kind]));

	function readDocuments(): readonly WorkspaceDocument[] {
		const commons = index.documents
			.current()
			.map((entry) => ({ ...entry, circle: 'commons' as const, members: null }));
		return [...commons, ...circles.documents.current()];
	}
	const all = createSource(readDocuments());

	function kindOfRoom(room: RoomId): DocumentKind {
		const name = all.current().find((document) => document.room === room)?.kind ?? 'unknown';
		// A document of a later version of the app: shown as such, never written to.
		const later = { kind: name, schema: 0, create: () => {}, migrations: {} };
		return kindOf.get(name) ?? later;
	}

	/** After a recovery: rooms that only the kit opens, and that nobody has looked at here. */
	async function examineStored() {
		if (own.keys.current().kit.state !== 'unsaved') return;
		const known = new Set([...all.current().map(({ room }) => room), root.room]);
		for (const room of await logs.rooms()) {
			if (known.has(room)) continue;
			const opened = await synced.acquire(room);
			await circles.examine(room, opened.stored.log);
			opened.release();
		}
	}

	/** What a killed tab left of documents that nobody has opened since. */
	function takeUpJournals() {
		const rooms = options.journalStorage ? roomsInJournal(workspace, options.journalStorage) : [];
		for (const room of rooms) {
			if (!all.current().some((document) => document.room === room)) continue;
			documents.open(room, kindOfRoom(room)).then(
				(document) => document.close(),
				() => undefined
			);
		}
	}

	const writer = createRosterWriter({
		device,
		signer,
		keeper,
		api,
		link,
		crypto,
		ready: own.ready
	});
	const administration = createAdministration({
		...{ origin, own, writer, sightings },
		roster: keeper.roster,
		now: link.now
	});
	const isSecretaryHere = () => roster().devices.get(device)?.role === 'secretary' && isLeader();
	const sealRooms = createSealRooms({
		...{ documents, seals: logs, isOurs: isSecretaryHere, waitMs: options.dutyWaitMs },
		roster: keeper.roster,
		connection: link.connection,
		rooms: () => [
			...index.documents
				.current()
				.filter(({ kind }) => kindOf.has(kind))
				.map(({ room }) => ({ room, kind: kindOfRoom(room) })),
			{ room: root.room, kind: options.rootKind }
		],
		circleTasks: () =>
			circles
				.sealTasks()
				.filter(({ kind }) => kindOf.has(kind))
				.map((task) => ({ ...task, kind: kindOf.get(task.kind)! })),
		circlesChanged: circles.changed
	});

	let rotatedAt = -Infinity;
	let duty: ReturnType<typeof setTimeout> | undefined;
	/** Since the newest rotation. */
	function isSomebodyGone() {
		const since = roster().rotations.at(-1)?.seq ?? 0;
		return [...roster().devices.values()].some(({ retired }) => (retired ?? -1) > since);
	}

	/** Somebody took a device of his own out, which takes no secretary; the key is renewed by one. */
	function rotateSoon() {
		if (!roster().rotationDue || !isSecretaryHere()) return;
		clearTimeout(duty);
		const rotate = () => {
			rotatedAt = clock.now();
			administration.rotateIfDue().catch(() => undefined);
		};
		// A kit or a link that is replaced again and again must not keep everybody busy.
		const rest = isSomebodyGone() ? 0 : rotatedAt + ROTATION_REST_MS - clock.now();
		duty = setTimeout(rotate, Math.max(options.dutyWaitMs(), rest));
	}

	function onRoster() {
		void proveRoster();
		void own.ready().then(documents.recheck);
		receipts.recheck();
		sum.refresh();
		rotateSoon();
	}

	function onConnection() {
		if (link.connection.current() === 'online') rotateSoon();
		else catchUp.onDisconnected();
	}

	async function compareWith({ device: id, chain }: Peer) {
		if (!id || !chain) return;
		const known = roster().devices.get(id);
		if (await isProven(workspace, chain, known, crypto)) link.compareRoster(chain, id);
	}

	function onPeers() {
		const peers = root.presence.peers.current();
		sightings.setOnline(peers.flatMap(({ device: id }) => id ?? []));
		for (const peer of peers) void compareWith(peer);
	}
	const stops = [
		synced.subscribe(sum.refresh),
		receipts.version.subscribe(sum.refresh),
		keeper.roster.subscribe(onRoster),
		link.connection.subscribe(onConnection),
		index.documents.subscribe(() => all.set(readDocuments())),
		circles.changed.subscribe(documents.recheck),
		circles.documents.subscribe(() => all.set(readDocuments())),
		root.presence.peers.subscribe(onPeers),
		administration.close,
		sealRooms.stop,
		stopStanding,
		own.close
	];
	rotateSoon();
	const heard = early ?? [];
	early = null;
	for (const take of heard) take();

	return {
		workspace,
		self,
		standing,
		alarm: link.alarm,
		root,
		administration,
		documents: all,
		openDocument: (room) => documents.open(room, kindOfRoom(room)),
		async createDocument(name, title, circle) {
			const kind = kindOf.get(name);
			if (!kind) throw new Error(`broken invariant: unknown kind of document: ${name}`);
			if (!mayWrite.current()) throw new Error('broken invariant: an observer makes no documents');
			if (circle) {
				const room = await circles.create(circle, name, title);
				await documents.create(room, kind);
				return room;
			}
			const room = newRoomId();
			await documents.create(room, kind);
			index.add({ room, kind: name, title, createdAt: new Date(clock.now()).toISOString() });
			return room;
		},
		shareDocument: async (room, members) => (await circles.share(room, members)).ok,
		renameDocument(room, title) {
			if (circles.keysOf(room)) void circles.rename(room, title);
			else index.rename(room, title);
		},
		trashDocument(room, trashed) {
			if (circles.keysOf(room)) void circles.trash(room, trashed);
			else index.trash(room, trashed);
		},
		forgetDocument: circles.forget,
		attachments,
		save: sum.save,
		connection: link.connection,
		// Both are asked for seldom, and are not needed to open a workspace.
		async backup(onProgress, signal) {
			const { createBackup } = await import('./session/createBackup.ts');
			return createBackup(
				{
					...{ own, keeper, logs, documents, circles, root, crypto, clock, kindOfRoom },
					blobs: options.blobs,
					...{ rootKind: options.rootKind, all },
					branch: options.branchName(root.doc),
					appVersion: options.appVersion
				},
				{ progress: onProgress, signal }
			);
		},
		async diagnosis() {
			const { createDiagnosis } = await import('./session/createDiagnosis.ts');
			return createDiagnosis({
				...{ keys: own.keys, roster: keeper.roster, sightings, logs, documents },
				...{ receipts, link, api, clock },
				commit: () => numbering?.commit ?? null,
				circles
			});
		},
		documentsOpen: documents,
		link,
		nudge: link.nudge,
		async rootInStep() {
			const log = synced.open().find(({ stored }) => stored.room === root.room);
			if (log) await whenTrue([log.sync.state], () => log.sync.state.current().synced);
		},
		becomeLeader() {
			if (lastHello && link.mux()) startCatchUp(lastHello);
			takeUpJournals();
			attachments.nudge();
			rotateSoon();
			void circles.reconcile();
			void examineStored().catch(() => undefined);
		},
		async close() {
			clearTimeout(duty);
			attachments.close();
			ended.abort();
			root.close();
			await documents.close();
			stops.forEach((stop) => stop());
			circles.close();
			catchUp.close();
			link.close();
		}
	};
}
