/**
 * Keeps the chain of the roster and the relay's the same: reads what is new, sends what the relay
 * lacks, and says when what it shows cannot be right.
 */
import { limits } from '$lib/protocol/limits.ts';
import { isActive, type Roster } from '$lib/protocol/roster/roster.ts';
import { rosterParts } from '$lib/protocol/roster/rosterParts.ts';
import type { DeviceId, WorkspaceId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { err } from '$lib/base/result.ts';
import type { RosterKeeper } from '../roster/rosterKeeper.ts';
import type { RelayApi, RelayFault } from './relayApi.ts';

/**
 * What is wrong with the chain the relay shows. `forged`: a record that does not hold. `forked`:
 * another chain than this device has seen. `behind`: an older one, from a relay that had the newer.
 * `hidden`: colleagues' entries speak of records that the relay does not show.
 */
export type RosterAlarm = 'forged' | 'forked' | 'behind' | 'hidden';

export interface RosterExchangeOptions {
	readonly api: RelayApi;
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly keeper: RosterKeeper;
	/** A fresh proof of this device. */
	readonly token: () => Promise<string>;
	/** The relay is the one this device was last connected to. */
	readonly isSameStore: () => boolean;
}

export interface RosterExchange {
	readonly alarm: Observable<RosterAlarm | null>;
	/** Reads the relay's chain and sends it what it lacks. */
	exchange(): Promise<RelayFault | null>;
	/** A colleague's entry was written by somebody who knew a chain of this length. */
	heardOf(length: number, author: DeviceId): void;
	/** A colleague's device knows this chain; it is to be the same as this one's. */
	compare(chain: { readonly length: number; readonly head: string }, author: DeviceId): void;
}

export function createRosterExchange(options: RosterExchangeOptions): RosterExchange {
	const { api, workspace, device, keeper, token } = options;
	const alarm = createSource<RosterAlarm | null>(null);
	/** How long a roster each colleague's device says it knows. */
	const heard = new Map<DeviceId, number>();
	let hasForked = false;
	/** Founded here and perhaps never seen by the relay: asking for its roster first would only fail. */
	let isNew = keeper.roster.current().devices.size === 1;

	/** A relay that does not know the device may have lost its store, or part of its chain. */
	async function restoreRoster(): Promise<RelayFault | null> {
		for (const { from, records } of rosterParts(keeper.records(0), keeper.roster.current())) {
			const sent = await api.appendRoster(workspace, from, records, await token());
			if (!sent.ok) return sent.error;
			if (sent.value.status !== 'ok') return 'not-admitted';
		}
		return null;
	}

	async function readRoster(from: number) {
		const read = await api.readRoster(workspace, from, await token());
		if (read.ok || (read.error !== 'not-admitted' && read.error !== 'unknown-workspace'))
			return read;
		const restored = await restoreRoster();
		return restored ? err(restored) : api.readRoster(workspace, from, await token());
	}

	/** One colleague alone could say anything; in a branch of two there is only one. */
	function isHidden({ devices, length }: Roster): boolean {
		const own = devices.get(device)?.member;
		const others = new Set([...devices.values()].filter(isActive).map(({ member }) => member));
		if (own) others.delete(own);
		const ahead = [...heard].filter(([, known]) => known > length);
		const members = new Set(ahead.map(([id]) => devices.get(id)?.member));
		return members.size > 0 && members.size >= Math.min(2, others.size);
	}

	let running: Promise<RelayFault | null> | null = null;
	let queued: Promise<RelayFault | null> | null = null;

	function start(): Promise<RelayFault | null> {
		queued = null;
		running = exchangeOnce().finally(() => (running = null));
		return running;
	}

	/** One at a time; what is asked meanwhile is answered by one more. */
	function exchange(): Promise<RelayFault | null> {
		if (!running) return start();
		queued ??= running.then(start, start);
		return queued;
	}

	async function exchangeOnce(): Promise<RelayFault | null> {
		const unposted = isNew && (await restoreRoster());
		if (unposted) return unposted;
		isNew = false;
		const { length } = keeper.roster.current();
		// The last one known is read again: a chain that differs in it is another chain.
		const from = length - 1;
		const read = await readRoster(from);
		if (!read.ok) return read.error;
		if (read.value.length < length) {
			// An emptied relay is filled again; one that had it all and shows less is to be talked about.
			if (options.isSameStore()) alarm.set('behind');
			return restoreRoster();
		}
		const extended = await keeper.extend(from, read.value.records);
		if (!extended.ok) {
			const isOther = extended.error === 'wrong-previous' || extended.error === 'out-of-sequence';
			alarm.set(isOther ? 'forked' : 'forged');
			return 'bad-answer';
		}
		const calm = hasForked ? 'forked' : null;
		alarm.set(isHidden(extended.value) ? 'hidden' : calm);
		return null;
	}

	function heardOf(length: number, author: DeviceId) {
		const known = Math.max(heard.get(author) ?? 0, keeper.roster.current().length);
		if (length <= known || length > limits.maxRosterRecords) return;
		heard.set(author, length);
		exchange().catch(() => undefined);
	}

	return {
		alarm,
		exchange,
		heardOf,
		compare({ length, head }, author) {
			if (length > keeper.roster.current().length) return heardOf(length, author);
			if (keeper.headAt(length) === head) return;
			hasForked = true;
			alarm.set('forked');
		}
	};
}
