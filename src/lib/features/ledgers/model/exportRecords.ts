/** Who took what out of a ledger, and when. A record is not a lock; the app says so where it exports. */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { viewLedgers } from './view/savedView.ts';

export const exportFormats = ['xlsx', 'docx', 'csv', 'print'] as const;

const schema = z.object({
	/** ISO instant by the clock of the device that exported. */
	at: z.string().check(z.maxLength(40)),
	/** Member id. */
	by: z.string().check(z.minLength(1), z.maxLength(200)),
	ledger: z.enum(viewLedgers),
	format: z.enum(exportFormats),
	rows: z.int().check(z.nonnegative()),
	columns: z.int().check(z.nonnegative())
});
export type ExportRecord = z.infer<typeof schema> & { readonly id: string };

const exportsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('exports');

/** Nobody's own step: no undo takes it back. */
export function recordExport(doc: Y.Doc, { id, ...record }: ExportRecord): void {
	doc.transact(() => exportsIn(doc).set(id, record), 'ledger export');
}

/** The latest first. */
export const readExports = (doc: Y.Doc): ExportRecord[] =>
	[...exportsIn(doc)]
		.flatMap(([id, value]) => {
			const parsed = schema.safeParse(value);
			return parsed.success ? [{ id, ...parsed.data }] : [];
		})
		.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));

export function watchExports(doc: Y.Doc, onChange: () => void): () => void {
	const map = exportsIn(doc);
	map.observe(onChange);
	return () => map.unobserve(onChange);
}
