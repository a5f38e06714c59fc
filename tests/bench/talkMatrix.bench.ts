/** Coverage worked out anew: what a colleague's talk costs while the table of who with whom is shown. */
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { MemberId } from '../../src/lib/base/ids.ts';
import { coverageOf } from '../../src/lib/features/talks/model/coverage/coverage.ts';
import { talkLoads } from '../../src/lib/features/talks/model/coverage/talkLoads.ts';
import { talkMatrix } from '../../src/lib/features/talks/model/coverage/talkMatrix.ts';
import {
	talkPeople,
	type TalkPerson
} from '../../src/lib/features/talks/model/coverage/talkPeople.ts';
import {
	builtInSets,
	type RuleSet
} from '../../src/lib/features/talks/model/coverage/talkRules.ts';
import { putStub, readStubs } from '../../src/lib/features/talks/model/coverage/talkStub.ts';
import { inMs, percentile, printFigures, timed } from './measure.ts';

const PEOPLE = 60;
const TEAM = 9;
const STUBS = 2_000;
const RUNS = 25;
const groups = ['第一党小组', '第二党小组', '第三党小组', '第四党小组'];

const members = Array.from({ length: PEOPLE }, (_, at): TalkPerson => ({
	...{ id: `m${at}` as MemberId, name: `党员${at}`, partyStatus: '正式党员', active: true },
	...{ posts: at < 5 ? ['组织委员'] : [], group: groups[at % groups.length]! },
	...{ leadTeam: at < TEAM, principal: at === 0 }
}));

const doc = new Y.Doc();
doc.transact(() => {
	for (let at = 0; at < STUBS; at++) {
		const [a, b] = [at % TEAM, TEAM + ((at * 7) % (PEOPLE - TEAM))];
		putStub(doc, {
			...{ id: `s${at}`, aId: `m${a}`, bId: `m${b}`, pairKind: 'P3', mode: 'single' },
			...{ signed: at % 3 > 0, by: `m${a}`, basis: 'record' },
			on: new Date(Date.UTC(2023, 0, 1 + (at % 365))).toISOString().slice(0, 10)
		});
	}
});

function work({ rules }: RuleSet) {
	const people = talkPeople(members);
	const coverage = coverageOf({
		...{ people, rules, stubs: readStubs(doc), waivers: new Map(), assignments: new Map() },
		window: { start: '2023-01-01', end: '2023-12-31' }
	});
	const matrix = talkMatrix(coverage, people, members, groups);
	return { total: coverage.total, loads: talkLoads(coverage.items, members), matrix };
}

async function median(run: () => unknown): Promise<string> {
	const samples: number[] = [];
	for (let at = 0; at < RUNS; at++) samples.push((await timed(run)).ms);
	return `${inMs(percentile(samples, 0.5))} (best ${inMs(percentile(samples, 0))}, first ${inMs(samples[0]!)})`;
}

it('works the table out', async () => {
	expect(readStubs(doc).length).toBe(STUBS);
	expect(work(builtInSets.strict).total.required).toBe(8 + 28 + 51);
	printFigures(`coverage of ${PEOPLE} people, ${STUBS} talks, median of ${RUNS}`, [
		{ what: 'stubs read', figure: await median(() => readStubs(doc)) },
		{ what: '三必谈, all', figure: await median(() => work(builtInSets.strict)), bar: '≤ 50 ms' },
		{
			what: 'once a year, all',
			figure: await median(() => work(builtInSets.yearly)),
			bar: '≤ 50 ms'
		}
	]);
});
