/** Whose names stand in what people wrote: to be looked at before it is handed to others. */
import type { People } from './people.ts';
import { bareName } from './people.ts';
import { wordsIn, type LedgerRow } from './rows/ledgerRow.ts';

export interface NameFound {
	readonly name: string;
	readonly rows: number;
}

/** One character is a word like any other. */
const shortestName = 2;

export function namesInText(
	people: People,
	rows: readonly LedgerRow[],
	fields: readonly string[]
): NameFound[] {
	const names = [...new Set(people.all.map(({ name }) => bareName(name)))];
	const counts = new Map<string, number>();
	const wanted = names.filter((name) => name.length >= shortestName);
	for (const row of rows) {
		const text = fields.map((field) => wordsIn(row, field)).join('\n');
		if (text.trim() === '') continue;
		for (const name of wanted)
			if (text.includes(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return wanted.flatMap((name) => {
		const found = counts.get(name);
		return found === undefined ? [] : [{ name, rows: found }];
	});
}
