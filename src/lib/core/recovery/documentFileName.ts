/** Names of the readable files in a backup: safe on every system, Windows' included. */

const MAX_TITLE_CHARACTERS = 60;
/** Forbidden on Windows, invisible, or able to turn the direction of what is shown. */
const UNSAFE = /[<>:"/\\|?*\p{C}\p{Zl}\p{Zp}]/gu;

/** The number in front keeps names apart, and keeps `CON` and `..` from being a name. */
export function documentFileName(number: number, title: string, kind: string): string {
	const safe = (text: string) =>
		[...text.toWellFormed().replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim()]
			.slice(0, MAX_TITLE_CHARACTERS)
			.join('')
			.replace(/[. ]+$/, '');
	const name = safe(title) || safe(kind) || 'document';
	return `documents/${String(number).padStart(4, '0')}-${name}.json`;
}
