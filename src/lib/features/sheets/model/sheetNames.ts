/** Names Excel takes for sheets: 31 characters at most, some forbidden, none twice. */
const MOST = 31;

export function sheetNames(titles: readonly string[]): string[] {
	const taken = new Set<string>();
	return titles.map((title) => {
		const plain = plainName(title);
		let name = plain;
		for (let count = 2; taken.has(name.toLowerCase()); count++)
			name = `${shortened(plain, MOST - `（${count}）`.length)}（${count}）`;
		taken.add(name.toLowerCase());
		return name;
	});
}

function plainName(title: string): string {
	const allowed = title
		.toWellFormed()
		.replace(/[\u0000-\u001f[\]:*?/\\]/g, ' ')
		.replace(/^['\s]+|['\s]+$/g, '');
	const name = shortened(allowed, MOST);
	// Excel keeps this one for itself.
	return name === '' || name.toLowerCase() === 'history' ? '表' : name;
}

/** No half of a character outside the basic plane at the end. */
const shortened = (text: string, length: number): string =>
	text
		.slice(0, length)
		.replace(/[\ud800-\udbff]$/, '')
		.replace(/['\s]+$/, '');
