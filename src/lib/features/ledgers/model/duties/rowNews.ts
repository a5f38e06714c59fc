/**
 * What colleagues did in a row beyond what a device has shown before. What was shown is a state
 * vector of the document, not an instant: a change made offline long ago that arrives today is news,
 * whatever the clocks said.
 */
import * as Y from 'yjs';
import * as z from 'zod/mini';

export interface RowNews {
	/** Member id. */
	readonly by: string;
	/** Added it; otherwise changed something in it. */
	readonly isNew: boolean;
	/** The latest of what he did, an ISO instant by his own clock. */
	readonly at: string;
}

/** Null for bytes that are none. */
export function parseSeen(bytes: Uint8Array): Y.Snapshot | null {
	try {
		return Y.createSnapshot(Y.createDeleteSet(), Y.decodeStateVector(bytes));
	} catch {
		return null;
	}
}

const signed = z.object({
	by: z.string().check(z.minLength(1), z.maxLength(200)),
	at: z.string().check(z.maxLength(40))
});
type Signed = z.infer<typeof signed>;

const signedParts = /^(?:history|comment|event) /;

function* unseenOf(row: Y.Map<unknown>, seen: Y.Snapshot): Generator<Signed> {
	for (const key of row.keys()) {
		if (!signedParts.test(key) || Y.typeMapGetSnapshot(row, key, seen) !== undefined) continue;
		const parsed = signed.safeParse(row.get(key));
		if (parsed.success) yield parsed.data;
	}
}

function makerOf(row: Y.Map<unknown>, seen: Y.Snapshot): Signed | null {
	if (Y.typeMapGetSnapshot(row, 'createdBy', seen) !== undefined) return null;
	const parsed = signed.safeParse({ by: row.get('createdBy'), at: row.get('createdAt') });
	return parsed.success ? parsed.data : null;
}

/** One for each colleague who did something; `self` is nobody's colleague. */
export function rowNews(row: Y.Map<unknown>, seen: Y.Snapshot, self: string): RowNews[] {
	const found = new Map<string, RowNews>();
	const note = ({ by, at }: Signed, isNew: boolean) => {
		if (by === self) return;
		const known = found.get(by);
		const latest = known && known.at > at ? known.at : at;
		found.set(by, { by, isNew: isNew || (known?.isNew ?? false), at: latest });
	};
	const maker = makerOf(row, seen);
	if (maker) note(maker, true);
	for (const one of unseenOf(row, seen)) note(one, false);
	return [...found.values()];
}
