import fc from 'fast-check';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import type { AttachmentRef } from '$lib/features/attachments/index.ts';
import { nextEvent } from '../life/nextEvent.ts';
import { builtInFields } from './fields.ts';
import { RowsProjection } from './rowsProjection.ts';
import { unreadable } from './value.ts';
import {
	add,
	createDevice,
	createLedgerDevice,
	exchange,
	wordsOf,
	type TestDevice
} from '../testLedger.ts';

function pair(): [TestDevice, TestDevice] {
	const [a, b] = [createLedgerDevice(0), createDevice(1)];
	exchange(a, b);
	return [a, b];
}

describe('rows', () => {
	it('go to the place asked for and read back as written', () => {
		const a = createLedgerDevice();
		const [first, last] = [add(a, '一'), add(a, '三')];
		a.ledger.add(
			[
				{
					values: {
						manifestation: '二',
						aspect: '实',
						itemNo: 14,
						due: '2023-04-15',
						sources: ['talk', 'opinions']
					}
				}
			],
			a.rows.gapAfter(first)
		);
		expect(wordsOf(a)).toEqual(['一', '二', '三']);
		expect(a.rows.listed[1]).toMatchObject({
			values: { aspect: '实', itemNo: 14, due: '2023-04-15', sources: ['talk', 'opinions'] },
			createdBy: 'm0',
			trash: null
		});
		a.ledger.move([last], a.rows.gapBefore(first, new Set([last])));
		expect(wordsOf(a)).toEqual(['三', '一', '二']);
	});

	it('LD3 keep both people’s letters in a cell that was empty for both', () => {
		const [a, b] = pair();
		const id = add(a, '');
		exchange(a, b);
		a.ledger.textOf(id, 'rootCause')!.insert(0, '责任不清');
		b.ledger.textOf(id, 'rootCause')!.insert(0, '培训不够');
		exchange(a, b);
		expect(a.rows.get(id)!.values.rootCause).toBe(b.rows.get(id)!.values.rootCause);
		expect(String(a.rows.get(id)!.values.rootCause)).toHaveLength(8);
	});

	it('LD3 unite the sources two people tick at once', () => {
		const [a, b] = pair();
		const id = add(a, '一');
		exchange(a, b);
		a.ledger.edit({ id, values: { sources: ['talk'] } });
		b.ledger.edit({ id, values: { sources: ['opinions'] } });
		exchange(a, b);
		expect(a.rows.get(id)!.values.sources).toEqual(['talk', 'opinions']);
	});

	it('LD4 leave the list for the trash and come back where they were', () => {
		const a = createLedgerDevice();
		const ids = ['一', '二', '三'].map((text) => add(a, text));
		a.ledger.trash([ids[1]!]);
		expect(wordsOf(a)).toEqual(['一', '三']);
		expect(a.rows.trashed.map((row) => row.values.manifestation)).toEqual(['二']);
		a.ledger.restore([ids[1]!]);
		expect(wordsOf(a)).toEqual(['一', '二', '三']);
		expect(a.rows.trashed).toEqual([]);
	});

	it('LD4 that one person trashes while another writes in them keep the words', () => {
		const [a, b] = pair();
		const id = add(a, '一');
		exchange(a, b);
		a.ledger.trash([id]);
		b.ledger.textOf(id, 'manifestation')!.insert(1, '二');
		exchange(a, b);
		expect(a.rows.trashed.map((row) => row.values.manifestation)).toEqual(['一二']);
	});
});

