// Encoding to GBK, which platforms only decode. The table is built once, on first use.

let table: Map<string, number> | undefined;

function gbkTable(): Map<string, number> {
	const decoder = new TextDecoder('gbk');
	const built = new Map<string, number>();
	for (let lead = 0x81; lead <= 0xfe; lead++) {
		for (let trail = 0x40; trail <= 0xfe; trail++) {
			const char = decoder.decode(Uint8Array.of(lead, trail));
			if (char.length === 1 && char !== '\ufffd') built.set(char, lead * 256 + trail);
		}
	}
	return built;
}

export function encodeGbk(text: string): number[] | null {
	table ??= gbkTable();
	const bytes: number[] = [];
	for (const char of text) {
		const code = char.charCodeAt(0);
		const pair = table.get(char);
		if (code < 0x80) bytes.push(code);
		else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff);
		else return null;
	}
	return bytes;
}

export function decodeGbk(bytes: number[]): string | null {
	try {
		return new TextDecoder('gbk', { fatal: true }).decode(Uint8Array.from(bytes));
	} catch {
		return null;
	}
}
