/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
/**
 * Keeps the whole app in the cache, so that it opens with no network after the first visit. It
 * caches the app only, never data: records are in IndexedDB.
 */
import { build, files, version } from '$service-worker';

const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `tongxin-${version}`;
const SHELL = '/200.html';
const ASSETS = new Set([...build, ...files, SHELL]);

worker.addEventListener('install', (event) => {
	event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...ASSETS])));
});

worker.addEventListener('activate', (event) => {
	const clean = async () => {
		for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
		await worker.clients.claim();
	};
	event.waitUntil(clean());
});

worker.addEventListener('message', (event) => {
	if (event.data === 'take over') void worker.skipWaiting();
});

async function fromCache(path: string, request: Request): Promise<Response> {
	const cache = await caches.open(CACHE);
	return (await cache.match(path)) ?? fetch(request);
}

worker.addEventListener('fetch', (event) => {
	const url = new URL(event.request.url);
	if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return;
	if (url.pathname.startsWith('/api/') || url.pathname === '/healthz') return;
	if (event.request.mode === 'navigate') event.respondWith(fromCache(SHELL, event.request));
	else if (ASSETS.has(url.pathname)) event.respondWith(fromCache(url.pathname, event.request));
});
