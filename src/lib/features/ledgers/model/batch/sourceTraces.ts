/**
 * What in a text may lead back to who said it: names of the register, days, quotation, posts and
 * classes that only one person has. A warning for the person who writes, no lock: pupils' names and
 * much else cannot be known.
 */
import { bareName, type People } from '../people.ts';

export type TraceKind = 'name' | 'date' | 'quote' | 'post' | 'class';

export interface Trace {
	readonly kind: TraceKind;
	/** As it stands in the text. */
	readonly text: string;
	/** Index of its first UTF-16 unit. */
	readonly at: number;
}

const patterns: Readonly<Record<Exclude<TraceKind, 'name'>, RegExp>> = {
	date: /(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|(?<!\d)\d{1,2}[./]\d{1,2}(?!\d)|(?:昨天|前天|今天|上周[一二三四五六日天]|周[一二三四五六日天])/g,
	quote: /[“"「『][^”"」』]{4,}[”"」』]|(?:他|她|某老师|有位老师|有的同志)(?:说|讲|提到|认为)/g,
	post: /(?:书记|副书记|组织委员|宣传委员|纪检委员|青年委员|统战委员|党小组长|校长|副校长|教导主任|德育主任|总务主任|办公室主任|年级组长|教研组长|备课组长|班主任)/g,
	class: /(?:[一二三四五六七八九]年级?|[初高][一二三]|\d年级?)[（(]?\d{1,2}[）)]?班|\d{3}班/g
};

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function found(kind: TraceKind, text: string, pattern: RegExp): Trace[] {
	return [...text.matchAll(pattern)].map((match) => ({ kind, text: match[0], at: match.index }));
}

/** Two letters of a name are enough to be one; a single surname is not. */
function namesIn(text: string, people: People): Trace[] {
	const names = new Set(people.all.map(({ name }) => bareName(name)).filter((n) => n.length >= 2));
	return [...names].flatMap((name) => {
		const traces: Trace[] = [];
		for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
			traces.push({ kind: 'name', text: name, at });
		return traces;
	});
}

/** 张老师, 李主任: a surname of the register with a title. */
function surnamesIn(text: string, people: People): Trace[] {
	const surnames = [...new Set(people.all.map(({ name }) => bareName(name).charAt(0)))].filter(
		Boolean
	);
	if (surnames.length === 0) return [];
	const titled = new RegExp(
		`(?:${surnames.map(escapeForPattern).join('|')})(?:老师|主任|校长|书记|组长|同志|姐|哥|工)`,
		'gu'
	);
	return found('name', text, titled);
}

/** In the order in which they stand; the same words at one place only once. */
export function tracesIn(text: string, people: People): Trace[] {
	const all = [
		...namesIn(text, people),
		...surnamesIn(text, people),
		...(Object.keys(patterns) as Exclude<TraceKind, 'name'>[]).flatMap((kind) =>
			found(kind, text, patterns[kind])
		)
	];
	const kept = all.filter(
		(one, index) =>
			!all.some(
				(other, earlier) =>
					earlier < index &&
					other.at <= one.at &&
					other.at + other.text.length >= one.at + one.text.length
			)
	);
	return kept.sort((a, b) => a.at - b.at);
}