describe('undo', () => {
	it('takes a paste of 200 rows back in one step, and gives it back in one', () => {
		const a = createLedgerDevice();
		const kept = add(a, '原有');
		const before = wordsOf(a);
		const edits = Array.from({ length: 200 }, (_, i) => ({
			values: { manifestation: `第${i}行`, itemNo: i + 1 }
		}));
		a.ledger.addAndEdit(edits, a.rows.gapBefore(null), [
			{ id: kept, values: { manifestation: '改过' } }
		]);
		const after = wordsOf(a);
		expect(after).toHaveLength(201);
		a.ledger.undo.undo();
		expect(wordsOf(a)).toEqual(before);
		expect(a.rows.trashed).toEqual([]);
		a.ledger.undo.redo();
		expect(wordsOf(a)).toEqual(after);
		expect(a.rows.listed.at(-1)!.values.itemNo).toBe(200);
	});

	it('LD5 leaves what colleagues did, even in the row whose addition is taken back', () => {
		const [a, b] = pair();
		const other = add(b, '同事的');
		const id = add(a, '');
		exchange(a, b);
		b.ledger.textOf(id, 'remark')!.insert(0, '同事写的');
		exchange(a, b);
		a.ledger.undo.undo();
		exchange(a, b);
		expect(a.rows.listed.map((row) => row.id)).toEqual([other]);
		expect(b.rows.trashed.map((row) => row.values.remark)).toEqual(['同事写的']);
		b.ledger.restore([id]);
		expect(b.rows.listed.map((row) => row.id)).toEqual([other, id]);
	});

	it('counts a burst of letters as one step and an operation as its own', () => {
		const a = createLedgerDevice();
		const id = add(a, '');
		const text = a.ledger.textOf(id, 'manifestation')!;
		for (const letter of '课后服务')
			a.doc.transact(() => text.insert(text.length, letter), a.ledger.origin);
		a.ledger.edit({ id, values: { level: 'team' } });
		a.ledger.undo.undo();
		expect(a.rows.get(id)!.values).toEqual({ manifestation: '课后服务' });
		a.ledger.undo.undo();
		expect(a.rows.get(id)!.values).toEqual({});
		expect(a.rows.listed).toHaveLength(1);
	});

	it('LD5 leaves a colleague’s letters in a text that a row from elsewhere lacked', () => {
		const [a, b] = pair();
		const id = add(a, '一');
		a.ledger.row(id)!.delete('goal');
		a.ledger.edit({ id, values: { goal: '目标' } });
		exchange(a, b);
		b.ledger.textOf(id, 'goal')!.insert(0, '同事的');
		exchange(a, b);
		a.ledger.undo.undo();
		expect(a.rows.get(id)!.values.goal).toBe('同事的');
	});

	it('does not put an old value over the one a colleague has set since', () => {
		const [a, b] = pair();
		const id = add(a, '一');
		a.ledger.edit({ id, values: { due: '2023-04-01' } });
		exchange(a, b);
		b.ledger.edit({ id, values: { due: '2023-05-01' } });
		exchange(a, b);
		a.ledger.undo.undo();
		expect(a.rows.get(id)!.values.due).toBe('2023-05-01');
	});
});

