/** What the roster of the moment says about this device, as it changes. */
import type { DeviceId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import {
	mayReadRestricted,
	mayWrite,
	type Roster,
	type RosterDevice
} from '$lib/protocol/roster/roster.ts';
import type { Self, Standing } from '../workspaceSession.ts';

export interface OwnStanding {
	readonly self: Self;
	readonly standing: Observable<Standing>;
	readonly mayWrite: Observable<boolean>;
	stop(): void;
}

function selfOf({ members }: Roster, { id, member, role }: RosterDevice): Self {
	const known = members.get(member);
	return { member, device: id, role, restricted: known ? mayReadRestricted(known) : false };
}

export function createOwnStanding(device: DeviceId, roster: Observable<Roster>): OwnStanding {
	const own = () => roster.current().devices.get(device)!; // it is in: the workspace is open
	const self = selfOf(roster.current(), own());
	const standing = createSource<Standing>(own().retired === null ? 'in' : 'retired');
	const writes = createSource(mayWrite(own()));
	const stop = roster.subscribe(() => {
		writes.set(mayWrite(own()));
		const { role, restricted } = selfOf(roster.current(), own());
		if (own().retired !== null) standing.set('retired');
		else if (role !== self.role || restricted !== self.restricted) standing.set('changed');
	});
	return { self, standing, mayWrite: writes, stop };
}
