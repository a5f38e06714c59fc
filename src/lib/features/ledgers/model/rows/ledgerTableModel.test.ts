/**
 * Three people in one ledger, mostly without a network, doing everything that can be done to rows.
 * Every piece of text typed is one letter that nothing else types, so that a lost one is seen.
 */
import fc from 'fast-check';
import * as Y from 'yjs';
import { expect, it } from 'vitest';
import type { BlobId } from '$lib/base/ids.ts';
import type { AttachmentRef } from '$lib/features/attachments/index.ts';
import { nextEvent } from '../life/nextEvent.ts';
import { planOverwrite, type PasteContext } from '../paste/pasteRows.ts';
import { createDevice, createLedgerDevice, people, type TestDevice } from '../testLedger.ts';
import { problemFields } from './fields.ts';
import type { LedgerRow } from './ledgerRow.ts';
import { readChanges } from './rowHistory.ts';
import { RowsProjection } from './rowsProjection.ts';
import { readable } from './value.ts';

const longTexts = problemFields.filter(({ kind }) => kind === 'longText').map(({ id }) => id);
const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);

/** Nobody types a private letter by chance. */
const letterAt = (count: number): string => String.fromCodePoint(0xf0000 + count);
const isLetter = /[\u{F0000}-\u{FFFFD}]/gu;

const pasteContext: PasteContext = {
	...{ today: '2023-03-15', people, catalogue: null, fields: problemFields, table: 'problems' },
	ownTitles: new Map(),
	labelOf: (field) => field
};

interface Written {
	readonly device: number;
	readonly row: string;
	readonly field: string;
	readonly value: string | number;
}

/** One run: the devices, and what has to be found again at the end. */
class World {
	readonly devices: readonly TestDevice[] = [
		createLedgerDevice(0),
		createDevice(1),
		createDevice(2)
	];
	/** Who typed each letter. */
	readonly #authors = new Map<string, number>();
	/** Letters that somebody who saw them took away. */
	readonly #deleted = new Set<string>();
	#written: Written[] = [];
	readonly #said = new Map<string, string>();
	readonly #events = new Set<string>();
	#rows = 0;
	#count = 0;

