/** Stock Yjs documents and y-websocket clients for tests of the relay. */
import { WebSocket, type ClientOptions } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

/** A document whose updates are kept one by one. */
export function createLogDoc(): {
	doc: Y.Doc;
	push(entry: string): Uint8Array;
	entries(): unknown;
} {
	const doc = new Y.Doc();
	return {
		doc,
		push(entry) {
			const updates: Uint8Array[] = [];
			const keep = (update: Uint8Array) => updates.push(update);
			doc.on('update', keep);
			doc.getArray('log').push([entry]);
			doc.off('update', keep);
			return updates[0]!;
		},
		entries: () => doc.getArray('log').toJSON() as unknown[]
	};
}

export function entriesOf(...updates: readonly Uint8Array[]): unknown[] {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc.getArray('log').toJSON() as unknown[];
}

/** An update of one entry from a document of its own. */
export const loneUpdate = (entry: string): Uint8Array => createLogDoc().push(entry);

export interface StockClient {
	readonly provider: WebsocketProvider;
	readonly doc: Y.Doc;
	/** Commits the relay said were stored, in order. */
	readonly stored: number[];
	readonly closeCodes: number[];
	push(...entries: string[]): void;
	entries(): unknown[];
	destroy(): void;
}

export interface StockOptions {
	readonly protocols?: string[];
	readonly params?: Record<string, string>;
	readonly doc?: Y.Doc;
}

const STORED = 16;

/** The stock provider as it is published, with nothing but a reader for our acknowledgement. */
export function connectStock(
	host: string,
	workspace: string,
	room: string,
	{ protocols = [], params = {}, doc = new Y.Doc() }: StockOptions = {}
): StockClient {
	const provider = new WebsocketProvider(`ws://${host}/sync/${workspace}`, room, doc, {
		...{ protocols, params, disableBc: true, connect: false },
		WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket
	});
	const stored: number[] = [];
	const closeCodes: number[] = [];
	provider.messageHandlers[STORED] = (_encoder, decoder) => {
		stored.push(decoding.readVarUint(decoder));
	};
	provider.on('connection-close', (event) => closeCodes.push(event?.code ?? 0));
	provider.connect();
	return {
		...{ provider, doc, stored, closeCodes },
		push: (...entries) => doc.getArray('log').push(entries),
		entries: () => doc.getArray('log').toJSON() as unknown[],
		destroy() {
			provider.destroy();
			doc.destroy();
		}
	};
}

/** A bare socket that speaks to one room as stock clients do, a message a frame. */
export async function connectRaw(
	url: string,
	protocols: string[] = [],
	options: ClientOptions = {}
): Promise<{ ws: WebSocket; received: Uint8Array[]; closed: Promise<number> }> {
	const ws = new WebSocket(url, protocols, options);
	const received: Uint8Array[] = [];
	ws.on('message', (data: Buffer) => received.push(new Uint8Array(data)));
	const closed = new Promise<number>((resolve) => ws.once('close', resolve));
	await new Promise<void>((resolve, reject) => {
		ws.once('open', resolve);
		ws.once('error', reject);
	});
	ws.on('error', () => undefined); // the close code that follows says more
	return { ws, received, closed };
}
