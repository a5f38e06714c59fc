/**
 * When each device was last known to be connected, as far as this one could see: by presence and by
 * receipts. Remembered on this device only; the relay is not asked, as nobody could check its word.
 */
import * as z from 'zod/mini';
import type { Clock } from '$lib/base/clock.ts';
import type { DeviceId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { Sightings } from '../roster/readPeople.ts';

export type SightingStorage = Pick<Storage, 'getItem' | 'setItem'>;

const stored = z.record(z.string(), z.number());
/** Presence comes several times a second while people type. */
const WRITE_GAP_MS = 60_000;

export interface SightingBook extends Observable<Sightings> {
	/** Who is connected now. */
	setOnline(devices: readonly DeviceId[]): void;
	saw(device: DeviceId): void;
}

function read(storage: SightingStorage | null, name: string): Map<DeviceId, number> {
	try {
		const parsed = stored.safeParse(JSON.parse(storage?.getItem(name) ?? '{}'));
		return new Map(parsed.success ? (Object.entries(parsed.data) as [DeviceId, number][]) : []);
	} catch {
		return new Map();
	}
}

export function createSightings(
	storage: SightingStorage | null,
	workspace: string,
	clock: Clock
): SightingBook {
	const name = `tongxin.seen.${workspace}`;
	const seenAtMs = read(storage, name);
	const source = createSource<Sightings>({ online: new Set(), seenAtMs });
	let writtenAt = 0;

	function note(devices: Iterable<DeviceId>) {
		const now = clock.now();
		for (const device of devices) seenAtMs.set(device, now);
		if (now - writtenAt < WRITE_GAP_MS) return;
		writtenAt = now;
		try {
			storage?.setItem(name, JSON.stringify(Object.fromEntries(seenAtMs)));
		} catch {
			// a full disk: it is known again after the next sighting
		}
	}

	return {
		current: source.current,
		subscribe: source.subscribe,
		setOnline(devices) {
			const { online } = source.current();
			const isSame = devices.length === online.size && devices.every((id) => online.has(id));
			note([...devices, ...online]);
			if (!isSame) source.set({ online: new Set(devices), seenAtMs });
		},
		saw(device) {
			const before = seenAtMs.get(device) ?? 0;
			note([device]);
			// Receipts come with every word; who was here a minute ago is no news.
			if (clock.now() - before > WRITE_GAP_MS) source.set({ ...source.current(), seenAtMs });
		}
	};
}
