import { mkdtempSync, readdirSync, rmSync, utimesSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { blobStorageContract } from './blobStorageContract.ts';
import { createFileBlobs } from './fileBlobs.ts';

const made: string[] = [];
function newRoot(): string {
	const root = join(mkdtempSync(join(tmpdir(), 'blobs-')), 'blobs');
	made.push(join(root, '..'));
	return root;
}
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

let root = '';
blobStorageContract('fileBlobs', {
	async open() {
		root = newRoot();
		return createFileBlobs(root);
	},
	reopen: async () => createFileBlobs(root),
	async age(ms) {
		for (const workspace of readdirSync(root))
			for (const name of readdirSync(join(root, workspace))) {
				const path = join(root, workspace, name);
				const old = new Date(statSync(path).mtimeMs - ms);
				utimesSync(path, old, old);
			}
	}
});

it('lets no name lead out of its folder', async () => {
	const storage = createFileBlobs(newRoot());
	for (const name of ['..', '.', '', 'a/b', 'a\\b', '../x'])
		await expect(storage.stat(name, 'id')).rejects.toThrow('checked at the door');
	await expect(storage.stat('w', 'id.part')).rejects.toThrow('checked at the door');
});
