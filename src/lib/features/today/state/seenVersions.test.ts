import { describe, expect, it } from 'vitest';
import { newRoomId } from '$lib/base/ids.ts';
import type { StoredChoice } from '$lib/state/storedChoice.ts';
import { createSeenVersions } from './seenVersions.ts';

function storage(text: string | null = null): StoredChoice & { text: string | null } {
	return {
		text,
		read() {
			return this.text;
		},
		write(value) {
			this.text = value;
		}
	};
}

const [room, other] = [newRoomId(), newRoomId()];
const version = (n: number) => Uint8Array.of(1, n, 1);
const noon = Date.UTC(2023, 2, 15, 4);

describe('versions seen', () => {
	it('begin with the first meeting, which does not move the day of the last visit', () => {
		const stored = storage();
		const seen = createSeenVersions(stored);
		expect(seen.since()).toBeNull();
		seen.meet(room, version(1), noon);
		seen.meet(other, version(2), noon + 60_000);
		const again = createSeenVersions(stored);
		expect(again.since()).toBe(new Date(noon).toISOString());
		expect(again.of(room)).toEqual(version(1));
		expect(again.of(other)).toEqual(version(2));
	});

	it('move on with what was shown, and keep those that were not', () => {
		const stored = storage();
		const seen = createSeenVersions(stored);
		seen.meet(room, version(1), noon);
		seen.meet(other, version(2), noon);
		seen.note(new Map([[room, version(5)]]), noon + 60_000);
		const again = createSeenVersions(stored);
		expect(again.since()).toBe(new Date(noon + 60_000).toISOString());
		expect(again.of(room)).toEqual(version(5));
		expect(again.of(other)).toEqual(version(2));
		expect(again.of(newRoomId())).toBeNull();
	});

	it('noted in another tab are not set back', () => {
		const stored = storage();
		const [here, there] = [createSeenVersions(stored), createSeenVersions(stored)];
		here.meet(room, version(1), noon);
		there.note(new Map([[room, version(7)]]), noon + 60_000);
		here.meet(other, version(2), noon + 120_000);
		const again = createSeenVersions(stored);
		expect(again.of(room)).toEqual(version(7));
		expect(again.since()).toBe(new Date(noon + 60_000).toISOString());
	});

	it.each(['', '{', '[]', '{"since":1,"rooms":{}}', '{"since":"x","rooms":{"a":2}}'])(
		'that cannot be read (%s) are as if there were none',
		(text) => {
			expect(createSeenVersions(storage(text)).since()).toBeNull();
		}
	);
});
