/** An open workspace as the screens see it. Built in src/lib/app, handed down by context. */
import type { DeviceId, MemberId, RoomId, WorkspaceId } from '$lib/base/ids.ts';
import type { Observable } from '$lib/base/observable.ts';
import type { Result } from '$lib/base/result.ts';
import type { Role } from '$lib/protocol/roster/rosterRecord.ts';
import type { DocumentEntry, OpenDocument, SaveState } from './rooms/openDocument.ts';

/** `refused`: the relay does not let this device in; trying again will not help. */
export type Connection = 'offline' | 'connecting' | 'online' | 'refused';

export interface Self {
	readonly member: MemberId;
	readonly device: DeviceId;
	readonly role: Role;
}

/** Somebody the roster lets in, by the sealed profile that came with the device. */
export interface RosterPerson {
	readonly member: MemberId;
	readonly role: Role;
	readonly name: string;
	readonly post: string;
}

export interface InvitationRequest {
	readonly role: Role;
	/** Milliseconds from now. */
	readonly lifetimeMs: number;
}

export type InvitationFault = 'offline' | 'not-allowed' | 'refused';

export interface WorkspaceSession {
	readonly workspace: WorkspaceId;
	readonly self: Self;
	/** The branch document: name, members, index. Open as long as the session is. */
	readonly root: OpenDocument;
	/** Everybody who can read, observers included: nobody reads along unseen. */
	readonly people: Observable<readonly RosterPerson[]>;
	readonly documents: Observable<readonly DocumentEntry[]>;
	/** Opening from IndexedDB alone works with no network; `waitingForSync` rooms start empty. */
	openDocument(room: RoomId): Promise<OpenDocument>;
	createDocument(kind: string, title: string): Promise<RoomId>;
	renameDocument(room: RoomId, title: string): void;
	trashDocument(room: RoomId, trashed: boolean): void;
	readonly save: Observable<SaveState>;
	readonly connection: Observable<Connection>;
	/** Gives the link; its secret stands in the fragment and is kept nowhere. */
	invite(
		request: InvitationRequest
	): Promise<Result<{ link: string; expiresAt: number }, InvitationFault>>;
	close(): Promise<void>;
}