describe('what other devices wrote', () => {
	it('LD1 is unreadable in its own cell and stays as it is until that cell is edited', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		const row = a.ledger.rows.get(id) as Y.Map<unknown>;
		row.set('due', '明年');
		row.set('level', 7);
		row.set('manifestation', { not: 'text' });
		expect(a.rows.get(id)!.values).toEqual({
			due: unreadable,
			level: unreadable,
			manifestation: unreadable
		});
		a.ledger.edit({ id, values: { level: 'team' } });
		expect(row.get('due')).toBe('明年');
		expect(a.ledger.textOf(id, 'manifestation')).toBeNull();
		a.ledger.edit({ id, values: { due: '2023-04-01', manifestation: null } });
		expect(a.rows.get(id)!.values).toEqual({ due: '2023-04-01', level: 'team' });
	});

	it('LD1 never throws, whatever stands where a row or a field should be', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (fields, value) => {
				const doc = new Y.Doc();
				const rows = doc.getMap('problems');
				rows.set('whole', value);
				const row = new Y.Map(Object.entries(fields));
				for (const field of ['order', 'due', 'sources', 'trash', 'remark']) row.set(field, value);
				rows.set('part', row);
				const { listed, trashed } = new RowsProjection(rows, 'problems', builtInFields('problems'));
				expect(listed.length + trashed.length).toBeLessThanOrEqual(2);
				expect(listed.some((problem) => problem.id === 'whole')).toBe(true);
			})
		);
	});

	it('LD2 would not be able to read is not written here either', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		a.ledger.edit({ id, values: { due: '2023-02-30', aspect: '长'.repeat(300), itemNo: 14 } });
		expect(a.rows.get(id)!.values).toEqual({ manifestation: '一', itemNo: 14 });
	});

	it('LD2 a comment, a file or a step that others could not read is refused whole', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		const before = a.ledger.row(id)!.toJSON();
		expect(a.ledger.comments.add(id, { text: '长'.repeat(2_001), mentions: [] })).toBe(false);
		expect(a.ledger.files.add(id, { id: 'x' } as unknown as AttachmentRef)).toBe(false);
		const { life } = a.rows.get(id)!;
		const note = '长'.repeat(4_001);
		const event = nextEvent(life, 'submit', 'm0', '2023-03-15T01:00:00.000Z', 'e1', { note });
		expect(a.ledger.happen(id, event, { due: '2023-04-01' })).toBe(false);
		expect(a.ledger.row(id)!.toJSON()).toEqual(before);
	});

	it('numbers on from what can be read, whatever number stands in one row', () => {
		const a = createLedgerDevice();
		a.ledger.row(add(a, '一'))!.set('seq', 2 ** 52);
		expect(a.rows.get(add(a, '二'))!.seq).toBe(1);
		expect(a.rows.get(add(a, '三'))!.seq).toBe(2);
	});

	it('a row that is none is left alone by every operation', () => {
		const a = createLedgerDevice();
		a.ledger.rows.set('odd', 42);
		a.ledger.edit({ id: 'odd', values: { aspect: '严' } });
		a.ledger.trash(['odd']);
		expect(a.ledger.rows.get('odd')).toBe(42);
		expect(a.ledger.row('odd')).toBeNull();
	});
});

type Action = { device: number; kind: number; at: number; to: number };
const action = fc.record({
	device: fc.nat(2),
	kind: fc.nat(6),
	at: fc.nat(30),
	to: fc.nat(30)
});

function perform(
	devices: readonly TestDevice[],
	{ device, kind, at, to }: Action,
	step: number
): number {
	const { ledger, rows, doc } = devices[device]!;
	const row = rows.listed[at % Math.max(1, rows.listed.length)];
	const target = rows.listed[to % Math.max(1, rows.listed.length)];
	if (kind === 0) {
		ledger.add([{ values: { manifestation: `行${step}` } }], rows.gapBefore(target?.id ?? null));
		return 1;
	}
	if (kind === 1) {
		const edits = [1, 2, 3].map((n) => ({ values: { manifestation: `块${step}-${n}` } }));
		ledger.add(edits, rows.gapAfter(target?.id ?? null));
		return 3;
	}
	if (row === undefined) return 0;
	if (kind === 2) ledger.move([row.id], rows.gapBefore(target!.id, new Set([row.id])));
	else if (kind === 3) ledger.trash([row.id]);
	else if (kind === 4) ledger.restore(rows.trashed.slice(0, 1).map(({ id }) => id));
	else if (kind === 5) {
		const text = ledger.textOf(row.id, 'rootCause')!;
		doc.transact(() => text.insert(at % (text.length + 1), `字${step}`), ledger.origin);
	} else exchange(...devices);
	return 0;
}

