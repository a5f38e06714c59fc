/** An open workspace as the screens see it. Built in src/lib/app, handed down by context. */
import type { DeviceId, MemberId, RoomId, WorkspaceId } from '$lib/base/ids.ts';
import type { Observable } from '$lib/base/observable.ts';
import type { Result } from '$lib/base/result.ts';
import type { Role } from '$lib/protocol/roster/rosterRecord.ts';
import type { Attachments } from './blobs/attachments.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Circle, CircleName } from './circles/circle.ts';
import type { EraseFault } from './circles/circles.ts';
import type { DocumentEntry, OpenDocument, SaveState } from './rooms/openDocument.ts';
import type { BackupReport } from './recovery/verifyBackup.ts';
import type { Administration } from './roster/administration.ts';
import type { RosterAlarm } from './sync/rosterExchange.ts';

export type { RosterAlarm } from './sync/rosterExchange.ts';

/** `refused`: the relay does not let this device in; trying again will not help. */
export type Connection = 'offline' | 'connecting' | 'online' | 'refused';

export interface Self {
	readonly member: MemberId;
	readonly device: DeviceId;
	readonly role: Role;
	/** May read rooms of the `restricted` circle and make new ones. */
	readonly restricted: boolean;
}

/**
 * `changed`: what this person may do has changed, and the workspace is to be opened anew.
 * `retired`: this device was taken out, by a record that it has verified.
 */
export type Standing = 'in' | 'changed' | 'retired';

export interface WorkspaceDocument extends DocumentEntry {
	readonly circle: 'commons' | CircleName;
	/** Who shares it; null for the commons. */
	readonly members: readonly MemberId[] | null;
	/** Who made the circle, and alone says who is in it; null for the commons, or where it is unknown. */
	readonly maker: MemberId | null;
}

export interface WrittenBackup {
	/** An `age` file to the person's own recovery kit. */
	readonly file: Blob;
	/** `tongxin-2023-03-15.age` */
	readonly name: string;
	/** What was found when it was read again, whole. */
	readonly report: BackupReport;
	/** Of this device that did not fit, or that its disk has damaged. */
	readonly attachmentsLeftOut: number;
}

/** `no-kit`: a backup is sealed for the recovery kit, so there must be one. */
export type BackupFault = 'no-kit' | 'aborted' | 'failed';

export interface WorkspaceSession {
	readonly workspace: WorkspaceId;
	readonly self: Self;
	readonly standing: Observable<Standing>;
	/** What is wrong with the members' record the relay shows, or null. */
	readonly alarm: Observable<RosterAlarm | null>;
	/** The branch document: name, members, index. Open as long as the session is. */
	readonly root: OpenDocument;
	readonly administration: Administration;
	/** The committee's, and those of circles this device may read. */
	readonly documents: Observable<readonly WorkspaceDocument[]>;
	/** Opening from IndexedDB alone works with no network; `waitingForSync` rooms start empty. */
	openDocument(room: RoomId): Promise<OpenDocument>;
	/**
	 * Calls back when words have come in for a room, also for one that is open nowhere here. In a tab
	 * that does not catch up by itself they may still be on their way: whoever opens it gets them.
	 */
	onArrival(listener: (room: RoomId) => void): () => void;
	/** Who may read it is decided here: the committee unless a circle is given. Works offline. */
	createDocument(kind: string, title: string, circle?: Circle): Promise<RoomId>;
	/** Lets further people read a document of one's own circle; what they have read stays read. */
	shareDocument(room: RoomId, members: readonly MemberId[]): Promise<boolean>;
	renameDocument(room: RoomId, title: string): void;
	trashDocument(room: RoomId, trashed: boolean): void;
	/** Drops key and words of a circle's document on this device. There is no way back. */
	forgetDocument(room: RoomId): Promise<void>;
	/**
	 * The same everywhere: every device lets go of it as soon as it hears of it, and the relay keeps
	 * nothing that was in it. For the person who made it, and for a secretary where it is restricted.
	 * Works offline; answers when it is certain to happen.
	 */
	eraseDocument(room: RoomId): Promise<Result<void, EraseFault>>;
	/** Files and photos that hang on records. */
	readonly attachments: Attachments;
	readonly save: Observable<SaveState>;
	readonly connection: Observable<Connection>;
	backup(
		/** Share done, 0 to 1. */
		onProgress: (share: number) => void,
		signal: AbortSignal
	): Promise<Result<WrittenBackup, BackupFault>>;
	diagnosis(): Promise<Diagnosis>;
	close(): Promise<void>;
}
