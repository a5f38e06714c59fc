/** What a roster leaves to a connection that is open. Rules H11–H13 of the protocol. */
import type { DeviceId } from '../../src/lib/base/ids.ts';
import { closeCodes, type CloseCode } from '../../src/lib/protocol/closeCodes.ts';
import { isActive, mayWrite, type Roster } from '../../src/lib/protocol/roster/roster.ts';

export interface Rights {
	/** Null where nobody is asked who they are. */
	readonly device: string | null;
	readonly mayWrite: boolean;
}

/** Why a connection that was let in with these rights has to end, or null when it may stay. */
export function rightsFault(roster: Roster | null, rights: Rights): CloseCode | null {
	if (rights.device === null) return null;
	const device = roster?.devices.get(rights.device as DeviceId);
	if (!device || !isActive(device)) return closeCodes.notAuthorised;
	return mayWrite(device) === rights.mayWrite ? null : closeCodes.rightsChanged;
}
