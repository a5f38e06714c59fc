/** The few HTTP addresses beside the socket, for what must work before a socket may open. */
import * as z from 'zod/mini';

export const relayPaths = {
	/** GET → RelayInfo. No proof needed. */
	info: '/api/relay',
	/** GET ?from=n → RosterAnswer with the records from n on. POST {from, records} appends. */
	roster: (workspace: string) => `/api/roster/${workspace}`,
	/** HEAD tells what the relay has, PUT adds to it, GET reads it. See `blobHeaders`. */
	blob: (workspace: string, id: string) => `/api/blobs/${workspace}/${id}`,
	/** GET → WorkspacesAnswer: those whose id begins so. No proof needed. */
	workspaces: (prefix: string) => `/api/workspaces/${prefix}`,
	/** Websocket: the multiplexed socket; with a room behind it, one room for a stock client. */
	sync: (workspace: string, room?: string) =>
		`/sync/${workspace}${room === undefined ? '' : `/${room}`}`
} as const;

/** What the code on a recovery kit is: too long to be met by chance, short enough to be typed. */
const WORKSPACE_PREFIX = /^[A-Za-z0-9_-]{8,43}$/;
export const isWorkspacePrefix = (text: string): boolean => WORKSPACE_PREFIX.test(text);

export const workspacesAnswer = z.object({ workspaces: z.array(z.string()) });
export type WorkspacesAnswer = z.infer<typeof workspacesAnswer>;

export const relayInfo = z.object({ relayId: z.string(), now: z.int(), protocol: z.string() });
export type RelayInfo = z.infer<typeof relayInfo>;

export const rosterAppendRequest = z.strictObject({
	from: z.int().check(z.nonnegative()),
	records: z.array(z.unknown())
});

/**
 * `conflict`: the relay's chain has another record at `from`; the answer says how long its chain
 * is, so that the caller reads on from there and tries again on the new head.
 */
export const rosterAppendAnswer = z.discriminatedUnion('status', [
	z.object({ status: z.literal('ok'), length: z.int() }),
	z.object({ status: z.literal('conflict'), length: z.int() }),
	z.object({ status: z.literal('refused'), reason: z.string() })
]);
export type RosterAppendAnswer = z.infer<typeof rosterAppendAnswer>;

export const rosterAnswer = z.object({ length: z.int(), records: z.array(z.unknown()) });

/** Numbers of an upload, in bytes of the sealed file. */
export const blobHeaders = {
	/** How many the relay has; on a PUT, where its body begins. */
	offset: 'upload-offset',
	/** On a PUT: how many the whole file has. */
	length: 'upload-length',
	/** `1` when the relay has the file whole, has checked it and made it durable. */
	complete: 'upload-complete'
} as const;

export const blobRefusals = [
	'too-large',
	'workspace-full',
	'storage-full',
	'wrong-hash',
	'read-only',
	'busy',
	'malformed'
] as const;
export type BlobRefusal = (typeof blobRefusals)[number];

/** `conflict`: the body does not begin where the relay's part ends; it says where that is. */
export const blobPutAnswer = z.discriminatedUnion('status', [
	z.object({ status: z.literal('ok'), offset: z.int(), complete: z.boolean() }),
	z.object({ status: z.literal('conflict'), offset: z.int() }),
	z.object({ status: z.literal('refused'), reason: z.enum(blobRefusals) })
]);
export type BlobPutAnswer = z.infer<typeof blobPutAnswer>;
