/**
 * The documents of a workspace, the committee's and those of circles, as one list: a document of
 * the commons stands in the branch document's index, one of a circle says itself what it is.
 */
import type { Clock } from '$lib/base/clock.ts';
import { newRoomId, type RoomId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { Circles } from '../circles/circles.ts';
import { createDocumentIndex } from '../rooms/documentIndex.ts';
import type { DocumentKind } from '../rooms/documentKind.ts';
import type { Documents, SealTask } from '../rooms/documents.ts';
import type { OpenDocument } from '../rooms/openDocument.ts';
import type { WorkspaceDocument, WorkspaceSession } from '../workspaceSession.ts';

export interface WorkspaceDocumentsOptions {
	readonly root: OpenDocument;
	readonly rootKind: DocumentKind;
	readonly kinds: readonly DocumentKind[];
	readonly documents: Documents;
	readonly circles: Circles;
	readonly mayWrite: Observable<boolean>;
	readonly clock: Clock;
}

/** What a session shows of them. */
type Acts = Pick<
	WorkspaceSession,
	| 'openDocument'
	| 'createDocument'
	| 'shareDocument'
	| 'renameDocument'
	| 'trashDocument'
	| 'forgetDocument'
>;

export interface WorkspaceDocuments {
	readonly all: Observable<readonly WorkspaceDocument[]>;
	readonly acts: Acts;
	kindOfRoom(room: RoomId): DocumentKind;
	/** The commons' rooms that this version can write a checkpoint for, the branch document's last. */
	commonsRooms(): readonly Pick<SealTask, 'room' | 'kind'>[];
	circleTasks(): readonly SealTask[];
	stop(): void;
}

export function createWorkspaceDocuments(options: WorkspaceDocumentsOptions): WorkspaceDocuments {
	const { root, rootKind, documents, circles, mayWrite, clock } = options;
	const index = createDocumentIndex(root.doc);
	const kindOf = new Map(options.kinds.map((kind) => [kind.kind, kind]));

	function read(): readonly WorkspaceDocument[] {
		const commons = index.documents
			.current()
			.map((entry) => ({ ...entry, circle: 'commons' as const, members: null, maker: null }));
		return [...commons, ...circles.documents.current()];
	}
	const all = createSource(read());
	const refresh = () => all.set(read());
	const stops = [index.documents.subscribe(refresh), circles.documents.subscribe(refresh)];

	function kindOfRoom(room: RoomId): DocumentKind {
		const name = all.current().find((document) => document.room === room)?.kind ?? 'unknown';
		// A document of a later version of the app: shown as such, never written to.
		const later = { kind: name, schema: 0, create: () => {}, migrations: {} };
		return kindOf.get(name) ?? later;
	}

	const createDocument: Acts['createDocument'] = async (name, title, circle) => {
		const kind = kindOf.get(name);
		if (!kind) throw new Error(`broken invariant: unknown kind of document: ${name}`);
		if (!mayWrite.current()) throw new Error('broken invariant: an observer makes no documents');
		const room = circle ? await circles.create(circle, name, title) : newRoomId();
		await documents.create(room, kind);
		const createdAt = new Date(clock.now()).toISOString();
		if (!circle) index.add({ room, kind: name, title, createdAt });
		return room;
	};

	return {
		all,
		kindOfRoom,
		acts: {
			openDocument: (room) => documents.open(room, kindOfRoom(room)),
			createDocument,
			shareDocument: async (room, members) => (await circles.share(room, members)).ok,
			renameDocument(room, title) {
				if (circles.keysOf(room)) void circles.rename(room, title);
				else index.rename(room, title);
			},
			trashDocument(room, trashed) {
				if (circles.keysOf(room)) void circles.trash(room, trashed);
				else index.trash(room, trashed);
			},
			forgetDocument: circles.forget
		},
		commonsRooms: () => [
			...index.documents.current().flatMap(({ room, kind: name }) => {
				const kind = kindOf.get(name);
				return kind ? [{ room, kind }] : [];
			}),
			{ room: root.room, kind: rootKind }
		],
		circleTasks: () =>
			circles.sealTasks().flatMap(({ kind: name, ...task }) => {
				const kind = kindOf.get(name);
				return kind ? [{ ...task, kind }] : [];
			}),
		stop: () => stops.forEach((stop) => stop())
	};
}
