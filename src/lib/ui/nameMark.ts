/**
 * The letters that stand for a person on an avatar: a Chinese name's last character (the family
 * name is shared by too many), a Latin name's initials.
 */
export function nameMark(name: string): string {
	const words = name
		.trim()
		.split(/[\s·]+/u)
		.filter(Boolean);
	const last = [...(words.at(-1) ?? '')];
	if (last.some((char) => /\p{Script=Han}/u.test(char))) return last.at(-1) ?? '?';
	const initials = words.map((word) => [...word][0] ?? '');
	const mark = words.length > 1 ? `${initials[0]}${initials.at(-1)}` : (initials[0] ?? '?');
	return mark.toUpperCase();
}
