/** A room with a long log, as a committee typing into a problem list leaves it behind. */
import { cryptoRandom, newRoomId } from '../../src/lib/base/ids.ts';
import { createRosterCrypto, createSigner } from '../../src/lib/core/crypto/signer.ts';
import { newestGrant } from '../../src/lib/core/keys/commonsKeys.ts';
import { foundWorkspace } from '../../src/lib/core/keys/founding.ts';
import type { ReaderContext } from '../../src/lib/core/rooms/entryReader.ts';
import { createRoom, type Room, type Sealing } from '../../src/lib/core/rooms/room.ts';
import type { StoredLog } from '../../src/lib/core/store/roomLogs.ts';
import { problemFields } from '../../src/lib/features/ledgers/model/rows/fields.ts';
import { LedgerTable } from '../../src/lib/features/ledgers/model/rows/ledgerTable.ts';
import { generateProblems } from '../support/generateProblems.ts';

const START_MS = Date.UTC(2023, 2, 15);
const KEYS_PER_ROW = 39;
export const ENTRIES_PER_ROW = KEYS_PER_ROW + 1;

export interface Writer {
	readonly context: () => ReaderContext;
	readonly sealing: Sealing;
	readonly scope: Room['scope'];
	openRoom(log: StoredLog['log']): Room;
}

/** The one device of a new workspace. Its clock runs on at each look, so that nothing is paced. */
export async function createWriter(): Promise<Writer> {
	const crypto = createRosterCrypto();
	let now = START_MS;
	const clock = { now: () => (now += 1_000) };
	const founder = { name: '周敬宁', post: '书记', branch: '城东实验小学党支部' };
	const { keys, roster } = await foundWorkspace(founder, { clock, crypto });
	const newest = newestGrant(keys.commons);
	const sealing: Sealing = {
		device: keys.device,
		signer: await createSigner(keys.signing),
		current: () => ({ ...newest, rosterLength: roster.length }),
		keysSettled: async () => {}
	};
	const context = (): ReaderContext => ({
		rosterLength: roster.length,
		keysOf: (epoch) => [keys.commons.get(epoch) ?? []].flat(),
		minEpochAt: () => 1,
		maxEpoch: () => 1,
		standingOf: () => 'in',
		deviceOf: (id) => roster.devices.get(id) ?? null,
		crypto
	});
	const scope = { workspace: keys.workspace, room: newRoomId() };
	const openRoom: Writer['openRoom'] = (log) =>
		createRoom({
			...{ scope, log, context, sealing, clock, journal: null },
			mayWrite: () => true,
			learn: null,
			willChange: async () => {},
			onErased: () => {},
			settled: async () => true
		});
	return { context, sealing, scope, openRoom };
}

/** One entry for each row added and for each key pressed in it. */
export async function typeRows(room: Room, rows: number): Promise<void> {
	const author = { by: 'm01', now: () => START_MS, random: cryptoRandom };
	await room.opened; // what is written before is not heard
	const ledger = new LedgerTable(room.doc, 'problems', author, () => problemFields);
	for (const { manifestation, rootCause } of generateProblems(rows)) {
		const [id] = ledger.add([{ values: { rootCause } }], { after: null, before: null });
		await room.idle();
		const text = ledger.textOf(id!, 'manifestation')!;
		for (const letter of manifestation.padEnd(KEYS_PER_ROW, '。').slice(0, KEYS_PER_ROW)) {
			text.insert(text.length, letter);
			await room.idle();
		}
	}
	ledger.destroy();
}
