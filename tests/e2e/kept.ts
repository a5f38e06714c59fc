/** All that is kept of a branch, as text: to look for words that must not be there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Desk } from './desk.ts';

/** In a browser profile. */

export const storedWords = (page: Page): Promise<string> =>
	page.evaluate(async () => {
		const found: string[] = [];
		const decoder = new TextDecoder();
		for (const { name } of await indexedDB.databases()) {
			const database = await new Promise<IDBDatabase>((resolve, reject) => {
				const request = indexedDB.open(name!);
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(new Error('not opened'));
			});
			for (const store of database.objectStoreNames) {
				const rows = await new Promise<unknown[]>((resolve) => {
					const request = database.transaction(store).objectStore(store).getAll();
					request.onsuccess = () => resolve(request.result as unknown[]);
				});
				found.push(
					JSON.stringify(rows, (_key, value: unknown) =>
						ArrayBuffer.isView(value) ? decoder.decode(value) : value
					)
				);
			}
			database.close();
		}
		return found.join('\n') + JSON.stringify(localStorage);
	});

/** In the relay's folder. */
export const relayWords = (desk: Desk): string =>
	readdirSync(desk.relay.dataDir, { recursive: true, withFileTypes: true })
		.filter((file) => file.isFile())
		.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
		.join('\n');
