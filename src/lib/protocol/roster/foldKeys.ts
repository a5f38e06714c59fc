/** Keys: recovery kits, coming back by one, and renewing the commons key. */
import { countNewDevice, deviceOf } from './foldDevices.ts';
import {
	authorOf,
	isSecretary,
	requireSignature,
	type Fold,
	type Prepared,
	type Verdict
} from './foldState.ts';
import type { BodyOf } from './rosterRecord.ts';

export function applyKit(fold: Fold, prepared: Prepared, body: BodyOf<'kit'>): Verdict {
	const author = authorOf(fold, prepared, body.by);
	if (!author.ok) return author.error;
	const fault = requireSignature(fold, prepared, body.signKey, prepared.record.proof);
	if (fault) return fault;
	const { draft } = fold;
	const { member } = author.value;
	const known = [...draft.kits.values()].some(({ signKey }) => signKey === body.signKey);
	if (known) return 'already-in';
	// Whoever holds the former paper must not read on.
	if (draft.kits.has(member)) draft.rotationDue = true;
	const { signKey, recipient, commons, seq, at } = body;
	const by = author.value.id;
	draft.kits.set(member, { member, by, signKey, recipient, commons, since: seq, at });
	return null;
}

export function applyRecover(fold: Fold, prepared: Prepared, body: BodyOf<'recover'>): Verdict {
	const { draft } = fold;
	const kit = [...draft.kits.values()].find(({ signKey }) => signKey === body.kitKey);
	if (!kit) return 'kit-unknown';
	const fault =
		requireSignature(fold, prepared, kit.signKey, prepared.record.proof) ??
		requireSignature(fold, prepared, body.device.signKey, prepared.record.signature);
	if (fault) return fault;
	if (body.device.member !== kit.member) return 'wrong-member';
	const member = draft.members.get(kit.member)!;
	const excess = countNewDevice(draft, member);
	if (excess) return excess;
	const device = deviceOf(prepared, member.role, null, false);
	if (draft.devices.has(device.id)) return 'already-in';
	draft.devices.set(device.id, device);
	return null;
}

export function applyRotate(fold: Fold, prepared: Prepared, body: BodyOf<'rotate'>): Verdict {
	const author = authorOf(fold, prepared, body.by);
	if (!author.ok) return author.error;
	if (!isSecretary(author.value)) return 'not-allowed';
	const { draft } = fold;
	if (body.epoch !== draft.epoch + 1) return 'wrong-epoch';
	const { epoch, seq, commons, previous } = body;
	draft.epoch = epoch;
	draft.rotationDue = false;
	draft.rotations.push({ epoch, seq, commons, previous });
	return null;
}
