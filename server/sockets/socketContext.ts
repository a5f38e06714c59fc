/** What every kind of connection gets from the relay when it is admitted. */
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Receipt } from '../../src/lib/protocol/control.ts';
import type { Log } from '../log.ts';
import type { Tuning } from '../relayOptions.ts';
import type { LiveWorkspace, RoomHub } from '../rooms/roomHub.ts';

export interface SocketContext {
	readonly ws: WebSocket;
	readonly socket: Socket;
	readonly hub: RoomHub;
	readonly workspace: LiveWorkspace;
	readonly tuning: Tuning;
	readonly log: Log;
	readonly relayId: string;
	/** Null where nobody is asked who they are. */
	readonly device: string | null;
	readonly mayWrite: boolean;
	/** The newest of each device that is in. */
	receipts(): Receipt[];
	changedSince(commit: number): Promise<string[]>;
	/** Whether the receipt was news and its signature held; it is stored then. */
	acceptReceipt(receipt: Receipt): Promise<boolean>;
	onEnd(): void;
	/** An update of this peer hung the decoder. */
	onBanned(): void;
}
