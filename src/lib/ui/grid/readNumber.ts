/** A number as people type it: full-width digits, thousands separators. */

/**
 * Canonical digits, or null. Kept as text throughout: a long number loses no digit.
 */
export function readNumber(text: string): string | null {
	const plain = text
		.normalize('NFKC')
		.trim()
		.replace(/^[−–]/, '-')
		.replace(/(?<=\d),(?=\d{3}(?:\D|$))/g, '');
	const found = /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(plain);
	if (!found || !/\d/.test(plain)) return null;
	const [, sign, whole = '', decimals = ''] = found;
	const fraction = decimals.replace(/0+$/, '');
	const number = `${whole || '0'}${fraction && `.${fraction}`}`;
	return sign === '-' && number !== '0' ? `-${number}` : number;
}
