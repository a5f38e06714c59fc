/**
 * This device's keys as they change: new epochs of the commons arrive with the roster, a kit is
 * made and printed. What shows here is stored.
 */
import { base64UrlToBytes } from '$lib/base/bytes.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { FIRST_EPOCH, minEpochAt, type Roster } from '$lib/protocol/roster/roster.ts';
import { KEY_BYTES } from '../crypto/aead.ts';
import { unwrap } from '../crypto/age.ts';
import type { RoomKeys } from '../rooms/roomKeys.ts';
import { completeCommons, newestGrant, unwrapGrant, type CommonsKeys } from './commonsKeys.ts';
import type { DeviceKeys } from './deviceKeys.ts';

/** Reads, changes and stores in one step; gives what is stored then. */
export type ChangeKeys = (change: (keys: DeviceKeys) => DeviceKeys) => Promise<DeviceKeys>;

export interface OwnKeys {
	readonly keys: Observable<DeviceKeys>;
	change(change: (keys: DeviceKeys) => DeviceKeys): Promise<void>;
	/**
	 * Resolves when this device has the commons keys that the roster of the moment gives it: true
	 * when the newest is among them. Without that it seals nothing and lets nobody in.
	 */
	ready(): Promise<boolean>;
	/** Everything has come: what a kit on paper was still needed for is done. */
	settlePaper(nowMs: number): Promise<void>;
	/** Of every room in the commons. */
	readonly commons: RoomKeys;
	close(): void;
}

/** The commons key this device starts from: a secretary's admission, or the founding record. */
export async function firstCommons(
	roster: Roster,
	{ device, ageIdentity }: Pick<DeviceKeys, 'device' | 'ageIdentity'>
): Promise<CommonsKeys> {
	const own = roster.devices.get(device);
	if (own?.commons) {
		const grant = await unwrapGrant(ageIdentity, own.commons);
		return new Map(grant ? [[grant.epoch, grant.key]] : []);
	}
	if (own?.since !== 0) return new Map();
	const file = base64UrlToBytes(roster.commons);
	const key = file && (await unwrap(ageIdentity, file));
	return new Map(key?.length === KEY_BYTES ? [[FIRST_EPOCH, new Redacted(key)]] : []);
}

export function createOwnKeys(
	initial: DeviceKeys,
	roster: Observable<Roster>,
	changeKeys: ChangeKeys
): OwnKeys {
	const keys = createSource(initial);

	async function change(how: (keys: DeviceKeys) => DeviceKeys) {
		keys.set(await changeKeys(how));
	}

	/** How long a roster the keys at hand are complete for: what is sealed with them says so. */
	let rosterLength = 0;
	let isStored = true;

	async function store() {
		const { commons } = keys.current();
		await change((stored) => ({
			...stored,
			commons: new Map([...commons, ...stored.commons])
		}));
		isStored = true;
	}

	async function follow() {
		const { commons: known, ...own } = keys.current();
		const now = roster.current();
		if (now.devices.get(own.device)?.retired === null) {
			const start = known.size > 0 ? known : await firstCommons(now, own);
			const commons = await completeCommons(now, start, [own.ageIdentity]);
			if (commons.size > known.size) {
				// In use at once: on a full disk they are unwrapped again at the next start.
				keys.set({ ...keys.current(), commons });
				isStored = false;
			}
		}
		rosterLength = now.length;
		if (!isStored) await store();
	}

	let run: Promise<void> = Promise.resolve();
	let following = 0;
	const catchUp = () => {
		following += 1;
		// A store that refuses once is tried again with the next record, or at the next start.
		run = run
			.then(follow)
			.catch(() => undefined)
			.finally(() => (following -= 1));
	};
	catchUp();
	const stop = roster.subscribe(catchUp);

	const commonsNow = () => keys.current().commons;
	const isComplete = () => commonsNow().has(roster.current().epoch);
	return {
		keys,
		change,
		ready: () => run.then(isComplete),
		async settlePaper(nowMs) {
			const { kit } = keys.current();
			if (kit.state !== 'unsaved' || !kit.isOnPaper) return;
			const atMs = Math.round(nowMs);
			await change((stored) => ({ ...stored, kit: { state: 'kept', atMs } }));
		},
		commons: {
			keysOf: (epoch) => {
				const key = commonsNow().get(epoch);
				return key ? [key] : [];
			},
			current: () => ({ ...newestGrant(commonsNow()), rosterLength }),
			async settled() {
				// Another record may have come while the last one's key was being unwrapped.
				while (following > 0) await run;
				if (!isComplete()) throw new Error('the newest commons key is not here yet');
			},
			minEpochAt: (rosterLength) => minEpochAt(roster.current(), rosterLength),
			maxEpoch: () => roster.current().epoch,
			standingOf: () => 'in',
			// What is typed while a new key is being unwrapped waits for it; it must not be dropped.
			mayWrite: () => following > 0 || isComplete(),
			learn: null,
			hasPresence: true
		},
		close: stop
	};
}
