/**
 * What the talks need of the ledgers to hand clues on. The two features do not know each other: the app
 * gives this to the screen.
 */
import type { RoomId } from '$lib/base/ids.ts';
import type { Ymd } from '$lib/base/typedDate.ts';
import type { OutboxEntry } from '../model/clues/outbox.ts';

export interface GateChoice {
	readonly value: string;
	readonly label: string;
}

export interface ClueBatch {
	readonly ledger: RoomId;
	/** As 3月谈心谈话第1批. */
	readonly label: string;
	readonly on: Ymd;
	readonly entries: readonly OutboxEntry[];
}

export interface ClueGate {
	/** The committee's ledgers, the newest first. */
	readonly ledgers: readonly { readonly room: RoomId; readonly title: string }[];
	/** What whoever hands a clue on says to have looked at. */
	readonly checks: readonly string[];
	readonly levels: readonly GateChoice[];
	/** Where else the same may have been heard. */
	readonly sources: readonly GateChoice[];
	/** What in the words may lead back to somebody, each in words for a person. */
	tracesIn(words: string): readonly string[];
	/** The next free name of a batch in that ledger. */
	proposeLabel(ledger: RoomId, on: Ymd): Promise<string>;
	/** All at once and in another order; gives each entry's code by its id. Null when it could not be. */
	publish(batch: ClueBatch): Promise<ReadonlyMap<string, string> | null>;
}
