/** Takes in what the relay says and passes it on; the leading tab catches up and signs for it. */
import type { DeviceId, RoomId } from '$lib/base/ids.ts';
import type { RelayControl } from '$lib/protocol/control.ts';
import type { Roster } from '$lib/protocol/roster/roster.ts';
import type { AttachmentsKeeper } from '../blobs/createAttachments.ts';
import type { Circles } from '../circles/circles.ts';
import type { OwnKeys } from '../keys/ownKeys.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import { createCatchUp } from '../sync/catchUp.ts';
import type { Numbering } from '../sync/numbering.ts';
import type { Receipts } from '../sync/receipts.ts';
import type { Hello, RelayLink } from '../sync/relayLink.ts';
import type { SightingBook } from '../sync/sightings.ts';
import type { SyncedLogs } from '../sync/syncedLogs.ts';
import type { SaveSum } from './saveSum.ts';

export interface FollowOptions {
	readonly link: RelayLink;
	readonly numbering: Numbering;
	readonly logs: RoomLogs;
	readonly synced: SyncedLogs;
	readonly own: Pick<OwnKeys, 'settlePaper'>;
	readonly receipts: Receipts;
	readonly sightings: SightingBook;
	readonly sum: SaveSum;
	readonly attachments: AttachmentsKeeper;
	readonly circles: Pick<Circles, 'examine'>;
	/** Words have come in for a room; in a tab that does not catch up they may still be on their way. */
	readonly onArrival: (room: RoomId) => void;
	readonly roster: () => Roster;
	readonly isLeader: () => boolean;
}

export interface RelayFollower {
	/** This tab has become the one that catches up. */
	lead(): void;
	close(): void;
}

export function followRelay(options: FollowOptions): RelayFollower {
	const { link, numbering, logs, receipts, sum, attachments, isLeader } = options;
	let lastHello: Hello | null = null;
	let confirmed = '';

	/** Everything up to this commit is stored here: remember it, and tell the others. */
	async function confirm(relayId: string, commit: number) {
		const name = `${relayId} ${commit}`;
		if (name === confirmed) return;
		confirmed = name;
		await logs.writeCursor({ relayId, commit });
		await options.own.settlePaper(link.now());
		const receipt = await receipts.sign(commit);
		link.mux()?.control({ type: 'have', receipt });
	}

	const catchUp = createCatchUp(
		logs,
		options.synced,
		(relayId, commit) => {
			confirm(relayId, commit).catch(() => (confirmed = ''));
		},
		async (room, { stored }) => {
			await options.circles.examine(room, stored.log);
			options.onArrival(room);
		}
	);

	function startCatchUp(hello: Hello) {
		const ask = (commit: number) => link.mux()?.control({ type: 'since', commit });
		// When the store refuses, the next connection tries again.
		catchUp.onHello(hello, ask).catch(() => undefined);
	}

	function onHello(hello: Hello) {
		sum.covers(hello.commit);
		lastHello = hello;
		void receipts.onHello(hello.relayId, hello.receipts);
		if (isLeader()) startCatchUp(hello);
		attachments.onRelay(hello.relayId);
		if (hello.rosterLength > options.roster().length) link.exchangeRoster().catch(() => undefined);
	}

	function onChanged({ commit, rooms, since }: Extract<RelayControl, { type: 'changed' }>) {
		numbering.heard(commit);
		if (lastHello) lastHello = { ...lastHello, commit: Math.max(commit, lastHello.commit) };
		if (isLeader()) catchUp.onChanged(commit, rooms as RoomId[], since !== undefined);
		else (rooms as RoomId[]).forEach(options.onArrival);
	}

	function onControl(message: RelayControl) {
		if (message.type === 'changed') onChanged(message);
		if (message.type === 'receipt') {
			void receipts.onReceipt(message.receipt);
			options.sightings.saw(message.receipt.device as DeviceId);
		}
	}

	const stops = [
		// The same number may be reached a second time, and stands for something else then.
		numbering.lost.subscribe(() => (confirmed = '')),
		link.connection.subscribe(() => {
			if (link.connection.current() !== 'online') catchUp.onDisconnected();
		})
	];
	link.listen({ hello: onHello, control: onControl });

	return {
		lead() {
			if (lastHello && link.mux()) startCatchUp(lastHello);
		},
		close() {
			stops.forEach((stop) => stop());
			catchUp.close();
		}
	};
}
