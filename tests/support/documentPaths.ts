/** Fails on a path in a document that does not exist: prose nobody executes goes stale. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PATH =
	/`((?:src|server|tests|static|docs|\.ci)\/[A-Za-z0-9_.()[\]/-]+)`|\]\(([^)#:\s]+)(?:#[^)]*)?\)/g;

const documents = ['README.md', ...globSync('{docs,src,server,tests}/**/*.md')];
const missing: string[] = [];
for (const document of documents) {
	for (const [, inCode, linked] of readFileSync(document, 'utf8').matchAll(PATH)) {
		const path = inCode ?? join(dirname(document), linked!);
		if (!existsSync(path)) missing.push(`${document}: ${path}`);
	}
}
for (const line of missing) console.error(line);
console.log(`${documents.length} documents, ${missing.length} paths that do not exist`);
process.exit(missing.length === 0 ? 0 : 1);