	letter(): string {
		return letterAt((this.#count += 1));
	}
	number(): number {
		return (this.#count += 1);
	}

	textsOf({ rows }: TestDevice): string {
		return [...rows.all]
			.map(
				(row) => longTexts.map((field) => readable(row.values[field]) ?? '').join('') + texts(row)
			)
			.join('');
	}

	lettersOf(device: TestDevice): Set<string> {
		return new Set(this.textsOf(device).match(isLetter) ?? []);
	}

	/** Whatever is done: letters that come are this person's, letters that go were taken away. */
	act(at: number, change: (device: TestDevice) => void): void {
		const device = this.devices[at]!;
		const before = this.lettersOf(device);
		change(device);
		const after = this.lettersOf(device);
		for (const one of after) if (!this.#authors.has(one)) this.#authors.set(one, at);
		for (const one of before) if (!after.has(one)) this.#deleted.add(one);
	}

	/** LD5: letters of others neither come nor go, unless somebody took them away before. */
	back(at: number, change: (device: TestDevice) => void): void {
		const device = this.devices[at]!;
		const others = (): string[] =>
			[...this.lettersOf(device)].filter(
				(one) => this.#authors.get(one) !== at && !takenBefore.has(one)
			);
		const steps = (): unknown =>
			[...device.rows.all].map(({ id, life, comments }) => [id, life, comments]);
		const takenBefore = new Set(this.#deleted);
		const before = { letters: others().sort(), steps: steps() };
		this.act(at, change);
		expect({ letters: others().sort(), steps: steps() }).toEqual(before);
	}

	added(rows: number): void {
		this.#rows += rows;
	}
	wrote(written: Written): void {
		this.#written.push(written);
	}
	said(id: string, text: string): void {
		this.#said.set(text, id);
	}
	happened(id: string): void {
		this.#events.add(id);
	}

	meet(pair: readonly TestDevice[] = this.devices): void {
		for (const from of pair)
			for (const to of pair)
				if (from !== to)
					Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
	}

	check(): void {
		this.meet();
		this.meet();
		const [first, ...others] = this.devices;
		for (const other of others) {
			expect(other.rows.listed).toEqual(first!.rows.listed);
			expect(other.rows.trashed).toEqual(first!.rows.trashed);
		}
		for (const { rows, ledger } of this.devices) {
			const fresh = new RowsProjection(ledger.rows, 'problems', problemFields);
			expect(rows.listed).toEqual(fresh.listed);
			expect(rows.trashed).toEqual(fresh.trashed);
			expect([...rows.all]).toHaveLength(this.#rows);
		}
		this.#checkWords(first!);
		this.#checkWritten(first!);
	}

	#checkWords(device: TestDevice): void {
		const there = this.lettersOf(device);
		const lost = [...this.#authors.keys()].filter(
			(one) => !there.has(one) && !this.#deleted.has(one)
		);
		expect(lost).toEqual([]);
		for (const [text, id] of this.#said)
			expect(device.rows.get(id)!.comments.map((one) => one.text)).toContain(text);
		const events = [...device.rows.all].flatMap(({ life }) => life.all.map(({ id }) => id));
		expect(new Set(events)).toEqual(this.#events);
	}

	/** Whether it stands in its cell, or in what the history says of the row. */
	#isKept(device: TestDevice, { row, field, value }: Written): boolean {
		if (readable(device.rows.get(row)!.values[field]) === value) return true;
		return readChanges(device.ledger.row(row)!, () => null).some(
			(one) => one.field === field && (one.before === value || one.after === value)
		);
	}

	#checkWritten(device: TestDevice): void {
		expect(this.#written.filter((one) => !this.#isKept(device, one))).toEqual([]);
	}

	/** What a person has taken back by undo need not be found again. */
	forgetUndone(at: number): void {
		this.#written = this.#written.filter(
			(one) => one.device !== at || this.#isKept(this.devices[at]!, one)
		);
	}
}

const texts = ({ measures }: LedgerRow): string => measures.map(({ text }) => text).join('');

interface Action {
	readonly device: number;
	readonly kind: Kind;
	readonly at: number;
	readonly to: number;
}

type Do = (world: World, action: Action, row: LedgerRow) => void;

const evidenceOf = (count: number): AttachmentRef => ({
	id: `${'A'.repeat(39)}${String(1000 + (count % 9000))}`.slice(0, 42).concat('A') as BlobId,
	key: `AGE-SECRET-KEY-1${'0'.repeat(58)}`,
	name: `证据${count}`,
	mime: 'image/png',
	size: count,
	kind: 'photo',
	by: 'm0',
	at: '2023-03-15T01:00:00.000Z'
});

const fieldAt = (at: number): string => longTexts[at % longTexts.length]!;
const isoNow = '2023-03-15T01:00:00.000Z';

function typeInto(world: World, { device, at, to }: Action, text: Y.Text | null): void {
	if (text === null) return;
	const { doc, ledger } = world.devices[device]!;
	world.act(device, () =>
		doc.transact(
			() => text.insert(((at + to) % (text.length + 1)) & ~1, world.letter()),
			ledger.origin
		)
	);
}

function eraseFrom(world: World, { device, at, to }: Action, text: Y.Text | null): void {
	if (text === null || text.length === 0) return;
	const { doc, ledger } = world.devices[device]!;
	// Letters are surrogate pairs.
	const from = (at % (text.length / 2)) * 2;
	const length = Math.min(text.length - from, 2 + (to % 3) * 2);
	world.act(device, () => doc.transact(() => text.delete(from, length), ledger.origin));
}

const measureAt = (row: LedgerRow, at: number) =>
	row.measures[at % Math.max(1, row.measures.length)];

const operations = {
	add(world, { device, to }) {
		world.act(device, ({ ledger, rows }) => {
			const target = rows.listed[to % Math.max(1, rows.listed.length)];
			const values = { manifestation: world.letter(), itemNo: world.number() };
			ledger.add([{ values, measures: [world.letter()] }], rows.gapAfter(target?.id ?? null));
		});
		world.added(1);
	},
	type(world, action, row) {
		typeInto(
			world,
			action,
			world.devices[action.device]!.ledger.textOf(row.id, fieldAt(action.to))
		);
	},
	erase(world, action, row) {
		eraseFrom(
			world,
			action,
			world.devices[action.device]!.ledger.textOf(row.id, fieldAt(action.to))
		);
	},
	wait: (world, { device, to }) => world.devices[device]!.wait(to * 60_000),
	number(world, { device }, row) {
		const value = world.number();
		world.act(device, ({ ledger }) => ledger.edit({ id: row.id, values: { itemNo: value } }));
		world.wrote({ device, row: row.id, field: 'itemNo', value });
	},
	word(world, { device, to }, row) {
		const value = `人${world.number()}`;
		const field = ['leaderId', 'department', 'aspect'][to % 3]!;
		world.act(device, ({ ledger }) => ledger.edit({ id: row.id, values: { [field]: value } }));
		world.wrote({ device, row: row.id, field, value });
	},
	scalars(world, { device, to }, row) {
		world.act(device, ({ ledger }) =>
			ledger.edit({
				id: row.id,
				values: {
					...{ due: to % 2 ? '2023-04-01' : null, urgent: to % 3 === 0, level: 'team' },
					...{ sources: to % 4 ? ['talk', 'visit'] : null, topics: [`题${to}`, 'fees'] }
				}
			})
		);
	},
	replaceText(world, { device, to }, row) {
		const values = { [fieldAt(to)]: to % 5 === 0 ? null : world.letter() + world.letter() };
		world.act(device, ({ ledger }) => ledger.edit({ id: row.id, values }));
	},
	addMeasure(world, { device, to }, row) {
		world.act(device, ({ ledger }) => ledger.measures.add(row.id, to % 2 ? world.letter() : ''));
	},
	typeMeasure(world, action, row) {
		const measure = measureAt(row, action.at);
		const { ledger } = world.devices[action.device]!;
		if (measure) typeInto(world, action, ledger.measures.textOf(row.id, measure.id));
	},
	eraseMeasure(world, action, row) {
		const measure = measureAt(row, action.at);
		const { ledger } = world.devices[action.device]!;
		if (measure) eraseFrom(world, action, ledger.measures.textOf(row.id, measure.id));
	},
	removeMeasure(world, { device, at }, row) {
		const measure = measureAt(row, at);
		if (measure) world.act(device, ({ ledger }) => ledger.measures.remove(row.id, measure.id));
	},
	editMeasure(world, { device, at, to }, row) {
		const measure = measureAt(row, at);
		if (!measure) return;
		world.act(device, ({ ledger }) => {
			ledger.measures.edit(row.id, measure.id, 'ownerId', `人${to}`);
			ledger.measures.edit(row.id, measure.id, 'due', to % 2 ? '2023-05-01' : null);
		});
	},
	replaceMeasures(world, { device, at, to }, row) {
		const kept = row.measures.filter((_, index) => (index + at) % 2 === 0).map(({ text }) => text);
		const measures = to % 2 ? [world.letter(), ...kept] : [...kept].reverse();
		world.act(device, ({ ledger }) => ledger.edit({ id: row.id, values: {}, measures }));
	},
	comment(world, { device }, row) {
		const text = `话${world.number()}`;
		world.act(device, ({ ledger }) => ledger.comments.add(row.id, { text, mentions: ['m1'] }));
		world.said(row.id, text);
	},
	attach(world, { device, to }, row) {
		world.act(device, ({ ledger }) => void ledger.files.add(row.id, evidenceOf(to)));
	},
	detach(world, { device, at }, row) {
		const ref = row.evidence[at % Math.max(1, row.evidence.length)];
		if (ref) world.act(device, ({ ledger }) => ledger.files.remove(row.id, ref));
	},
	happen(world, { device, to }, row) {
		const type = (['submit', 'confirm', 'start', 'apply', 'merge', 'retract'] as const)[to % 6]!;
		const target =
			type === 'retract'
				? row.life.all.at(-1)?.id
				: world.devices[device]!.rows.listed.at(to % 3)?.id;
		const id = `e${world.number()}`;
		const event = nextEvent(row.life, type, `m${device}`, isoNow, id, target ? { target } : {});
		world.act(device, ({ ledger }) => {
			if (ledger.happen(row.id, event, { level: 'branch' })) world.happened(id);
		});
	},
	move(world, { device, to }, row) {
		world.act(device, ({ ledger, rows }) => {
			const target = rows.listed[to % Math.max(1, rows.listed.length)];
			ledger.move([row.id], rows.gapBefore(target?.id ?? null, new Set([row.id])));
		});
	},
	trash: (world, { device }, row) => world.act(device, ({ ledger }) => ledger.trash([row.id])),
	restore: (world, { device }, row) => world.act(device, ({ ledger }) => ledger.restore([row.id])),
	paste(world, { device, to }) {
		world.act(device, ({ ledger, rows }) => {
			const block = [0, 1].map(() => [world.letter(), '自查、谈心谈话', '尽快', world.letter()]);
			const over = {
				rows: rows.listed.slice(-1 - (to % 2)),
				targets: ['manifestation', 'sources', 'due', 'measures']
			};
			const plan = planOverwrite(block, over, pasteContext);
			world.added(plan.additions.length);
			ledger.addAndEdit(plan.additions, rows.gapBefore(null), plan.changes);
		});
	},
	undo(world, { device }) {
		world.back(device, ({ ledger }) => ledger.undo.undo());
		world.forgetUndone(device);
	},
	redo: (world, { device }) => world.back(device, ({ ledger }) => ledger.undo.redo()),
	meetAll: (world) => world.meet(),
	meetTwo: (world, { device }) =>
		world.meet([world.devices[device]!, world.devices[(device + 1) % 3]!])
} satisfies Record<string, Do>;
type Kind = keyof typeof operations;

const action = fc.record({
	device: fc.nat(2),
	kind: fc.constantFrom(...(Object.keys(operations) as Kind[])),
	at: fc.nat(30),
	to: fc.nat(30)
});

function perform(world: World, action: Action): void {
	const { rows } = world.devices[action.device]!;
	const all = [...rows.all].sort((a, b) => (a.id < b.id ? -1 : 1));
	const row = all[action.at % Math.max(1, all.length)];
	const operation: Do = operations[action.kind];
	if (row !== undefined || action.kind === 'add') operation(world, action, row!);
}

it(`LD3 LD4 LD5 LD6 LD8 hold whatever three people do apart and together (FC_SEED=${seed})`, () => {
	fc.assert(
		fc.property(fc.array(action, { maxLength: 60, size: 'max' }), (actions) => {
			const world = new World();
			perform(world, { device: 0, kind: 'add', at: 0, to: 0 });
			world.meet();
			for (const one of actions) perform(world, one);
			world.check();
		}),
		{ numRuns: Number(process.env.FC_RUNS ?? 200), seed, endOnFailure: false }
	);
}, 60_000);
