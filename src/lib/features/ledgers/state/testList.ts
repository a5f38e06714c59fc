/** A ledger in memory for the tests of the state classes: no network, no disk. */
import * as Y from 'yjs';
import { newRoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import { stampSchema } from '$lib/core/rooms/documentKind.ts';
import type { Access, OpenDocument, Peer } from '$lib/core/rooms/openDocument.ts';
import { ledgerKind } from '../model/ledgerKind.ts';
import { people, seededBytes } from '../model/testLedger.ts';
import type { RowWrite } from '../model/rows/rowEdit.ts';
import type { ViewLedger } from '../model/view/savedView.ts';
import { LedgerList } from './LedgerList.svelte.ts';

export function createLedgerDocument(): Y.Doc {
	const doc = new Y.Doc();
	stampSchema(doc, ledgerKind);
	ledgerKind.create(doc);
	return doc;
}

function openDocument(doc: Y.Doc, access: Access): OpenDocument {
	const save = { stored: true, delivered: true, held: { by: 1, of: 1 }, fault: null };
	return {
		...{ room: newRoomId(), kind: 'ledger', doc, access },
		presence: { peers: createSource<readonly Peer[]>([]), setPlace: () => {} },
		save: createSource(save),
		close: () => {}
	};
}

let seed = 0;
/** Each look at the clock is a second later. */
let now = Date.UTC(2023, 2, 15, 1);

/** Seen by 周敬宁, the secretary, on 2023-03-15. */
export const createList = (
	ledger: ViewLedger = 'problems',
	doc: Y.Doc = createLedgerDocument(),
	access: Access = 'write'
): LedgerList =>
	new LedgerList({
		open: openDocument(doc, access),
		ledger,
		actor: { member: 'm01', role: 'secretary', posts: ['书记'] },
		people,
		now: () => (now += 1_000),
		random: seededBytes((seed += 1))
	});

export const about = { branch: '城东实验小学党支部', title: '2023' };

/** One with a catalogue. */
export function openLedger(ledger: ViewLedger): LedgerList {
	const list = createList(ledger);
	list.columns.setCatalogue({
		items: [
			{ aspect: '实', no: 14, text: '课后服务质量不高' },
			{ aspect: '严', no: 3, text: '3 次以上缺席组织生活' }
		]
	});
	return list;
}

/** Gives the new rows' ids; in the rectification ledger they are confirmed. */
export async function fill(list: LedgerList, writes: readonly RowWrite[]): Promise<string[]> {
	const ids = list.rows.paste({
		additions: writes,
		changes: [],
		unread: [],
		surplusColumns: 0,
		same: 0
	});
	if (list.ledger === 'rectification')
		for (const id of ids) {
			list.life.act(id, 'submit');
			list.life.act(id, 'confirm');
		}
	// The list follows the document at the end of the turn.
	await Promise.resolve();
	return ids;
}
