/**
 * Who imports whom, read from the sources as text: `.ts`, `.svelte` and `.js` alike. Type-only
 * imports count for the direction of layers, but not for cycles: they are gone at run time.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';

const STATEMENT =
	/(?:^|[\n;>])\s*(import|export)\s+(type\s)?[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[\n;>])\s*import\s*['"]([^'"]+)['"]/g;

const cache = new Map();

/** Absolute path of one of our own modules, or null for a package. */
export function resolveOwn(specifier, importer, root) {
	const base = specifier.startsWith('$lib/')
		? resolve(root, 'src/lib', specifier.slice(5))
		: specifier.startsWith('.')
			? resolve(dirname(importer), specifier)
			: null;
	if (!base) return null;
	const candidates = [base, `${base}.ts`, `${base}.js`, `${base}/index.ts`];
	return candidates.find((path) => existsSync(path) && statSync(path).isFile()) ?? null;
}

/** Own modules that `file` needs at run time. */
export function runtimeImports(file, root) {
	const known = cache.get(file);
	const changed = statSync(file).mtimeMs;
	if (known?.changed === changed) return known.imports;
	const imports = [];
	if (['.ts', '.js', '.svelte'].includes(extname(file))) {
		for (const [, , typeOnly, from, bare] of readFileSync(file, 'utf8').matchAll(STATEMENT)) {
			const target = typeOnly ? null : resolveOwn(from ?? bare, file, root);
			if (target) imports.push(target);
		}
	}
	cache.set(file, { changed, imports });
	return imports;
}

/** The shortest way from `start` over `first` back to `start`, or null. */
export function findCycle(start, first, root) {
	const cameFrom = new Map([[first, start]]);
	const queue = [first];
	for (let file = queue.shift(); file; file = queue.shift()) {
		if (file === start) {
			const path = [start];
			for (let at = cameFrom.get(start); at !== start; at = cameFrom.get(at)) path.unshift(at);
			return [start, ...path];
		}
		for (const next of runtimeImports(file, root)) {
			if (cameFrom.has(next) && next !== start) continue;
			if (next === start && cameFrom.has(start)) continue;
			cameFrom.set(next, file);
			queue.push(next);
		}
	}
	return null;
}
