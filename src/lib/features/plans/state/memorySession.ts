// A workspace in memory for tests of the state classes: documents, no network, no disk.

import * as Y from 'yjs';
import { newMemberId, newRoomId, type DeviceId, type RoomId } from '$lib/base/ids.ts';
import { createSource, type Source } from '$lib/base/observable.ts';
import { stampSchema } from '$lib/core/rooms/documentKind.ts';
import type { Access, OpenDocument, Peer, Place } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceDocument } from '$lib/core/workspaceSession.ts';
import { planKind } from '../model/planKind.ts';
import type { ImportSession } from './importFlow.svelte.ts';

export interface MemoryDocument extends OpenDocument {
	readonly places: (Place | null)[];
	readonly peers: Source<readonly Peer[]>;
}

export function memoryDocument(doc: Y.Doc, access: Access = 'write'): MemoryDocument {
	const places: (Place | null)[] = [];
	const peers = createSource<readonly Peer[]>([]);
	const save = { stored: true, delivered: true, held: { by: 1, of: 1 }, fault: null };
	return {
		room: newRoomId(),
		kind: 'plan',
		doc,
		access,
		places,
		peers,
		presence: { peers, setPlace: (place) => void places.push(place) },
		save: createSource(save),
		close: () => {}
	};
}

export function memorySession(): ImportSession & { docs: Map<RoomId, Y.Doc> } {
	const docs = new Map<RoomId, Y.Doc>();
	const documents = createSource<readonly WorkspaceDocument[]>([]);
	return {
		docs,
		documents,
		self: {
			member: newMemberId(),
			device: 'device' as DeviceId,
			role: 'secretary',
			restricted: true
		},
		openDocument: async (room) => memoryDocument(docs.get(room) ?? new Y.Doc()),
		createDocument: async (kind, title) => {
			const room = newRoomId();
			const doc = new Y.Doc();
			stampSchema(doc, planKind);
			docs.set(room, doc);
			const createdAt = new Date(0).toISOString();
			const entry = { room, kind, title, createdAt, trashed: false };
			documents.set([
				...documents.current(),
				{ ...entry, circle: 'commons', members: null, maker: null }
			]);
			return room;
		}
	};
}
