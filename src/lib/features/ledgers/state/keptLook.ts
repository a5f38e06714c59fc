/**
 * How this browser's person last had a ledger's columns, row height and layout while no saved view
 * was open. Not shared: it fits a screen, not a branch.
 */
import { utf8ToBytes } from '$lib/base/bytes.ts';
import { parseJson } from '$lib/base/json.ts';
import { parseViewSpec } from '../model/view/parseViewSpec.ts';
import type { ViewLedger, ViewStorage } from '../model/view/savedView.ts';
import { plainColumns, type ViewSpec } from '../model/view/viewSpec.ts';

export type Look = Pick<ViewSpec, 'columns' | 'rowHeight' | 'layout'>;

export interface KeptLook {
	/** Null where nothing was changed yet. */
	read(): Look | null;
	write(look: Look): void;
}

export const lookOf = ({ columns, rowHeight, layout }: ViewSpec): Look => ({
	columns,
	rowHeight,
	layout
});

const parsed = (value: unknown): Look => lookOf(parseViewSpec(value).spec);

const jsonIn = (storage: ViewStorage): unknown => {
	const text = storage.read();
	return text === null ? null : parseJson(utf8ToBytes(text));
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * `oldWidths` is where the first version kept the widths of the problem list's columns: they are
 * taken over, with `first` for the rest, and leave there with the next change.
 */
export function keptLook(
	storage: ViewStorage,
	ledger: ViewLedger,
	oldWidths: ViewStorage,
	first: Look
): KeptLook {
	const isOldOnes = ledger === 'problems';
	return {
		read() {
			const found = jsonIn(storage);
			if (isObject(found)) return parsed(found);
			const widths = isOldOnes ? jsonIn(oldWidths) : null;
			if (!isObject(widths)) return null;
			const { columns } = parsed({ columns: { ...plainColumns, widths } });
			return { ...first, columns: { ...first.columns, widths: columns.widths } };
		},
		write(look) {
			storage.write(JSON.stringify(look));
			if (isOldOnes) oldWidths.write(null);
		}
	};
}
