import { expect, it } from 'vitest';
import type { AttachmentRef } from '$lib/core/blobs/attachmentRef.ts';
import type { AddFault } from '$lib/core/blobs/attachments.ts';
import { err, ok } from '$lib/base/result.ts';
import { FileIntake } from './FileIntake.svelte.ts';

const fileOf = (name: string) => new File([name], name);

it('takes files one after the other, and says of each that fails why', async () => {
	const added: string[] = [];
	let atOnce = 0;
	let most = 0;
	const intake = new FileIntake({
		attachments: {
			async add(_file, meta) {
				most = Math.max(most, ++atOnce);
				await new Promise((resolve) => setTimeout(resolve, 5));
				atOnce -= 1;
				const fault: AddFault | null = meta.name === 'big' ? 'too-large' : null;
				return fault ? err(fault) : ok({ name: meta.name } as AttachmentRef);
			}
		},
		async prepare(file) {
			if (file.name === 'gone') throw new DOMException('gone', 'NotReadableError');
			return { file, meta: { name: file.name, mime: '', kind: 'file' } };
		},
		onadd: ({ name }) => added.push(name)
	});
	const done = intake.take(['one', 'big', 'gone', 'two'].map(fileOf));
	expect(intake.waiting).toBe(4);
	await done;
	expect(intake.waiting).toBe(0);
	expect(added).toEqual(['one', 'two']);
	expect(intake.faults).toEqual([
		{ name: 'big', fault: 'too-large' },
		{ name: 'gone', fault: 'unreadable' }
	]);
	expect(most).toBe(1);
	await intake.take([fileOf('three')]);
	expect(intake.faults).toEqual([]);
});
