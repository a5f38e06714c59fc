/**
 * Puts one workspace together: keys, roster, logs, link, catch-up, receipts, documents. Everything
 * it needs from the world comes in, so that several devices run in one test.
 */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import type { Clock } from '$lib/base/clock.ts';
import { newRoomId, type MemberId, type RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import { err, ok } from '$lib/base/result.ts';
import { mayWrite, type RosterCrypto } from '$lib/protocol/roster/roster.ts';
import { signRecord, type InviteBody } from '$lib/protocol/roster/rosterRecord.ts';
import type { RelayControl } from '$lib/protocol/control.ts';
import { createSigner, type Signer } from './crypto/signer.ts';
import {
	createInvitationSecret,
	deriveInvitationKeys,
	invitationLink,
	sealCommons
} from './keys/invitation.ts';
import type { DeviceKeys } from './keys/vault.ts';
import type { DocumentKind } from './rooms/documentKind.ts';
import { createDocumentIndex } from './rooms/documentIndex.ts';
import { createDocuments, type Documents } from './rooms/documents.ts';
import type { SaveState } from './rooms/openDocument.ts';
import type { Sealing } from './rooms/room.ts';
import type { RosterKeeper } from './roster/rosterKeeper.ts';
import { roomsInJournal, type JournalStorage } from './store/journal.ts';
import type { RoomLogs } from './store/roomLogs.ts';
import { createCatchUp } from './sync/catchUp.ts';
import { createReceipts } from './sync/receipts.ts';
import { createRelayApi } from './sync/relayApi.ts';
import { createRelayLink, type Hello, type RelayLink } from './sync/relayLink.ts';
import { createSyncedLogs, type SyncedLogs } from './sync/syncedLogs.ts';
import { openProfile } from './keys/profile.ts';
import type { InvitationRequest, RosterPerson, WorkspaceSession } from './workspaceSession.ts';

export interface SessionOptions {
	readonly origin: string;
	readonly keys: DeviceKeys;
	readonly keeper: RosterKeeper;
	readonly logs: RoomLogs;
	readonly crypto: RosterCrypto;
	readonly clock: Clock;
	/** The kind of the branch document. */
	readonly rootKind: DocumentKind;
	readonly kinds: readonly DocumentKind[];
	readonly isLeader: () => boolean;
	readonly journalStorage: JournalStorage | null;
	readonly checkpointWaitMs: () => number;
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
}

const INVITE_TRIES = 5;
const ROOT_FAULT_ORDER: readonly SaveState['fault'][] = ['disk-full', 'store-failed'];

function epochs(keys: DeviceKeys) {
	const newest = Math.max(...keys.commons.keys());
	return {
		keyOf: (epoch: number) => keys.commons.get(epoch) ?? null,
		current: () => ({ epoch: newest, key: keys.commons.get(newest)! })
	};
}

/** The honest sum over everything that is open, and what is still unsent in closed rooms. */
function sumSaveStates(
	synced: SyncedLogs,
	documents: Documents,
	held: SaveState['held'],
	unsentElsewhere: boolean
): SaveState {
	const open = synced.open();
	const sealing = documents.openRooms().some((room) => room.sealing.current());
	const writes = open.map(({ stored }) => stored.writes.current());
	const syncs = open.map(({ sync }) => sync.state.current());
	return {
		stored: !sealing && writes.every(({ pending }) => pending === 0),
		delivered: !sealing && !unsentElsewhere && syncs.every(({ delivered }) => delivered),
		held,
		fault: ROOT_FAULT_ORDER.find((fault) => writes.some((write) => write.fault === fault)) ?? null
	};
}

export async function createSession(options: SessionOptions): Promise<Session> {
	const { origin, keys, keeper, logs, crypto, clock } = options;
	const { workspace, device, member } = keys;
	const roster = () => keeper.roster.current();
	const self = roster().devices.get(device);
	const signer: Signer = await createSigner(keys.signing);
	const { keyOf, current } = epochs(keys);
	const receipts = createReceipts(workspace, device, signer, roster, crypto);

	/** The relay's numbering as last seen by this device; a smaller or another one means a lost store. */
	let numbering = await logs.readCursor();
	/** Covers all that this device sent, and all there was when it connected. */
	let ownCommit = 0;

	function onHello(hello: Hello) {
		// Before the channels open again: what they send now counts for the relay's new store.
		if (numbering && (numbering.relayId !== hello.relayId || hello.commit < numbering.commit)) {
			synced.forgetDelivery();
			receipts.forget();
			ownCommit = 0;
		}
		numbering = { relayId: hello.relayId, commit: hello.commit };
		ownCommit = Math.max(ownCommit, hello.commit);
		lastHello = hello;
		void receipts.onHello(hello.relayId, hello.receipts);
		if (options.isLeader()) startCatchUp(hello);
		if (hello.rosterLength > roster().length) link.exchangeRoster().catch(() => undefined);
	}

	function startCatchUp(hello: Hello) {
		const ask = (commit: number) => link.mux()?.control({ type: 'since', commit });
		// When the store refuses, the next connection tries again.
		catchUp.onHello(hello, ask).catch(() => undefined);
	}

	const link: RelayLink = createRelayLink({
		origin,
		workspace,
		device,
		signer,
		keeper,
		clock,
		WebSocket: options.WebSocket,
		fetch: options.fetch,
		onHello,
		onControl
	});
	let lastHello: Hello | null = null;
	const synced = createSyncedLogs(logs, link, self !== undefined && mayWrite(self));

	const catchUp = createCatchUp(logs, synced, (relayId, commit) => {
		confirm(relayId, commit).catch(() => (confirmed = ''));
	});
	let confirmed = '';

	/** Everything up to this commit is stored here: remember it, and tell the others. */
	async function confirm(relayId: string, commit: number) {
		const name = `${relayId} ${commit}`;
		if (name === confirmed) return;
		confirmed = name;
		await logs.writeCursor({ relayId, commit });
		const receipt = await receipts.sign(commit);
		link.mux()?.control({ type: 'have', receipt });
	}

	function onControl(message: RelayControl) {
		if (message.type === 'changed' && numbering && lastHello) {
			const commit = Math.max(numbering.commit, message.commit);
			numbering = { ...numbering, commit };
			lastHello = { ...lastHello, commit };
		}
		if (message.type === 'changed' && options.isLeader())
			catchUp.onChanged(message.commit, message.rooms as RoomId[], message.since !== undefined);
		if (message.type === 'receipt') void receipts.onReceipt(message.receipt);
	}

	const sealing: Sealing | null =
		self && mayWrite(self)
			? { device, signer, current, rosterLength: () => roster().length }
			: null;
	const deviceOf = (id: typeof device) => roster().devices.get(id) ?? null;
	const documents = createDocuments({
		workspace,
		self: member,
		synced,
		sealing,
		context: () => ({ rosterLength: roster().length, keyOf, deviceOf, crypto }),
		keyOf,
		current,
		clock,
		journalStorage: options.journalStorage,
		relayNow: link.now,
		connection: link.connection,
		isLeader: options.isLeader,
		heldBy: receipts.heldBy,
		heldVersion: receipts.version,
		onSealing: () => void refresh(),
		checkpointWaitMs: options.checkpointWaitMs
	});

	function readPeople(): RosterPerson[] {
		const found = new Map<MemberId, RosterPerson>();
		for (const { member: id, role, profile } of roster().devices.values()) {
			const opened = [...keys.commons.values()]
				.map((key) => openProfile(key, id, profile))
				.find(Boolean);
			found.set(id, { member: id, role, name: opened?.name ?? '', post: opened?.post ?? '' });
		}
		return [...found.values()];
	}
	const people = createSource<readonly RosterPerson[]>(readPeople());

	let unsentElsewhere = (await logs.unsent()).length > 0;
	const sum = () => {
		ownCommit = Math.max(
			ownCommit,
			...synced.open().map(({ sync }) => sync.state.current().commit)
		);
		return sumSaveStates(synced, documents, receipts.heldBy(ownCommit), unsentElsewhere);
	};
	const save = createSource<SaveState>(sum());
	const refresh = async () => {
		const open = new Set(synced.open().map(({ stored }) => stored.room));
		const next = sum();
		if (JSON.stringify(next) !== JSON.stringify(save.current())) save.set(next);
		const unsent = await logs.unsent().catch(() => []);
		unsentElsewhere = unsent.some((room) => !open.has(room));
		const settled = sum();
		if (JSON.stringify(settled) !== JSON.stringify(save.current())) save.set(settled);
	};
	const stops = [
		synced.subscribe(() => void refresh()),
		receipts.version.subscribe(() => void refresh()),
		keeper.roster.subscribe(() => {
			people.set(readPeople());
			documents.recheck();
			receipts.recheck();
			void refresh();
		}),
		link.connection.subscribe(
			() => link.connection.current() !== 'online' && catchUp.onDisconnected()
		)
	];

	const root = await documents.open(roster().rootRoom, options.rootKind);
	const index = createDocumentIndex(root.doc);
	const kindOf = new Map(options.kinds.map((kind) => [kind.kind, kind]));

	function kindOfRoom(room: RoomId): DocumentKind {
		const entry = index.documents.current().find((document) => document.room === room);
		// A document of a later version of the app: shown as such, never written to.
		return (
			(entry && kindOf.get(entry.kind)) ?? {
				kind: entry?.kind ?? 'unknown',
				schema: 0,
				create: () => {},
				migrations: {}
			}
		);
	}

	/** What a killed tab left of documents that nobody has opened since. */
	function takeUpJournals() {
		const rooms = options.journalStorage ? roomsInJournal(workspace, options.journalStorage) : [];
		for (const room of rooms) {
			if (!index.documents.current().some((document) => document.room === room)) continue;
			documents.open(room, kindOfRoom(room)).then(
				(document) => document.close(),
				() => undefined
			);
		}
	}

	async function invite({
		role,
		lifetimeMs
	}: InvitationRequest): ReturnType<WorkspaceSession['invite']> {
		if (self?.role !== 'secretary') return err('not-allowed');
		const api = createRelayApi(origin, options.fetch);
		const secret = createInvitationSecret();
		const invitation = await deriveInvitationKeys(secret, workspace);
		for (let attempt = 0; attempt < INVITE_TRIES; attempt++) {
			if (await link.exchangeRoster()) return err('offline');
			const info = await api.info();
			if (!info.ok) return err('offline');
			const body: InviteBody = {
				v: 1,
				type: 'invite',
				seq: roster().length,
				prev: roster().head,
				at: info.value.now,
				by: device,
				inviteKey: bytesToBase64Url(invitation.signer.publicKey),
				role,
				expiresAt: info.value.now + lifetimeMs,
				uses: 1,
				commons: sealCommons(invitation, workspace, current().key)
			};
			const record = await signRecord(body, signer.sign);
			const sent = await api.appendRoster(workspace, body.seq, [record]);
			if (!sent.ok) return err('offline');
			if (sent.value.status === 'refused') return err('refused');
			if (sent.value.status === 'ok' && (await keeper.extend(body.seq, [record])).ok)
				return ok({ link: invitationLink(origin, workspace, secret), expiresAt: body.expiresAt });
		}
		return err('refused');
	}

	return {
		workspace,
		self: { member, device, role: self?.role ?? 'observer' },
		root,
		people,
		documents: index.documents,
		openDocument: (room) => documents.open(room, kindOfRoom(room)),
		async createDocument(name, title) {
			const kind = kindOf.get(name);
			if (!kind) throw new Error(`broken invariant: unknown kind of document: ${name}`);
			if (!sealing) throw new Error('broken invariant: an observer makes no documents');
			const room = newRoomId();
			await documents.create(room, kind);
			index.add({ room, kind: name, title, createdAt: new Date(clock.now()).toISOString() });
			return room;
		},
		renameDocument: index.rename,
		trashDocument: index.trash,
		save,
		connection: link.connection,
		invite,
		documentsOpen: documents,
		link,
		nudge: link.nudge,
		becomeLeader() {
			if (lastHello && link.mux()) startCatchUp(lastHello);
			takeUpJournals();
		},
		async close() {
			root.close();
			await documents.close();
			stops.forEach((stop) => stop());
			catchUp.close();
			link.close();
		}
	};
}
