import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { sealBlob } from '$lib/core/blobs/sealBlob.ts';
import { countUnreadable, readAttachments, type AttachmentRef } from './attachments.ts';
import { sizeWords } from './sizeWords.ts';

async function refAt(at: string): Promise<AttachmentRef> {
	const { id, key } = await sealBlob(new Blob([at]));
	const about = { name: 'a.pdf', mime: 'application/pdf', size: 1, kind: 'file', by: 'm' } as const;
	return { id, key: key.reveal(), ...about, at };
}

describe('attachments of a record', () => {
	it('come in the order in which they were added, without what a colleague made up', async () => {
		const map = new Y.Doc().getMap('evidence');
		const [second, first] = [await refAt('2023-03-16'), await refAt('2023-03-15')];
		for (const ref of [second, first]) map.set(ref.id, ref);
		map.set('elsewhere', first);
		map.set('nothing', null);
		map.set('map', new Y.Map());
		expect(readAttachments(map)).toEqual([first, second]);
		expect(countUnreadable(map)).toBe(3);
	});
});

it.each([
	[0, '0 B'],
	[999, '999 B'],
	[1_023.4 * 1_024, '1023 KB'],
	[1_048_575, '1 MB'],
	[1_500_000, '1.4 MB'],
	[25 * 1_048_576, '25 MB'],
	[3e12, '2794 GB']
])('says of %d bytes that it is %s', (bytes, words) => {
	expect(sizeWords(bytes)).toBe(words);
});
