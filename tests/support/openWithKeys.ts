/** What somebody with these keys and every byte of a log can read: as an attacker would, unchecked. */
import * as Y from 'yjs';
import { openEntry, parseEntry, type EntryScope } from '../../src/lib/core/crypto/entry.ts';
import type { CommonsKeys } from '../../src/lib/core/keys/commonsKeys.ts';

export async function openWithKeys(
	log: Y.Doc,
	scope: EntryScope,
	keys: CommonsKeys
): Promise<string> {
	const doc = new Y.Doc();
	for (const bytes of log.getArray<Uint8Array>('log').toArray()) {
		const parsed = parseEntry(bytes);
		if (!parsed.ok) continue;
		for (const key of keys.values()) {
			const content = await openEntry(scope, parsed.value, key);
			if (!content.ok) continue;
			for (const update of content.value.updates)
				if (parsed.value.header.kind === 'checkpoint') Y.applyUpdateV2(doc, update);
				else Y.applyUpdate(doc, update);
		}
	}
	return doc.getText('text').toString();
}
