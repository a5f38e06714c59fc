/** Where an address written in a cell leads; null unless opening it is harmless. */
const harmless = new Set(['http:', 'https:', 'mailto:']);

export function safeHref(text: string): string | null {
	const written = text.trim();
	if (written === '' || /\s/.test(written)) return null;
	const address = /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(written)
		? `mailto:${written}`
		: /^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:]|$)/i.test(written)
			? `https://${written}`
			: written;
	try {
		const url = new URL(address);
		return harmless.has(url.protocol) ? url.href : null;
	} catch {
		return null;
	}
}
