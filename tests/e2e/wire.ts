/**
 * All that goes over the network to and from a browser profile, as bytes: to look for words that must
 * not be there. A word is found where one piece carries the whole of it, so a test types it at once
 * (`insertText`): key by key it would be on the wire in pieces, sealed or not.
 */
import type { BrowserContext, Page, Request, WebSocket } from '@playwright/test';

type Way = 'sent' | 'received';

/** How a word may stand in bytes: UTF-8, UTF-16 either way round, inside base64 and in an address. */
export function traces(word: string): Buffer[] {
	const utf8 = Buffer.from(word, 'utf8');
	const littleEnd = Buffer.from(word, 'utf16le');
	const bigEnd = Buffer.from(littleEnd).swap16();
	const inBase64 = [0, 1, 2].flatMap((before) => {
		const text = Buffer.concat([Buffer.alloc(before), utf8]).toString('base64');
		// Letters that the neighbours have a share in are left out.
		const inner = text.replace(/=+$/, '').slice(before === 0 ? 0 : before + 1, -1);
		return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')].map((one) => Buffer.from(one));
	});
	const inAddress = Buffer.from(encodeURIComponent(word));
	return [utf8, littleEnd, bigEnd, inAddress, ...inBase64];
}

export class Wire {
	readonly #pieces: Record<Way, Buffer[]> = { sent: [], received: [] };
	/** Requests whose body could not be had: what they carried is not known. */
	readonly unseen: string[] = [];

	follow(context: BrowserContext): void {
		for (const page of context.pages()) this.#followPage(page);
		context.on('page', (page) => this.#followPage(page));
		context.on('request', (request) => this.#takeRequest(request));
	}

	bytes(way: Way): number {
		return this.#pieces[way].reduce((sum, { length }) => sum + length, 0);
	}

	/** Of the words, those that stand in what was sent or received, in whatever writing. */
	found(words: readonly string[]): string[] {
		const pieces = [...this.#pieces.sent, ...this.#pieces.received];
		return words.filter((word) =>
			traces(word).some((trace) => pieces.some((piece) => piece.includes(trace)))
		);
	}

	#followPage(page: Page): void {
		page.on('websocket', (socket: WebSocket) => {
			socket.on('framesent', ({ payload }) => this.#take('sent', payload));
			socket.on('framereceived', ({ payload }) => this.#take('received', payload));
		});
	}

	#takeRequest(request: Request): void {
		// Also what stands in the address, and in headers.
		this.#take('sent', `${request.url()}\n${JSON.stringify(request.headers())}`);
		if (['GET', 'HEAD'].includes(request.method())) return;
		const body = request.postDataBuffer();
		if (body) this.#take('sent', body);
		else this.unseen.push(`${request.method()} ${request.url()}`);
	}

	#take(way: Way, payload: string | Buffer): void {
		this.#pieces[way].push(typeof payload === 'string' ? Buffer.from(payload) : payload);
	}
}

/** From now on. The page starts anew, since what a socket carries that is open already is not seen. */
export async function watchWire({
	context,
	page
}: {
	readonly context: BrowserContext;
	readonly page: Page;
}): Promise<Wire> {
	const wire = new Wire();
	wire.follow(context);
	await page.reload();
	return wire;
}
