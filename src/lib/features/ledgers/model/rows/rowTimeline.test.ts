import { describe, expect, it } from 'vitest';
import { TestReplica } from '../life/fixtures/lifeStories.ts';
import { problemMachine } from '../life/problemMachine.ts';
import type { RowChange } from './rowHistory.ts';
import { rowTimeline } from './rowTimeline.ts';

const change = (field: string, at: string): RowChange => ({
	...{ field, at, by: 'm1', before: null, after: '甲' }
});
const created = { createdBy: 'm1', createdAt: '2023-04-20T00:00:00.000Z' };

/** A branch that returned and closed at once. */
function atOnce() {
	const [a, b] = [new TestReplica('a', problemMachine), new TestReplica('b', problemMachine)];
	for (const type of ['submit', 'confirm', 'start', 'apply'] as const) a.act(type);
	b.hear(a.events.values());
	a.act('accept');
	b.act('return', { note: '截图是3月的' });
	a.hear(b.events.values());
	return a.life;
}

describe('the line of time', () => {
	it('has the latest first and the making of the row last', () => {
		const a = new TestReplica('a', problemMachine);
		const { at } = a.act('submit');
		const later = new Date(Date.parse(at) + 60_000).toISOString();
		const entries = rowTimeline(
			[change('goal', later), change('manifestation', created.createdAt)],
			{ life: a.life, ...created }
		);
		expect(
			entries.map((one) =>
				one.kind === 'change' ? one.change.field : one.kind === 'event' ? one.event.type : one.kind
			)
		).toEqual(['goal', 'submit', 'manifestation', 'created']);
	});

	it('a step stands above the fields that were settled with it', () => {
		const a = new TestReplica('a', problemMachine);
		const { at } = a.act('submit');
		const [first] = rowTimeline([change('due', at.replace('.000Z', '.400Z'))], {
			life: a.life,
			...created
		});
		expect(first?.kind).toBe('event');
	});

	it('says of each step whether it had effect', () => {
		const effects = rowTimeline([], { life: atOnce(), ...created }).flatMap((entry) =>
			entry.kind === 'event' ? [[entry.event.type, entry.effect]] : []
		);
		expect(effects).toContainEqual(['accept', 'conflict']);
		expect(effects).toContainEqual(['return', 'applied']);
		expect(effects).toHaveLength(6);
	});

	it('keys stay when something is added', () => {
		const life = atOnce();
		const old = [change('goal', '2023-04-20T00:01:00.000Z')];
		const keys = rowTimeline(old, { life, ...created }).map(({ key }) => key);
		const more = rowTimeline([change('due', '2023-04-20T00:02:00.000Z'), ...old], {
			life,
			...created
		});
		expect(more.map(({ key }) => key)).toEqual(expect.arrayContaining(keys));
		expect(new Set(more.map(({ key }) => key)).size).toBe(more.length);
	});
});
