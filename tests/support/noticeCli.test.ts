import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('noticeCli.ts', import.meta.url));
const notice = fileURLToPath(new URL('../fixtures/notice/taskAssignment.raw.txt', import.meta.url));
const run = (...args: string[]) =>
	spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });

// The file runs unbuilt, which takes a Node that strips types by itself.
describe.runIf(process.features.typescript)('the notice command', () => {
	let folder = '';
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'tongxin-notice-'));
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	it('prints a notice as JSON', () => {
		const { status, stdout } = run(notice);
		const found = JSON.parse(stdout) as {
			tasks: unknown[];
			warnings: { message: string }[];
			repairs: object;
		};
		expect(status).toBe(0);
		expect(found.tasks).toHaveLength(12);
		expect(found.repairs).toEqual({ annotations: 160, garbles: 3 });
		expect(found.warnings[0]?.message).toBe('正文引用“附件4”(鉴定表),附件清单只有3项');
	});

	it('judges vectors and counts the agreements last', () => {
		const file = join(folder, 'vectors.json');
		const vectors = [
			{ expr: '9月底前', expect: { kind: 'by', end: '2024-09-30' } },
			{ expr: '9月底前', ctx: { docDate: '2025-09-01' }, expect: { kind: 'by', end: '2024-09-30' } }
		];
		writeFileSync(file, JSON.stringify({ defaults: { docDate: '2024-09-02' }, vectors }));
		const lines = run('--deadlines', file).stdout.trim().split('\n');
		expect(lines.at(-1)).toBe('1 of 2');
		expect(JSON.parse(lines[1] ?? '')).toMatchObject({
			agrees: false,
			found: { end: '2025-09-30' }
		});
	});

	it('answers a bad file with a message and 1', () => {
		const bad = join(folder, 'bad.docx');
		writeFileSync(bad, 'no zip');
		for (const args of [[join(folder, 'missing.txt')], [bad], ['--deadlines', notice], []]) {
			const { status, stderr, stdout } = run(...args);
			expect(status).toBe(1);
			expect(stderr.trim().split('\n')).toHaveLength(1);
			expect(stdout).toBe('');
		}
	});
});
