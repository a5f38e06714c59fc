import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentName, parseAttachmentRef, safeMime } from './attachmentRef.ts';
import { sealBlob } from './sealBlob.ts';

async function goodRef() {
	const { id, key } = await sealBlob(new Blob(['照片']));
	return {
		...{ id, key: key.reveal(), name: '整改前.jpg', mime: 'image/jpeg', size: 6 },
		...{ kind: 'photo', by: 'member', at: '2023-03-15T01:02:03.000Z' },
		thumb: { id, key: key.reveal(), size: 3 }
	};
}

describe('an AttachmentRef', () => {
	it('A4 is read as it was written', async () => {
		const ref = await goodRef();
		expect(parseAttachmentRef(JSON.parse(JSON.stringify(ref)))).toEqual(ref);
		const { thumb: _, ...plain } = ref;
		expect(parseAttachmentRef(plain)).toEqual(plain);
	});

	it('A4 is null when any part of it is not what it should be', async () => {
		const ref = await goodRef();
		const wrong: object[] = [
			{ id: '../../etc/passwd' },
			{ id: ref.id.slice(1) },
			{ key: 'AGE-SECRET-KEY-1' },
			{ key: ref.key.toLowerCase() },
			{ name: 7 },
			{ name: 'x'.repeat(256) },
			{ mime: null },
			{ size: -1 },
			{ size: 1.5 },
			{ kind: 'video' },
			{ by: {} },
			{ at: 'x'.repeat(41) },
			{ thumb: {} },
			{ thumb: { ...ref.thumb, id: 'x' } }
		];
		for (const change of wrong) expect(parseAttachmentRef({ ...ref, ...change })).toBeNull();
		for (const key of ['id', 'key', 'name', 'mime', 'size', 'kind', 'by', 'at'])
			expect(parseAttachmentRef({ ...ref, [key]: undefined })).toBeNull();
	});

	it('A4 never throws, whatever a colleague wrote', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(parseAttachmentRef(value)).toBeNull();
			})
		);
	});

	it('A4 shows no file as a page of ours', () => {
		for (const mime of ['image/svg+xml', 'text/html', 'application/xhtml+xml', 'IMAGE/PNG ', ''])
			expect(safeMime(mime)).toBe('application/octet-stream');
		expect(safeMime('image/webp')).toBe('image/webp');
	});

	it('A4 has a name that cannot pretend to be another', () => {
		expect(attachmentName('gpj\u202Eexe.txt\u0000\n')).toBe('gpjexe.txt');
		expect(attachmentName(`${'长'.repeat(400)}.docx`)).toHaveLength(255);
		expect(attachmentName(`${'长'.repeat(400)}.docx`).endsWith('.docx')).toBe(true);
	});
});
