/**
 * Every number the relay works by, in one place: the limits of the protocol and its own measures.
 * A test passes the few it wants otherwise.
 */
import { limits } from '../src/lib/protocol/limits.ts';

type Numbers<T> = { readonly [K in keyof T]: number };

export const defaultTuning = {
	...limits,
	/** Small messages and control messages in one frame weigh as this part of a further frame. */
	messagesPerFrameToken: 100,
	controlsPerFrameToken: 4,
	/** Bytes of one socket's updates that may wait to be decoded before the relay stops reading it. */
	maxPendingBytes: 32 * 1024 * 1024,
	/** Presence is dropped, not queued, for a socket that lags behind by so much. */
	presenceLagBytes: 512 * 1024,
	maxPresenceClients: 256,
	/** A health question costs the store a write, so it is asked no more often than this. */
	healthEveryMs: 1_000,
	/** How often idle rooms, silent sockets and pings are looked after. */
	sweepEveryMs: 1_000,
	silentMs: 60_000,
	pingEveryMs: 25_000,
	channelReuseMs: 5_000,
	/** Time the decoder may take for an update up to 1 MiB; longer ones get as much again a MiB. */
	decodeMs: 1_500,
	/** The same for a room as it lies in the store: its parts were checked when they came. */
	loadMs: 10_000,
	/** How long a device stays out whose update hung the decoder. */
	banMs: 60_000,
	/** A room's Yjs document leaves memory when nothing asked for it for so long. */
	docIdleMs: 60_000,
	/** The same once nobody has the room open. */
	docLingerMs: 2_000,
	compactAfterUpdates: 500,
	compactIdleAfterUpdates: 32,
	workers: 2,
	workerHeapMb: 1024,
	maxRosterPosts: 32,
	cachedRosters: 1_000,
	/** New workspaces one address may begin: so many at once, and so many a minute later on. */
	newWorkspaceBurst: 200,
	newWorkspacesPerMinute: 20,
	/** Roster records one address may have the relay verify, at two signatures each. */
	recordBurst: 20_000,
	recordsPerMinute: 2_000,
	/** Questions for workspaces by the beginning of their id, and answers to one. */
	lookupBurst: 30,
	lookupsPerMinute: 10,
	maxWorkspacesFound: 4,
	/** Bodies of attachments that may be read at the same time, and for how long each. */
	maxBlobPuts: 64,
	maxWorkspaceBlobPuts: 8,
	blobBodyMs: 30_000,
	/** Downloads of attachments at the same time, and how long a reader may stand still. */
	maxBlobGets: 256,
	maxWorkspaceBlobGets: 32,
	blobIdleMs: 60_000,
	/** Attachments of one workspace that are under way, and how long one may stand still. */
	maxWorkspaceBlobParts: 64,
	blobPartMs: 24 * 60 * 60_000,
	blobSweepEveryMs: 60 * 60_000,
	/** How long a socket may take to say goodbye before it is cut off. */
	closeGraceMs: 1_000
} as const;

export type Tuning = Numbers<typeof defaultTuning>;