describe('any interleaving of edits by three people', () => {
	it('LD6 ends in one order for all, with no row lost and the projection true', () => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
				const devices = [createLedgerDevice(0), createDevice(1), createDevice(2)];
				const made = actions.reduce((sum, one, step) => sum + perform(devices, one, step), 0);
				exchange(...devices);
				exchange(...devices);
				const [first, ...others] = devices.map(({ rows }) => rows.listed);
				for (const other of others) expect(other).toEqual(first);
				for (const { rows, ledger } of devices) {
					expect(rows.listed.length + rows.trashed.length).toBe(made);
					const fresh = new RowsProjection(ledger.rows, 'problems', builtInFields('problems'));
					expect(rows.listed).toEqual(fresh.listed);
					expect(rows.trashed).toEqual(fresh.trashed);
					const orders = rows.listed.map((row) => row.order);
					expect(new Set(orders).size).toBe(orders.length);
				}
			}),
			{ numRuns: 150 }
		);
	});

	it('and undoing all of one’s own steps restores exactly what was there', () => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 15 }), (actions) => {
				const a = createLedgerDevice(0);
				const rest = ['一', '二', '三'].map((text) => add(a, text));
				a.ledger.undo.clear();
				const before = a.rows.listed;
				actions
					.filter(({ kind }) => kind < 6)
					.forEach((one, step) => perform([a], { ...one, device: 0 }, step));
				while (a.ledger.undo.canUndo()) a.ledger.undo.undo();
				expect(a.rows.listed).toEqual(before);
				expect(a.rows.trashed).toEqual([]);
				expect(rest).toHaveLength(3);
			}),
			{ numRuns: 150 }
		);
	});
});

describe('merges', () => {
	const merge = (device: TestDevice, id: string, target: string): void => {
		const { life } = device.rows.get(id)!;
		const at = '2023-03-15T01:00:00.000Z';
		const submit = nextEvent(life, 'submit', 'm0', at, `s-${id}-${device.doc.clientID}`);
		device.ledger.happen(id, submit);
		const now = device.rows.get(id)!.life;
		const event = nextEvent(now, 'merge', 'm0', at, `e-${id}-${device.doc.clientID}`, { target });
		device.ledger.happen(id, event);
	};

	it('LD10 made crosswise without a network leave one of the two rows standing, the same for all', () => {
		const [a, b] = pair();
		const [first, second] = [add(a, '一'), add(a, '二')];
		exchange(a, b);
		merge(a, first, second);
		merge(b, second, first);
		expect(a.rows.standsFor(first)).toBe(second);
		exchange(a, b);
		const statuses = (device: TestDevice): string[] =>
			[first, second].map((id) => device.rows.get(id)!.life.status);
		expect(statuses(a)).toEqual(statuses(b));
		expect(statuses(a).filter((status) => status === 'merged')).toHaveLength(1);
		const fresh = new RowsProjection(b.ledger.rows, 'problems', builtInFields('problems'));
		expect(fresh.listed).toEqual(b.rows.listed);
		// An edit in the row whose merge lost does not bring the merge back.
		const standing = [first, second].find((id) => a.rows.get(id)!.life.status !== 'merged')!;
		a.ledger.edit({ id: standing, values: { remark: '注' } });
		expect(statuses(a)).toEqual(statuses(b));
	});

	it('that a colleague takes back let the other one hold again', () => {
		const [a, b] = pair();
		const [first, second] = [add(a, '一'), add(a, '二')];
		exchange(a, b);
		merge(a, first, second);
		merge(b, second, first);
		exchange(a, b);
		const merged = [first, second].find((id) => a.rows.get(id)!.life.status === 'merged')!;
		const { life } = a.rows.get(merged)!;
		const target = life.mergedBy!.id;
		const back = nextEvent(life, 'retract', 'm0', '2023-03-15T02:00:00.000Z', 'back', { target });
		a.ledger.happen(merged, back);
		exchange(a, b);
		const other = merged === first ? second : first;
		for (const { rows } of [a, b]) {
			expect(rows.get(merged)!.life.status).toBe('toVerify');
			expect(rows.get(other)!.life.status).toBe('merged');
		}
	});
});
