// Numbers as offices write them: 3, ３, 三, 十五, 二〇二三, 两. 半 is left to the rules that allow it.

const digits = '〇一二三四五六七八九';
const value = (char: string): number =>
	char === '零' ? 0 : char === '两' ? 2 : digits.indexOf(char);

/** Source for a small number, one group; never matches the empty string. */
export const num =
	'(\\d{1,4}|[一二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二三四五六七八九两])';
/** Source for a year, one group. */
export const fullYear = '((?:19|20)\\d{2}|二[〇零][〇零一二三四五六七八九]{2})';

export function toNumber(text: string): number {
	if (/^\d+$/.test(text)) return Number(text);
	const ten = text.indexOf('十');
	if (ten === -1) return [...text].reduce((sum, char) => sum * 10 + value(char), 0);
	const tens = ten === 0 ? 1 : value(text[0] ?? '');
	const ones = ten === text.length - 1 ? 0 : value(text[ten + 1] ?? '');
	return tens * 10 + ones;
}
