/**
 * Puts one workspace together: keys, roster, circles, logs, link, catch-up, receipts, documents.
 * Everything it needs from the world comes in, so that several devices run in one test.
 */
import type * as Y from 'yjs';
import type { Clock } from '$lib/base/clock.ts';
import type { RoomId } from '$lib/base/ids.ts';
import type { RosterCrypto } from '$lib/protocol/roster/roster.ts';
import { createBlobApi } from './blobs/blobApi.ts';
import { createAttachments } from './blobs/createAttachments.ts';
import { createCircles } from './circles/circles.ts';
import { createSigner } from './crypto/signer.ts';
import type { DeviceKeys } from './keys/deviceKeys.ts';
import { createOwnKeys, type ChangeKeys } from './keys/ownKeys.ts';
import type { DocumentKind } from './rooms/documentKind.ts';
import { createDocuments, type Documents } from './rooms/documents.ts';
import { proveChain, type ChainProof } from './roster/chainProof.ts';
import { createAdministration } from './roster/createAdministration.ts';
import type { RosterKeeper } from './roster/rosterKeeper.ts';
import { createRosterWriter } from './roster/rosterWriter.ts';
import { createErasing } from './session/createErasing.ts';
import { followRelay } from './session/followRelay.ts';
import { createOwnStanding } from './session/ownStanding.ts';
import { rotateWhenDue } from './session/rotateWhenDue.ts';
import { createSaveSum } from './session/saveSum.ts';
import { createSealRooms } from './session/sealRooms.ts';
import { takeUp } from './session/takeUp.ts';
import { watchPeers } from './session/watchPeers.ts';
import { createWorkspaceDocuments } from './session/workspaceDocuments.ts';
import type { BlobStore } from './store/blobStore.ts';
import type { JournalStorage } from './store/journal.ts';
import type { RingStore } from './store/ringStore.ts';
import type { RoomLogs } from './store/roomLogs.ts';
import { createNumbering } from './sync/numbering.ts';
import { createReceipts } from './sync/receipts.ts';
import { createRelayApi } from './sync/relayApi.ts';
import { createRelayLink, type RelayLink } from './sync/relayLink.ts';
import { createSightings, type SightingStorage } from './sync/sightings.ts';
import { createSyncedLogs } from './sync/syncedLogs.ts';
import { whenTrue } from './whenTrue.ts';
import type { WorkspaceSession } from './workspaceSession.ts';

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

	const numbering = createNumbering(await logs.readCursor());
	const lastRelayId = () => numbering.current()?.relayId ?? null;
	const link = createRelayLink({
		...{ origin, workspace, device, signer, keeper, clock, lastRelayId },
		onMeet: numbering.meet,
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
		relayId: lastRelayId()
	});
	const synced = createSyncedLogs(logs, link, mayWrite.current());
	// Before the channels open again: what they send then counts for the relay's new store.
	const forgets = [synced.forgetDelivery, receipts.forget, attachments.forgetDelivery];
	for (const forget of forgets) numbering.lost.subscribe(forget);
	const circles = await createCircles({
		...{ workspace, device, member, signer, clock, crypto, synced, logs, isLeader },
		identities: () => identitiesOf(own.keys.current()),
		ringKey: keys.ringKey,
		store: options.ring,
		roster: keeper.roster,
		isOnline: () => link.connection.current() === 'online',
		waitMs: options.dutyWaitMs
	});

	numbering.lost.subscribe(() => void circles.forgetDelivery().catch(() => undefined));

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
	const { isErasing } = circles;
	const sum = await createSaveSum({
		...{ logs, synced, documents, isErasing },
		heldBy: receipts.heldBy
	});
	numbering.lost.subscribe(sum.forget);

	const { rootKind, kinds } = options;
	const root = await documents.open(roster().rootRoom, rootKind);
	const listed = createWorkspaceDocuments({
		...{ root, rootKind, kinds, documents, circles, mayWrite, clock }
	});

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
	const duty = {
		...{ roster: keeper.roster, connection: link.connection },
		...{ isOurs: isSecretaryHere, waitMs: options.dutyWaitMs }
	};
	const sealRooms = createSealRooms({
		...{ ...duty, documents, seals: logs },
		rooms: listed.commonsRooms,
		circleTasks: listed.circleTasks,
		circlesChanged: circles.changed
	});

	function onRoster() {
		void proveRoster();
		void own.ready().then(documents.recheck);
		receipts.recheck();
		sum.refresh();
	}
	const erasing = createErasing({
		...{ workspace, documents, circles, attachments, kindOfRoom: listed.kindOfRoom },
		journalStorage: options.journalStorage
	});
	const stopFollowing = [
		synced.subscribe(sum.refresh),
		receipts.version.subscribe(sum.refresh),
		keeper.roster.subscribe(onRoster),
		circles.changed.subscribe(documents.recheck),
		circles.changed.subscribe(sum.refresh),
		link.connection.subscribe(circles.resume)
	];
	const rotation = rotateWhenDue({ ...duty, clock, rotateIfDue: administration.rotateIfDue });
	const { peers } = root.presence;
	const stopWatching = watchPeers({ workspace, peers, sightings, roster, link, crypto });
	const arrivals = new Set<(room: RoomId) => void>();
	// Last: what the relay has said meanwhile is passed on now.
	const follower = followRelay({
		...{ link, numbering, logs, synced, own, receipts, sightings, sum, attachments, circles },
		...{ roster, isLeader },
		onArrival: (room) => arrivals.forEach((listener) => listener(room))
	});
	const stops = [
		...stopFollowing,
		listed.stop,
		stopWatching,
		administration.close,
		sealRooms.stop,
		stopStanding,
		erasing.stop,
		sum.close,
		own.close
	];
	circles.resume();

	return {
		workspace,
		self,
		standing,
		alarm: link.alarm,
		root,
		administration,
		documents: listed.all,
		...listed.acts,
		eraseDocument: erasing.erase,
		onArrival(listener) {
			arrivals.add(listener);
			return () => void arrivals.delete(listener);
		},
		attachments,
		save: sum.save,
		connection: link.connection,
		// Both are asked for seldom, and are not needed to open a workspace.
		async backup(onProgress, signal) {
			const { createBackup } = await import('./session/createBackup.ts');
			return createBackup(
				{
					...{ own, keeper, logs, documents, circles, root, crypto, clock, rootKind },
					blobs: options.blobs,
					...{ kindOfRoom: listed.kindOfRoom, all: listed.all },
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
				commit: () => numbering.current()?.commit ?? null,
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
			follower.lead();
			attachments.nudge();
			rotation.consider();
			circles.resume();
			void circles.reconcile();
			takeUp({
				...{ workspace, root: root.room, listed, own, logs, synced, circles },
				journalStorage: options.journalStorage
			});
		},
		async close() {
			rotation.stop();
			attachments.close();
			ended.abort();
			root.close();
			await documents.close();
			stops.forEach((stop) => stop());
			circles.close();
			follower.close();
			link.close();
		}
	};
}
