import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { makeEvent } from '../life/fixtures/lifeStories.ts';
import { add, createDevice, createLedgerDevice, exchange } from '../testLedger.ts';
import { LedgerWatch } from './ledgerWatch.ts';
import { parseSeen } from './rowNews.ts';

const nothing = Y.encodeStateVector(new Y.Doc());

/** I look on; a colleague works on a device of his own, whose clock may say anything. */
function pair() {
	const [mine, theirs] = [createLedgerDevice(1), createDevice(2)];
	exchange(mine, theirs);
	const watch = new LedgerWatch(mine.doc);
	const seen = () => Y.encodeStateVector(mine.doc);
	const news = (since: Uint8Array) =>
		watch.news(since, 'm1').map(({ by, isNew, title, row }) => ({ by, isNew, title, row }));
	return { mine, theirs, watch, seen, news };
}

describe('news of a ledger', () => {
	it('tell rows a colleague added or changed since then, and none of one’s own', () => {
		const { mine, theirs, seen, news } = pair();
		const old = add(mine, '旧的');
		exchange(mine, theirs);
		const since = seen();
		expect(news(since)).toEqual([]);
		add(mine, '我的');
		theirs.ledger.edit({ id: old, values: { remark: '已核对' } });
		const fresh = add(theirs, '新的');
		exchange(mine, theirs);
		expect(news(since)).toEqual(
			expect.arrayContaining([
				{ by: 'm2', isNew: false, title: '旧的', row: old },
				{ by: 'm2', isNew: true, title: '新的', row: fresh }
			])
		);
		expect(news(since)).toHaveLength(2);
		expect(news(seen())).toEqual([]);
	});

	it('count what was written offline long ago and arrives only now', () => {
		const { mine, theirs, seen, news } = pair();
		const id = add(mine, '题');
		exchange(mine, theirs);
		theirs.ledger.edit({ id, values: { remark: '三天前写的' } });
		mine.wait(30 * 86_400_000);
		mine.ledger.edit({ id, values: { aspect: '严' } });
		const since = seen();
		exchange(mine, theirs);
		expect(news(since)).toEqual([{ by: 'm2', isNew: false, title: '题', row: id }]);
	});

	it('count steps, comments and typed letters; of rows in the trash nothing is told', () => {
		const { mine, theirs, seen, news } = pair();
		const [step, said, typed, gone] = ['一', '二', '三', '四'].map((text) => add(mine, text)) as [
			string,
			string,
			string,
			string
		];
		exchange(mine, theirs);
		const since = seen();
		theirs.ledger.happen(step, makeEvent('e1', 'submit', { by: 'm2' }));
		theirs.ledger.comments.add(said, { text: '请看', mentions: [] });
		const text = theirs.ledger.textOf(typed, 'rootCause')!;
		theirs.doc.transact(() => text.insert(0, '因'), theirs.ledger.origin);
		theirs.ledger.edit({ id: gone, values: { remark: '改' } });
		theirs.ledger.trash([gone]);
		exchange(mine, theirs);
		expect(new Set(news(since).map(({ row }) => row))).toEqual(new Set([step, said, typed]));
	});

	it('follow the document, row by row', () => {
		const { mine, theirs, watch, seen, news } = pair();
		const id = add(mine, '题');
		exchange(mine, theirs);
		const since = seen();
		expect(news(since)).toEqual([]);
		theirs.ledger.edit({ id, values: { due: '2023-04-10', responsibleId: 'm1' } });
		exchange(mine, theirs);
		expect(news(since)).toHaveLength(1);
		const actor = { member: 'm1', role: 'officer', posts: [] } as const;
		expect(watch.duties(actor)).toEqual([
			expect.objectContaining({ row: id, due: '2023-04-10', mine: true })
		]);
		watch.destroy();
	});

	it('are what came after the version seen, whoever wrote what in which order', () => {
		const step = fc.record({ mine: fc.boolean(), sync: fc.boolean(), seen: fc.boolean() });
		fc.assert(
			fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
				const { mine, theirs, seen, news } = pair();
				let since = seen();
				let expected = new Set<string>();
				let underWay = new Set<string>();
				for (const [at, one] of steps.entries()) {
					const id = add(one.mine ? mine : theirs, `第${at}条`);
					if (!one.mine) underWay.add(id);
					if (one.sync) {
						exchange(mine, theirs);
						expected = new Set([...expected, ...underWay]);
						underWay = new Set();
					}
					if (one.seen) [since, expected] = [seen(), new Set()];
					expect(new Set(news(since).map(({ row }) => row))).toEqual(expected);
				}
			})
		);
	});

	it('stay silent about what is no version and about rows that are not ours', () => {
		const { mine, news } = pair();
		mine.ledger.rows.set('strange', { createdBy: 'm2' });
		expect(parseSeen(Uint8Array.of(255, 255, 255))).toBeNull();
		expect(news(Uint8Array.of(255, 255, 255))).toEqual([]);
		expect(news(nothing)).toEqual([]);
	});
});
