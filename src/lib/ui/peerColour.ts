/** A steady colour for a person, an index into the tokens' peer colours. */
export function colourOf(id: string): number {
	let sum = 0;
	for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 997;
	return sum % 8;
}
