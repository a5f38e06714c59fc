/** @ in a comment: what is looked for while it is typed, and who is meant when it is sent. */
import { bareName, type Person } from '../model/people.ts';

export interface MentionQuery {
	/** Position of the @ in the text. */
	readonly at: number;
	/** What was typed behind it. */
	readonly words: string;
}

/** Names are short; further away the @ is part of something else. */
const maxQueryChars = 12;

/** Null when the caret does not stand behind an @ that somebody may be meant by. */
export function mentionQuery(text: string, caret: number): MentionQuery | null {
	const before = text.slice(0, caret);
	const at = Math.max(before.lastIndexOf('@'), before.lastIndexOf('＠'));
	if (at < 0) return null;
	const words = before.slice(at + 1);
	// An @ behind a letter belongs to a mail address.
	const isAddress = /[A-Za-z0-9._-]$/.test(before.slice(0, at));
	return isAddress || words.length > maxQueryChars || /\s/.test(words) ? null : { at, words };
}

export const mentionChoices = (people: readonly Person[], words: string): Person[] =>
	people.filter(({ name }) => bareName(name).includes(bareName(words)));

export interface Mentioned {
	readonly text: string;
	readonly caret: number;
}

/** The name in place of what was typed of it. */
export function insertMention(text: string, { at, words }: MentionQuery, name: string): Mentioned {
	const before = `${text.slice(0, at)}@${name} `;
	return { text: before + text.slice(at + 1 + words.length), caret: before.length };
}

/** Those picked whose name still stands in the text, each once. */
export const mentionedIds = (
	text: string,
	picked: readonly { readonly id: string; readonly name: string }[]
): string[] => [
	...new Set(picked.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id))
];

export interface CommentPiece {
	readonly text: string;
	readonly isMention: boolean;
}

/** For showing: names of those mentioned stand out. Longer names first, 张敏华 before 张敏. */
export function commentPieces(text: string, names: readonly string[]): CommentPiece[] {
	const wanted = names
		.filter((name) => name !== '')
		.map((name) => `@${name}`)
		.toSorted((a, b) => b.length - a.length);
	const pieces: CommentPiece[] = [];
	let plain = '';
	const flush = (): void => {
		if (plain !== '') pieces.push({ text: plain, isMention: false });
		plain = '';
	};
	for (let at = 0; at < text.length;) {
		const found = wanted.find((name) => text.startsWith(name, at));
		if (found === undefined) plain += text[at++]!;
		else {
			flush();
			pieces.push({ text: found, isMention: true });
			at += found.length;
		}
	}
	flush();
	return pieces;
}
