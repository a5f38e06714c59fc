/** Collects the figures of diagnosis.ts from the parts of an open workspace. */
import type { Clock } from '$lib/base/clock.ts';
import type { Observable } from '$lib/base/observable.ts';
import type { Roster, RosterDevice } from '$lib/protocol/roster/roster.ts';
import type { Circles } from '../circles/circles.ts';
import type { DeviceKeys } from '../keys/deviceKeys.ts';
import type { DiagnosedDevice, Diagnosis } from '../diagnosis.ts';
import type { Documents } from '../rooms/documents.ts';
import type { Sightings } from '../roster/readPeople.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import type { Receipts } from '../sync/receipts.ts';
import type { RelayApi } from '../sync/relayApi.ts';
import type { RelayLink } from '../sync/relayLink.ts';

export interface DiagnosisSources {
	readonly keys: Observable<DeviceKeys>;
	readonly roster: Observable<Roster>;
	readonly sightings: Observable<Sightings>;
	readonly logs: Pick<RoomLogs, 'rooms' | 'unsent'>;
	readonly documents: Documents;
	readonly receipts: Receipts;
	readonly link: RelayLink;
	readonly api: RelayApi;
	readonly clock: Clock;
	/** The relay's newest commit this device has heard of. */
	readonly commit: () => number | null;
	readonly circles: Pick<Circles, 'documents' | 'refusals'>;
}

const HEAD_CHARACTERS = 12;

const stateOf = ({ pending, retired }: RosterDevice): DiagnosedDevice['state'] =>
	pending ? 'pending' : retired === null ? 'active' : 'retired';

function devicesOf({ keys, roster, receipts, sightings }: DiagnosisSources): DiagnosedDevice[] {
	const self = keys.current().device;
	return [...roster.current().devices.values()].map((device) => ({
		device: device.id,
		isThis: device.id === self,
		role: device.role,
		state: stateOf(device),
		holdsCommit: receipts.commits().get(device.id) ?? null,
		seenAtMs: sightings.current().seenAtMs.get(device.id) ?? null
	}));
}

async function relayOf({
	link,
	api,
	clock,
	commit
}: DiagnosisSources): Promise<Diagnosis['relay']> {
	const asked = clock.now();
	const info = await api.info();
	const answered = clock.now();
	return {
		connection: link.connection.current(),
		reachable: info.ok,
		roundTripMs: info.ok ? answered - asked : null,
		clockOffsetMs: info.ok ? Math.round(info.value.now - (asked + answered) / 2) : null,
		protocol: info.ok ? info.value.protocol : null,
		commit: commit()
	};
}

function sumOf(...counts: readonly ReadonlyMap<string, number>[]): Record<string, number> {
	const sum: Record<string, number> = {};
	for (const [reason, n] of counts.flatMap((count) => [...count]))
		sum[reason] = (sum[reason] ?? 0) + n;
	return sum;
}

export async function createDiagnosis(sources: DiagnosisSources): Promise<Diagnosis> {
	const { keys, roster, logs, documents, link, clock } = sources;
	const { workspace, commons } = keys.current();
	const { length, head, epoch, rotationDue } = roster.current();
	const open = documents.openRooms();
	const isWaiting = (room: (typeof open)[number]) =>
		room.entries().filter(({ state }) => state.kind === 'waiting').length;
	return {
		workspace,
		madeAtMs: clock.now(),
		devices: devicesOf(sources),
		roster: {
			length,
			head: head.slice(0, HEAD_CHARACTERS),
			alarm: link.alarm.current(),
			rotationDue
		},
		epochs: { newest: epoch, held: [...commons.keys()].sort((a, b) => a - b) },
		rooms: {
			stored: (await logs.rooms()).length,
			unsent: (await logs.unsent()).length,
			open: open.length,
			circles: sources.circles.documents.current().length
		},
		refusals: sumOf(documents.refusals(), sources.circles.refusals()),
		waiting: open.reduce((sum, room) => sum + isWaiting(room), 0),
		relay: await relayOf(sources)
	};
}
