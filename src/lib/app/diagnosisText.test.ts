import { describe, expect, it } from 'vitest';
import type { DeviceId, WorkspaceId } from '$lib/base/ids.ts';
import type { Diagnosis } from '$lib/core/diagnosis.ts';
import type { DiagnosedBrowser } from './diagnosedBrowser.ts';
import { diagnosisSections, diagnosisText } from './diagnosisText.ts';

const workspace = 'Wk3pB9xQ'.padEnd(43, 'w') as WorkspaceId;
const device = 'Dv7mK2sT'.padEnd(22, 'd') as DeviceId;

const diagnosis: Diagnosis = {
	workspace,
	madeAtMs: Date.UTC(2023, 2, 15),
	devices: [
		{
			...{ device, isThis: true, role: 'secretary', state: 'active' },
			...{ holdsCommit: 41, seenAtMs: Date.UTC(2023, 2, 14) }
		},
		{
			...{ device: 'zz'.padEnd(22, 'z') as DeviceId, isThis: false, role: 'officer' },
			...{ state: 'retired', holdsCommit: null, seenAtMs: null }
		}
	],
	roster: { length: 7, head: 'abcdef123456', alarm: null, rotationDue: false },
	epochs: { newest: 2, held: [1, 2] },
	rooms: { stored: 12, unsent: 0, open: 3, circles: 1 },
	refusals: {},
	waiting: 0,
	relay: {
		...{ connection: 'online', reachable: true, roundTripMs: 23.4, clockOffsetMs: 400 },
		...{ protocol: 'tongxin.1', commit: 41 }
	}
};

const browser: DiagnosedBrowser = {
	label: 'Windows · Edge',
	userAgent: 'Mozilla/5.0 Edg/126',
	language: 'zh-CN',
	appBuiltAtMs: Date.UTC(2023, 2, 1),
	isInstalled: true,
	isOnline: true,
	storage: { usedBytes: 3_000_000, quotaBytes: 900_000_000, isKept: true },
	serviceWorker: 'active'
};

const format = {
	time: (ms: number) => new Date(ms).toISOString().slice(0, 10),
	bytes: (bytes: number) => `${bytes / 1_000_000} MB`
};

const linesOf = (found: Partial<Diagnosis>, seen: Partial<DiagnosedBrowser> = {}) =>
	diagnosisSections({ ...diagnosis, ...found }, { ...browser, ...seen }, format).flatMap(
		({ lines }) => lines
	);
const warnings = (...args: Parameters<typeof linesOf>) =>
	linesOf(...args).filter(({ tone }) => tone === 'warning');

describe('diagnosisText', () => {
	it('says every figure once, in plain text', () => {
		const text = diagnosisText(diagnosis, browser, format);
		for (const part of ['Wk3pB9xQ', 'Dv7mK2sT', 'abcdef123456', '23', '41', '12', 'Windows · Edge'])
			expect(text).toContain(part);
		expect(text).toContain('2023-03-14');
		expect(text).toContain('900 MB');
		expect(text).not.toMatch(/undefined|null|NaN|\[object/);
	});

	it('gives the first characters of ids only', () => {
		const text = diagnosisText(diagnosis, browser, format);
		expect(text).not.toContain(workspace);
		expect(text).not.toContain(device);
	});

	it('copies nothing but what it was given a place for', () => {
		const overfull = {
			...diagnosis,
			branch: '城东实验小学党支部',
			commons: 'AGE-SECRET-KEY-1QQQ',
			devices: diagnosis.devices.map((one) => ({ ...one, name: '周敬宁' }))
		};
		const text = diagnosisText(overfull, browser, format);
		expect(text).not.toMatch(/城东|周敬宁|AGE-SECRET/);
	});
});

describe('diagnosisSections', () => {
	it('warns of nothing when all is well', () => {
		expect(warnings({})).toEqual([]);
	});

	it.each(['forged', 'forked', 'behind', 'hidden'] as const)(
		'says what it means that the chain is %s',
		(alarm) => {
			const found = warnings({ roster: { ...diagnosis.roster, alarm } });
			expect(found).toHaveLength(1);
			expect(found[0]!.hint).toBeTruthy();
		}
	);

	it('gives each reason of refusal a sentence of its own, and an unknown one a general one', () => {
		const reasons = ['malformed', 'retired-author', 'bad-signature', 'not-in-circle', 'new-reason'];
		const found = warnings({
			refusals: Object.fromEntries(reasons.map((reason, i) => [reason, i + 1]))
		});
		expect(found.map(({ code }) => code)).toEqual(reasons);
		expect(new Set(found.map(({ label }) => label)).size).toBe(reasons.length);
	});

	it('points out what somebody can do something about', () => {
		const { relay, roster, epochs } = diagnosis;
		const count = (...args: Parameters<typeof linesOf>) => warnings(...args).length;
		expect(count({ relay: { ...relay, connection: 'refused' } })).toBe(1);
		expect(
			count({
				relay: { ...relay, reachable: false, roundTripMs: null, clockOffsetMs: null }
			})
		).toBe(1);
		expect(count({ relay: { ...relay, clockOffsetMs: -3_600_000 } })).toBe(1);
		expect(count({ roster: { ...roster, rotationDue: true } })).toBe(1);
		expect(count({ epochs: { ...epochs, held: [2] } })).toBe(1);
		expect(count({}, { storage: { usedBytes: 1, quotaBytes: 2, isKept: false } })).toBe(1);
	});

	it('tells by how much the clock is off, and when it is not', () => {
		const clock = (clockOffsetMs: number) =>
			linesOf({ relay: { ...diagnosis.relay, clockOffsetMs } })[2]!.value;
		expect(clock(-400)).toBe(clock(400));
		expect(new Set([clock(0), clock(3000), clock(-3000)]).size).toBe(3);
		expect(clock(-3000)).toContain('3');
	});

	it('does not invent what the browser does not tell', () => {
		const lines = linesOf({}, { storage: null, appBuiltAtMs: Number.NaN });
		expect(lines.every(({ value }) => value !== '' && !value.includes('NaN'))).toBe(true);
	});
});
