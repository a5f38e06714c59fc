import { bytesToUtf8 } from './bytes.ts';

/** What the bytes say in JSON; undefined when they are not JSON in UTF-8. */
export function parseJson(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(bytesToUtf8(bytes)) as unknown;
	} catch {
		return undefined;
	}
}
