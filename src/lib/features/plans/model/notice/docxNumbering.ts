// Word's automatic numbers: they are not in the text, so a notice typed with them would lose its
// whole structure. Rendered for the formats that Chinese offices use; others fall back to digits.

import { attribute, walkXml } from './xmlWalk.ts';

type Level = { start: number; format: string; text: string };
type NumberingScheme = Map<number, Level>;
export type DocxNumbering = {
	/** numId → levels */
	schemes: Map<string, NumberingScheme>;
	/** numId → the counter it shares with others of its abstract list */
	counters: Map<string, string>;
};

export function readNumbering(xml: string): DocxNumbering {
	const abstract = new Map<string, NumberingScheme>();
	const numbering: DocxNumbering = { schemes: new Map(), counters: new Map() };
	let scheme: NumberingScheme = new Map();
	let level: Level | null = null;
	let num = '';
	walkXml(xml, {
		open(name, attributes) {
			const value = attribute(attributes, 'val') ?? '';
			if (name === 'abstractNum') {
				scheme = new Map();
				abstract.set(attribute(attributes, 'abstractNumId') ?? '', scheme);
			} else if (name === 'lvl') {
				level = { start: 1, format: 'decimal', text: '' };
				scheme.set(Number(attribute(attributes, 'ilvl')), level);
			} else if (name === 'num') {
				num = attribute(attributes, 'numId') ?? '';
				scheme = new Map();
			} else if (name === 'abstractNumId') {
				// A copy: an override of this list must not reach the others.
				scheme = new Map(abstract.get(value) ?? []);
				numbering.schemes.set(num, scheme);
				numbering.counters.set(num, value);
			} else if (name === 'startOverride') numbering.counters.set(num, `num:${num}`);
			else if (level && name === 'start') level.start = Number(value) || 1;
			else if (level && name === 'numFmt') level.format = value;
			else if (level && name === 'lvlText') level.text = value;
		},
		close(name) {
			if (name === 'lvl') level = null;
		},
		text() {}
	});
	return numbering;
}

const digits = '〇一二三四五六七八九';
const han = (n: number): string => {
	if (n > 99 || n < 1) return String(n);
	const [tens, ones] = [Math.floor(n / 10), n % 10];
	const ten = tens === 0 ? '' : tens === 1 ? '十' : `${digits[tens]}十`;
	return ten + (ones === 0 ? '' : (digits[ones] ?? ''));
};
const letter = (n: number): string => String.fromCharCode(64 + (((n - 1) % 26) + 1));

function formatNumber(n: number, format: string): string {
	if (
		/^(?:chineseCounting|chineseCountingThousand|japaneseCounting|taiwaneseCounting|taiwaneseCountingThousand|chineseLegalSimplified)$/.test(
			format
		)
	)
		return han(n);
	if (format === 'ideographDigital' || format === 'taiwaneseDigital') {
		return [...String(n)].map((digit) => digits[Number(digit)]).join('');
	}
	if (format === 'ideographTraditional') return '甲乙丙丁戊己庚辛壬癸'[(n - 1) % 10] ?? '';
	if (/^decimalEnclosedCircle/.test(format) && n <= 20) return String.fromCharCode(0x2460 + n - 1);
	if (format === 'decimalZero') return String(n).padStart(2, '0');
	if (format === 'upperLetter') return letter(n);
	if (format === 'lowerLetter') return letter(n).toLowerCase();
	return format === 'bullet' || format === 'none' ? '' : String(n);
}

/** Counts through a document; call it once per numbered paragraph, in order. */
export function createNumberer(numbering: DocxNumbering): (numId: string, level: number) => string {
	const counts = new Map<string, number[]>();
	return (numId, level) => {
		const scheme = numbering.schemes.get(numId);
		const own = scheme?.get(level);
		if (!scheme || !own || !Number.isInteger(level) || level < 0 || level > 8) return '';
		const key = numbering.counters.get(numId) ?? numId;
		const count = counts.get(key) ?? [];
		counts.set(key, count);
		count[level] = (count[level] ?? own.start - 1) + 1;
		count.length = level + 1;
		if (own.format === 'bullet') return '';
		return own.text.replace(/%(\d)/g, (_, place: string) => {
			const at = Number(place) - 1;
			const shown = scheme.get(at);
			return formatNumber(count[at] ?? shown?.start ?? 1, shown?.format ?? 'decimal');
		});
	};
}
