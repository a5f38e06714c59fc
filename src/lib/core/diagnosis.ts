/** What a person may copy and send when something is wrong: numbers and public ids, no secret, no name. */
import type { DeviceId, WorkspaceId } from '$lib/base/ids.ts';
import type { Role } from '$lib/protocol/roster/rosterRecord.ts';
import type { Connection, RosterAlarm } from './workspaceSession.ts';

export interface DiagnosedDevice {
	readonly device: DeviceId;
	readonly isThis: boolean;
	readonly role: Role;
	readonly state: 'active' | 'pending' | 'retired';
	/** Newest commit of the relay that this device has signed for; null when it never did. */
	readonly holdsCommit: number | null;
	readonly seenAtMs: number | null;
}

export interface Diagnosis {
	readonly workspace: WorkspaceId;
	readonly madeAtMs: number;
	readonly devices: readonly DiagnosedDevice[];
	readonly roster: {
		readonly length: number;
		/** First characters of the newest record's hash: two devices can be compared by it. */
		readonly head: string;
		readonly alarm: RosterAlarm | null;
		readonly rotationDue: boolean;
	};
	/** Of the commons key. */
	readonly epochs: { readonly newest: number; readonly held: readonly number[] };
	readonly rooms: {
		readonly stored: number;
		readonly unsent: number;
		readonly open: number;
		/** Rooms of circles this device can read. */
		readonly circles: number;
	};
	/** Entries of open rooms that were not applied, by the reason. */
	readonly refusals: Readonly<Record<string, number>>;
	/** Entries of open rooms that wait for a key or for the roster. */
	readonly waiting: number;
	readonly relay: {
		readonly connection: Connection;
		readonly reachable: boolean;
		/** Milliseconds there and back; null when it is not reachable. */
		readonly roundTripMs: number | null;
		/** The relay's clock minus this device's, in milliseconds. */
		readonly clockOffsetMs: number | null;
		readonly protocol: string | null;
		readonly commit: number | null;
	};
}
