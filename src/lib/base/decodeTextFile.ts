// Text files from office PCs: UTF-8, UTF-16 (Notepad's "Unicode") or GB18030 ("ANSI").

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
export type DecodedText = { text: string; encoding: TextEncoding };

export function decodeTextFile(bytes: Uint8Array): DecodedText {
	const encoding = marked(bytes) ?? guess(bytes);
	return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function marked(bytes: Uint8Array): TextEncoding | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null;
}

function guess(bytes: Uint8Array): TextEncoding {
	// Line breaks and digits of UTF-16 leave zero bytes on one side; other encodings have none.
	const zeros = [0, 0];
	for (let i = 0; i < Math.min(bytes.length, 4000); i++) {
		if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
	}
	const [even = 0, odd = 0] = zeros;
	if (even + odd > 1) return odd >= even ? 'utf-16le' : 'utf-16be';
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return 'utf-8';
	} catch {
		return 'gb18030';
	}
}
