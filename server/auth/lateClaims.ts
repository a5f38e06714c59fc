/**
 * Claims that reach the relay after their invitation's time. A claim can be dated back, so the
 * relay goes by its own clock (R7) - but a relay that was put back to an older copy gets good old
 * claims again (R37). What tells them apart is the word of somebody who could let the device in
 * today: who had the claim from this relay when it was fresh, and has built on it or hands it in.
 */
import type { DeviceId } from '../../src/lib/base/ids.ts';
import { applyRecords } from '../../src/lib/protocol/roster/foldRoster.ts';
import {
	isActive,
	type Roster,
	type RosterCrypto,
	type RosterDevice,
	type RosterInvite
} from '../../src/lib/protocol/roster/roster.ts';
import {
	parseRosterBody,
	type RosterBody,
	type RosterRecord
} from '../../src/lib/protocol/roster/rosterRecord.ts';
import { webRosterCrypto } from '../../src/lib/protocol/roster/webCrypto.ts';

export interface PostedRecords {
	/** The chain before them. */
	readonly known: Roster;
	readonly records: readonly RosterRecord[];
	/** The chain with them; they hold. */
	readonly grown: Roster;
	/** The device that proved that it posts them, if one did. */
	readonly poster: DeviceId | null;
}

/** For records whose signatures were checked already. */
const trusting: RosterCrypto = { ...webRosterCrypto, verify: async () => true };

function mayVouch(device: RosterDevice | undefined, invite: RosterInvite): boolean {
	if (!device || !isActive(device)) return false;
	const isOwn = invite.isForDevice && device.member === invite.member;
	return isOwn || device.role === 'secretary';
}

/** Each author's last record among these; who posts them has seen them all. */
function lastWords(bodies: readonly RosterBody[], poster: DeviceId | null): Map<DeviceId, number> {
	const last = new Map<DeviceId, number>();
	for (const [at, body] of bodies.entries()) if ('by' in body) last.set(body.by as DeviceId, at);
	return poster ? last.set(poster, Infinity) : last;
}

/** Whether one of the claims came too late and nobody vouches for it who was in before it. */
export async function hasLateClaim(posted: PostedRecords, nowMs: number): Promise<boolean> {
	const { known, records, grown, poster } = posted;
	const bodies = records.map((record) => parseRosterBody(record)!.body); // they hold
	const last = lastWords(bodies, poster);
	let before = known;
	let folded = 0;
	for (const [at, body] of bodies.entries()) {
		const invite = body.type === 'claim' ? grown.invites.get(body.inviteKey) : undefined;
		if (!invite || nowMs <= invite.expiresAt) continue;
		const roster = await applyRecords(before, records.slice(folded, at), trusting);
		if (!roster.ok) throw new Error(`broken invariant: folded before, now ${roster.error}`);
		before = roster.value;
		folded = at;
		const { devices } = before;
		const isVouched = [...last].some(
			([id, word]) => word > at && mayVouch(devices.get(id), invite)
		);
		if (!isVouched) return true;
	}
	return false;
}
