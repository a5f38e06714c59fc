// Pinyin that a web site printed after traditional characters: 來(lái)源, 黨(dang)(dang), W(xué).

const initials = 'zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]';
// Every vowel with its tone marks; the rime is checked loosely: real words in brackets are longer.
const vowels = 'aāáǎàoōóǒòeēéěèêiīíǐìuūúǔùüǖǘǚǜv';
const syllable = `(?:${initials})?[${vowels}]{1,4}(?:ng?|r)?|[mnḿńňǹ]g?`;
const annotation = new RegExp(
	`([\\u3400-\\u9fff\\uf900-\\ufaff]|[A-Za-z])((?:[(（](?:${syllable})[)）])+)`,
	'gi'
);
const toneMark = /[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]/i;

/** Fewer hits than this are somebody's own brackets: 学习(app) has to survive. */
const leastHits = 3;

export type Stripped = { text: string; count: number };

/** A run such as (dang)(dang) counts once. Returns the text unchanged when it is not annotated. */
export function stripPinyin(text: string): Stripped {
	let [all, count] = [text, 0];
	// Brackets inside brackets come to light one layer at a time.
	for (let layer = stripLayer(all); layer.count > 0; layer = stripLayer(all)) {
		all = layer.text;
		count += layer.count;
	}
	return { text: all, count };
}

function stripLayer(text: string): Stripped {
	let count = 0;
	let toned = 0;
	const stripped = text.replace(annotation, (whole: string, char: string, run: string) => {
		// Without a tone mark, brackets after a Latin letter are a formula or an abbreviation.
		if (/[A-Za-z]/.test(char) && !toneMark.test(run)) return whole;
		count++;
		if (toneMark.test(run)) toned++;
		return char;
	});
	// A site either marks tones or does not: a few bare hits alone need to be frequent to count.
	const annotated = count >= leastHits && (toned >= leastHits || count >= 10 || repeats(text));
	return annotated ? { text: stripped, count } : { text, count: 0 };
}

/** 黨(dang)(dang): nobody writes that by hand. */
function repeats(text: string): boolean {
	return /([(（][a-z]{1,6}[)）])\1/i.test(text);
}
