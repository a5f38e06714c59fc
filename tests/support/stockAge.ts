/**
 * The stock `age` program (Debian's package `age`, or https://age-encryption.org), to show that
 * people can open what we write without us. Not needed to build or run: a test that wants it is
 * skipped where it is missing.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StockAge {
	readonly version: string;
	decrypt(identity: string, file: Uint8Array): Uint8Array;
	encrypt(recipient: string, plain: Uint8Array): Uint8Array;
}

function inFolder<T>(use: (folder: string) => T): T {
	const folder = mkdtempSync(join(tmpdir(), 'tongxin-age-'));
	try {
		return use(folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Null, and a line that says so, where there is no `age`. */
export function findStockAge(): StockAge | null {
	const found = spawnSync('age', ['--version'], { encoding: 'utf8' });
	if (found.status !== 0) {
		process.stdout.write(
			'The program "age" was not found: what it would open is not tested (Debian: apt install age).\n'
		);
		return null;
	}
	return {
		version: found.stdout.trim(),
		decrypt: (identity, file) =>
			inFolder((folder) => {
				const [keyFile, input, output] = ['key.txt', 'in.age', 'out'].map((n) => join(folder, n));
				writeFileSync(keyFile!, `${identity}\n`);
				writeFileSync(input!, file);
				execFileSync('age', ['-d', '-i', keyFile!, '-o', output!, input!], { stdio: 'pipe' });
				return new Uint8Array(readFileSync(output!));
			}),
		encrypt: (recipient, plain) =>
			new Uint8Array(
				execFileSync('age', ['-r', recipient], { input: plain, maxBuffer: 64 * 1024 * 1024 })
			)
	};
}
