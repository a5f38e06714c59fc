/** Devices for the model's tests: a document, its projection, and a wire that can be cut. */
import * as Y from 'yjs';
import type { RandomBytes } from '$lib/base/ids.ts';
import { stampSchema } from '$lib/core/rooms/documentKind.ts';
import { ledgerKind } from './ledgerKind.ts';
import type { People, Person } from './people.ts';
import { builtInFields, type TableName } from './rows/fields.ts';
import { wordsIn } from './rows/ledgerRow.ts';
import { LedgerTable } from './rows/ledgerTable.ts';
import { RowsProjection } from './rows/rowsProjection.ts';

export function seededBytes(seed: number): RandomBytes {
	let state = (seed + 1) >>> 0;
	return (length) =>
		Uint8Array.from({ length }, () => {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			return state >>> 24;
		});
}

export interface TestDevice {
	readonly doc: Y.Doc;
	readonly ledger: LedgerTable;
	readonly rows: RowsProjection;
	/** Moves its clock. */
	wait(ms: number): void;
}

export function createDevice(
	seed: number,
	by = `m${seed}`,
	table: TableName = 'problems'
): TestDevice {
	const doc = new Y.Doc();
	doc.clientID = seed + 1;
	let time = Date.UTC(2023, 2, 15, 1) + seed;
	const fields = builtInFields(table);
	const author = { by, now: () => time, random: seededBytes(seed) };
	const ledger = new LedgerTable(doc, table, author, () => fields);
	const rows = new RowsProjection(ledger.rows, table, fields, (run) => run());
	return { doc, ledger, rows, wait: (ms) => void (time += ms) };
}

export function createLedgerDevice(seed = 0): TestDevice {
	const device = createDevice(seed);
	stampSchema(device.doc, ledgerKind);
	ledgerKind.create(device.doc);
	return device;
}

export function exchange(...devices: readonly Pick<TestDevice, 'doc'>[]): void {
	for (const from of devices)
		for (const to of devices)
			if (from !== to)
				Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
}

export const add = (device: TestDevice, manifestation: string): string =>
	device.ledger.add([{ values: { manifestation } }], device.rows.gapBefore(null))[0]!;

export const wordsOf = (device: TestDevice): string[] =>
	device.rows.listed.map((row) => wordsIn(row, 'manifestation'));
const person = (id: string, name: string, post: string, group: string): Person => ({
	id,
	name,
	posts: post === '' ? [] : [post],
	group
});
const activeMembers = [
	person('m01', '周敬宁', '书记', ''),
	person('m03', '梁晓芸', '组织委员', ''),
	person('m18', '张敏', '', '第一党小组'),
	person('m30', '王芳', '', '第一党小组'),
	person('m31', '王芳', '', '第二党小组')
];

/** 许国平 has left; so has another 张敏. */
export const people: People = {
	activeMembers,
	all: [...activeMembers, person('m40', '许国平', '', ''), person('m41', '张敏', '', '')],
	nameOf(id) {
		return this.all.find((person) => person.id === id)?.name ?? id;
	}
};
