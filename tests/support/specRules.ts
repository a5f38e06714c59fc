/**
 * Holds every SPEC.md to its tests: each rule `- **X1** …` has a test whose title begins with its
 * number, each number at the start of a title is a rule, and no number is given twice. Run as
 * `node tests/support/specRules.ts`.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RULE = /^- \*\*([A-Z]+\d+)\*\*/gm;
/** The first argument of a call, when it begins with numbers: `it('F2 F9 refuses …`. */
const TITLE = /\(\s*(['"`])((?:[A-Z]+\d+ )+)/g;

type Places = Map<string, string[]>;

function collect(patterns: string[], find: (text: string) => string[]): Places {
	const places: Places = new Map();
	for (const file of globSync(patterns, { cwd: ROOT }).toSorted())
		for (const id of find(readFileSync(join(ROOT, file), 'utf8')))
			places.set(id, [...(places.get(id) ?? []), relative('.', file)]);
	return places;
}

const rules = collect(['{src,server}/**/SPEC.md'], (text) =>
	[...text.matchAll(RULE)].map(([, id = '']) => id)
);
const tested = collect(['{src,server,tests}/**/*.{test,spec}.ts', 'src/**/*Contract.ts'], (text) =>
	[...text.matchAll(TITLE)].flatMap(([, , ids = '']) => ids.trim().split(' '))
);

const problems = [
	...[...rules]
		.filter(([, files]) => files.length > 1)
		.map(([id, files]) => `rule ${id} is given ${files.length} times: ${files.join(', ')}`),
	...[...rules]
		.filter(([id]) => !tested.has(id))
		.map(([id, [file]]) => `rule ${id} of ${file} has no test`),
	...[...tested]
		.filter(([id]) => !rules.has(id))
		.map(([id, [file]]) => `${id} in ${file} is no rule of any SPEC.md`)
];
for (const problem of problems) console.error(problem);
console.log(`${rules.size} rules, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
