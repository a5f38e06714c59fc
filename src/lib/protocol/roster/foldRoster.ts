/**
 * The fold of the chain, the same code on every device and on the relay: records onto a state, or
 * the reason why not. It trusts nothing that is not signed and chained.
 *
 * A thousand records take a fraction of a second because nothing waits for a signature: records are
 * hashed and the rules applied in order, part by part, while the signatures of former parts are
 * being checked. Nothing of a batch holds unless all of it does.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { applyFound } from './foldDevices.ts';
import { applyAdmit, applyClaim, applyInvite, applyRevoke } from './foldInvites.ts';
import { applyKit, applyRecover, applyRotate } from './foldKeys.ts';
import { applyRetire, applyRole } from './foldMembers.ts';
import { prepare, toDraft, type Fold, type Prepared, type Verdict } from './foldState.ts';
import type { Roster, RosterCrypto, RosterFault } from './roster.ts';
import type { RosterBody, RosterRecord } from './rosterRecord.ts';

function applyBody(fold: Fold, prepared: Prepared, body: RosterBody): Verdict {
	switch (body.type) {
		case 'found':
			return 'out-of-sequence';
		case 'kit':
			return applyKit(fold, prepared, body);
		case 'invite':
			return applyInvite(fold, prepared, body);
		case 'revoke':
			return applyRevoke(fold, prepared, body);
		case 'claim':
			return applyClaim(fold, prepared, body);
		case 'admit':
			return applyAdmit(fold, prepared, body);
		case 'role':
			return applyRole(fold, prepared, body);
		case 'retire':
			return applyRetire(fold, prepared, body);
		case 'rotate':
			return applyRotate(fold, prepared, body);
		case 'recover':
			return applyRecover(fold, prepared, body);
	}
}

function applyNext(fold: Fold, prepared: Prepared): Verdict {
	const { draft } = fold;
	const { body, hash } = prepared;
	if (body.seq !== draft.length) return 'out-of-sequence';
	if (body.prev !== draft.head) return 'wrong-previous';
	const fault = applyBody(fold, prepared, body);
	if (fault) return fault;
	draft.head = hash;
	draft.length += 1;
	return null;
}

/** Small enough that checking the signatures of one part goes on beside preparing the next. */
const PART = 64;

/** The rules, in order, over one part; signatures stay to be waited for in `fold.checks`. */
function applyPart(
	known: Fold | null,
	part: readonly Result<Prepared, 'malformed'>[],
	crypto: RosterCrypto
): Result<Fold, RosterFault> {
	let fold = known;
	for (const next of part) {
		if (!next.ok) return next;
		if (fold) {
			const fault = applyNext(fold, next.value);
			if (fault) return err(fault);
		} else {
			const founded = applyFound(next.value, crypto);
			if (!founded.ok) return founded;
			fold = founded.value;
		}
	}
	return fold ? ok(fold) : err('not-the-founding');
}

/** Folds records onto a state (null before the founding); the first that does not hold fails all. */
export async function applyRecords(
	roster: Roster | null,
	records: readonly RosterRecord[],
	crypto: RosterCrypto
): Promise<Result<Roster, RosterFault>> {
	let fold: Fold | null = roster && { draft: toDraft(roster), checks: [], crypto };
	for (let at = 0; at < records.length; at += PART) {
		const part = records.slice(at, at + PART).map((record) => prepare(record, crypto));
		const applied = applyPart(fold, await Promise.all(part), crypto);
		if (!applied.ok) return applied;
		fold = applied.value;
	}
	if (!fold) return err('not-the-founding');
	const held = await Promise.all(fold.checks);
	return held.includes(false) ? err('bad-signature') : ok(fold.draft);
}

/** Folds one record. */
export const applyRecord = (
	roster: Roster | null,
	record: RosterRecord,
	crypto: RosterCrypto
): Promise<Result<Roster, RosterFault>> => applyRecords(roster, [record], crypto);
