/** One typed or pasted cell → what to write, and what of it could not be understood. */
import { parsePastDate, parseTypedDate, type Ymd } from '$lib/base/typedDate.ts';
import { itemByNo, type Catalogue } from '../catalogue/catalogue.ts';
import { personByName, type People } from '../people.ts';
import { parseDay, type LedgerField } from '../rows/fields.ts';
import type { RowValues } from '../rows/rowEdit.ts';
import { textToMeasures } from '../rows/measures.ts';
import { isAllowed, maxItemNo, maxTextChars, type FieldValue } from '../rows/value.ts';
import { keyOfWord } from './choiceWords.ts';

export interface CellContext {
	readonly today: Ymd;
	readonly people: People;
	readonly catalogue: Catalogue | null;
	readonly fields: readonly LedgerField[];
}

export interface CellReading {
	readonly values: RowValues;
	readonly measures?: readonly string[];
	/** Words that found no place in the field; empty when all was understood. */
	readonly left: string;
}

const unread = (text: string): CellReading => ({ values: {}, left: text });
const all = (values: RowValues): CellReading => ({ values, left: '' });

/** From the surest to those that may also stand within a word. */
const setSeparators = [/[、\n]/, /[,\uff0c;\uff1b]/, /[/+]/, /\s/];

function splitWhereUnknown(
	text: string,
	isWord: (part: string) => boolean,
	[separator, ...weaker]: readonly RegExp[]
): string[] {
	const part = text.trim();
	if (part === '') return [];
	if (separator === undefined || isWord(part)) return [part];
	return part.split(separator).flatMap((each) => splitWhereUnknown(each, isWord, weaker));
}

const splitList = (text: string): string[] =>
	text
		.split(/[、,\uff0c;\uff1b/+\s]+/)
		.map((part) => part.trim())
		.filter((part) => part !== '');

function readItemNo(text: string, catalogue: Catalogue | null): CellReading {
	const byText = catalogue?.items.find((item) => item.text === text);
	const found = /^(?:第|\()?(\d{1,4})(?:项|\)|[.、:\s]|$)/.exec(text.normalize('NFKC'));
	const no = byText?.no ?? (found ? Number(found[1]) : 0);
	if (no < 1 || no > maxItemNo) return unread(text);
	return all(withAspect({ itemNo: no }, catalogue));
}

/** An item of the catalogue says which aspect it belongs to. */
export function withAspect(values: RowValues, catalogue: Catalogue | null): RowValues {
	if (typeof values.itemNo !== 'number' || values.aspect !== undefined) return values;
	const aspect = itemByNo(catalogue, values.itemNo)?.aspect;
	return aspect ? { ...values, aspect } : values;
}

function readSet(field: LedgerField, text: string): CellReading {
	const isWord = (part: string): boolean =>
		keyOfWord(field.id, part) !== null || field.choices?.includes(part) === true;
	// The English names have spaces in them; Chinese tables use spaces between names; a branch's own
	// choices may have anything in them, 语文/数学 for one.
	const parts = splitWhereUnknown(text, isWord, setSeparators);
	const keyOf = (part: string): string | null => {
		const key = keyOfWord(field.id, part) ?? part;
		return isAllowed(field, [key]) ? key : null;
	};
	const known = parts.map(keyOf);
	const ticked = known.filter((key) => key !== null);
	if (!isAllowed(field, [...new Set(ticked)])) return unread(text);
	const left = parts.filter((_, index) => known[index] === null).join('、');
	return { values: ticked.length > 0 ? { [field.id]: [...new Set(ticked)] } : {}, left };
}

/** The field holds one person: of several names the first known one; the cell is kept whole. */
function readPerson(field: string, text: string, people: People): CellReading {
	const whole = personByName(people, text);
	if (whole !== null) return all({ [field]: whole.id });
	const known = splitList(text).map((name) => personByName(people, name));
	const first = known.find((person) => person !== null);
	return { values: first ? { [field]: first.id } : {}, left: text };
}

/** Tables often say “立行立改” or “长期坚持” where the date should stand. */
function readDate(field: LedgerField, text: string, { today, fields }: CellContext): CellReading {
	const date = parseDay(field, text, today);
	if (date !== null) return all({ [field.id]: date });
	const rectKind = field.id === 'due' ? keyOfWord('rectKind', text) : null;
	const hasKind = fields.some(({ id }) => id === 'rectKind');
	return rectKind === null || !hasKind ? unread(text) : all({ rectKind });
}

function readCheck(field: string, text: string): CellReading {
	if (/^(是|有|√|✓|✔|☑|对|急难愁盼|yes|y|true|1)$/i.test(text)) return all({ [field]: true });
	return /^(否|无|×|不是|no|n|false|0)$/i.test(text) ? all({ [field]: false }) : unread(text);
}

function readNumber(field: string, text: string): CellReading {
	const plain = text.normalize('NFKC').replace(/[,\s]/g, '');
	// A number of more digits would not be the same any more: an identity number, an account.
	const isExact = plain.replace(/\D/g, '').length <= 15;
	return isExact && /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?%?$/i.test(plain)
		? all({ [field]: plain.endsWith('%') ? Number(plain.slice(0, -1)) / 100 : Number(plain) })
		: unread(text);
}

function readWord(field: LedgerField, text: string): CellReading {
	const value: FieldValue = field.kind === 'choice' ? (keyOfWord(field.id, text) ?? text) : text;
	return isAllowed(field, value) ? all({ [field.id]: value }) : unread(text);
}

function readFilled(field: LedgerField, text: string, context: CellContext): CellReading {
	switch (field.kind) {
		case 'item':
			return readItemNo(text, context.catalogue);
		case 'multi':
			return readSet(field, text);
		case 'person':
			return readPerson(field.id, text, context.people);
		case 'date':
			return readDate(field, text, context);
		case 'check':
			return readCheck(field.id, text);
		case 'number':
			return readNumber(field.id, text);
		case 'longText':
			return all({ [field.id]: text });
		default:
			return readWord(field, text);
	}
}

/** 反馈时间及方式 in one cell: a date, words, or both. */
function readReply(text: string, { today }: CellContext): CellReading {
	const [, first = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(text) ?? [];
	const found = [
		{ day: text, way: '' },
		{ day: first, way: rest },
		{ day: /^[\d年月日号.\-/]+/.exec(text)?.[0] ?? '', way: text.replace(/^[\d年月日号.\-/]+/, '') }
	].find(({ day }) => day !== '' && parseTypedDate(day, today) !== null);
	const way = (found?.way ?? text).replace(/^[，,、；;]?\s*/, '');
	if (way.length > maxTextChars) return unread(text);
	return all({
		...(found && { replyOn: parsePastDate(found.day, today) }),
		...(way !== '' && { replyWay: way })
	});
}

/**
 * Beside the fields: `measures`, one a line, and `reply`, which two fields share. An unknown column
 * takes nothing.
 */
export function readCell(id: string, cell: string, context: CellContext): CellReading {
	const text = cell.replace(/\r\n?/g, '\n').trim();
	if (id === 'measures') return { values: {}, measures: textToMeasures(text), left: '' };
	if (id === 'reply') return text === '' ? all({}) : readReply(text, context);
	const field = context.fields.find((one) => one.id === id);
	if (field === undefined) return unread(text);
	return text === '' ? all({ [id]: null }) : readFilled(field, text, context);
}
