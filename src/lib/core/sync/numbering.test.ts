import { describe, expect, it } from 'vitest';
import type { Cursor } from '../store/roomLogs.ts';
import { createNumbering } from './numbering.ts';

function numberingOf(stored: Cursor | null) {
	const numbering = createNumbering(stored);
	let losses = 0;
	numbering.lost.subscribe(() => void losses++);
	return { ...numbering, losses: () => losses };
}

describe('the numbering of commits', () => {
	it('takes the first relay ever for the one it has always been', () => {
		const { meet, current, losses } = numberingOf(null);
		expect(current()).toBeNull();
		meet({ relayId: 'a', commit: 4 });
		expect([current(), losses()]).toEqual([{ relayId: 'a', commit: 4 }, 0]);
	});

	it('knows another relay from the same one that has gone on', () => {
		const { meet, losses } = numberingOf({ relayId: 'a', commit: 4 });
		meet({ relayId: 'a', commit: 9 });
		expect(losses()).toBe(0);
		meet({ relayId: 'b', commit: 12 });
		expect(losses()).toBe(1);
		meet({ relayId: 'b', commit: 12 });
		expect(losses()).toBe(1);
	});

	it('D14 notices less than was named before, stored or heard', () => {
		const stored = numberingOf({ relayId: 'a', commit: 0, seen: 50 });
		stored.meet({ relayId: 'a', commit: 49 });
		expect([stored.losses(), stored.current()?.commit]).toEqual([1, 49]);
		const heard = numberingOf(null);
		heard.meet({ relayId: 'a', commit: 2 });
		heard.heard(3);
		heard.heard(1);
		heard.meet({ relayId: 'a', commit: 2 });
		expect(heard.losses()).toBe(1);
	});
});
