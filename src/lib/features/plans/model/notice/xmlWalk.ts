// A forgiving walk over the XML inside a .docx, for Node and browsers alike. It reports local
// names, ignores namespaces, comments and processing instructions, and never resolves entities
// other than the five of XML and character numbers.

export type XmlVisitor = {
	open(name: string, attributes: string, empty: boolean): void;
	close(name: string): void;
	text(text: string): void;
};

const token =
	/<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<[?!][^>]*>|<(\/?)([\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;

export function walkXml(xml: string, visitor: XmlVisitor): void {
	for (const [, cdata, closing, , name, attributes = '', empty, text] of xml.matchAll(token)) {
		if (cdata !== undefined) visitor.text(cdata);
		else if (text !== undefined) visitor.text(decodeEntities(text));
		else if (name !== undefined) {
			if (closing) visitor.close(name);
			else {
				visitor.open(name, attributes, Boolean(empty));
				if (empty) visitor.close(name);
			}
		}
	}
}

export function attribute(attributes: string, name: string): string | null {
	for (const [, key, double, single] of attributes.matchAll(
		/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
	)) {
		if (key?.replace(/^.*:/, '') === name) return decodeEntities(double ?? single ?? '');
	}
	return null;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
	return text.replace(
		/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi,
		(whole: string, decimal?: string, hex?: string, name?: string) => {
			if (name) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
			const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
		}
	);
}
