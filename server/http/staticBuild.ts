/** Serves the built app: hashed files for a year, everything else to be asked for again. */
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

export type StaticBuild = (request: IncomingMessage, response: ServerResponse) => void;

const IMMUTABLE = '/_app/immutable/';
const NOT_BUILT = 'The app is not built yet: run "npm run build", then load this page again.\n';

function answerText(response: ServerResponse, status: number, text: string): void {
	response.statusCode = status;
	response.setHeader('Content-Type', 'text/plain; charset=utf-8');
	response.end(text);
}

export function createStaticBuild(folder: string): StaticBuild {
	// dev: looks at the folder at each request, so that a rebuild needs no restart.
	const serve = sirv(folder, {
		dev: true,
		etag: true,
		single: '200.html',
		brotli: true,
		gzip: true,
		setHeaders(response, pathname) {
			const isHashed = pathname.startsWith(IMMUTABLE);
			const cache = isHashed ? 'public,max-age=31536000,immutable' : 'no-cache';
			response.setHeader('Cache-Control', cache);
		}
	});

	return (request, response) => {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			response.setHeader('Allow', 'GET, HEAD');
			return answerText(response, 405, 'method not allowed\n');
		}
		if (!existsSync(join(folder, '200.html'))) return answerText(response, 503, NOT_BUILT);
		// sirv throws on a range that ends before it begins, and nothing here is worth a range.
		delete request.headers.range;
		serve(request, response, () => answerText(response, 404, 'not found\n'));
	};
}
