/**
 * Whether records repeat each other's wording, a formality that the notice warns against (TA-05:
 * 谈心谈话记录要联系个人实际). Compared on this device, section by section; nothing leaves it.
 */
import { sectionIds, type SectionId } from './record/sections.ts';

export interface CheckedRecord<Key> {
	readonly key: Key;
	readonly texts: Readonly<Record<SectionId, string>>;
}

export interface RepeatedPassage<Key> {
	/** The record it stands in as well. */
	readonly key: Key;
	readonly section: SectionId;
	/** As it stands in the record that was checked. */
	readonly text: string;
}

/** Shorter ones are phrases that anybody uses. */
export const leastRepeated = 12;
/** Of a clue, which is one sentence: less than a record has in common with others by chance. */
export const leastQuoted = 8;
/** A clue shorter than that is a word or two, which any rewriting needs. */
const leastSaid = 4;
/** Words that a form asks for, or that everybody writes. */
const isWord = /[\p{L}\p{N}]/u;

interface Plain {
	/** Letters and figures alone: commas and spaces do not make two texts. */
	readonly letters: string;
	/** For each letter its place in the text as written. */
	readonly places: readonly number[];
}

function plainOf(text: string): Plain {
	const letters: string[] = [];
	const places: number[] = [];
	for (let at = 0; at < text.length; at++)
		if (isWord.test(text[at]!)) {
			letters.push(text[at]!.toLowerCase());
			places.push(at);
		}
	return { letters: letters.join(''), places };
}

/** Every run of `least` letters in the texts. */
function gramsOf(texts: Iterable<string>, least: number): Set<string> {
	const grams = new Set<string>();
	for (const text of texts) {
		const { letters } = plainOf(text);
		for (let at = 0; at + least <= letters.length; at++) grams.add(letters.slice(at, at + least));
	}
	return grams;
}

/** The longest passages of `text` that stand in the grams, in order, none inside another. */
function passagesIn(text: string, grams: ReadonlySet<string>, least: number): string[] {
	const { letters, places } = plainOf(text);
	const found: string[] = [];
	let from = -1;
	for (let at = 0; at + least <= letters.length + 1; at++) {
		const isIn = grams.has(letters.slice(at, at + least));
		if (isIn && from < 0) from = at;
		if (!isIn && from >= 0) {
			found.push(text.slice(places[from], places[at + least - 2]! + 1));
			from = -1;
		}
	}
	return found;
}

/** What `record` has in common with each of the others, the longest first. */
export function repeatedPassages<Key>(
	record: CheckedRecord<Key>,
	others: readonly CheckedRecord<Key>[]
): RepeatedPassage<Key>[] {
	const found = others.flatMap(({ key, texts }) => {
		const grams = gramsOf(
			sectionIds.map((id) => texts[id]),
			leastRepeated
		);
		return sectionIds.flatMap((section) =>
			passagesIn(record.texts[section], grams, leastRepeated).map((text) => ({
				key,
				section,
				text
			}))
		);
	});
	return found.toSorted((a, b) => b.text.length - a.text.length);
}

/** Whether `text` says what was heard in the very words it was said in, or all of a short clue. */
export function isQuoted(text: string, heard: string): boolean {
	const least = Math.min(leastQuoted, plainOf(heard).letters.length);
	return least >= leastSaid && passagesIn(text, gramsOf([heard], least), least).length > 0;
}
