/** One typed or pasted cell → an edit, and what of it could not be understood. */
import { parseTypedDate, type Ymd } from '$lib/base/typedDate.ts';
import { itemByNo, type Catalogue } from './catalogue.ts';
import { personByName, type People } from './people.ts';
import type { ProblemField, ProblemLevel, ProblemSource, RectKind } from './problem.ts';
import type { ProblemEdit } from './problemRow.ts';

export interface CellContext {
	readonly today: Ymd;
	readonly people: People;
	readonly catalogue: Catalogue | null;
}

export interface CellReading {
	readonly edit: ProblemEdit;
	/** Words that found no place in the field; empty when all was understood. */
	readonly left: string;
}

const maxAspectChars = 200;
const maxItemNo = 9999;

const rectKindWords: Readonly<Record<RectKind, RegExp>> = {
	immediate: /^(立行立改|立即整改|立改|马上整改|immediate|at once)$/i,
	timed: /^(限期整改|限期|限时整改|timed|by a date)$/i,
	longTerm: /^(长期坚持|长期|持续整改|持续推进|long.?term)$/i
};

const levelWords: Readonly<Record<ProblemLevel, RegExp>> = {
	branch: /^(党?支部|支部层面|branch)$/i,
	team: /^(班子|领导班子|班子层面|(leading )?team)$/i,
	person: /^(个人|个人层面|党员个人|person)$/i,
	school: /^(学校|学校层面|school)$/i
};

const sourceWords: Readonly<Record<ProblemSource, RegExp>> = {
	selfCheck: /^(自查|自我查摆|自查自纠|支部自查|self.?check)$/i,
	talk: /^(谈心谈话|谈心|谈话|talks?)$/i,
	opinions: /^(意见征集|征集意见|征求意见|意见建议|opinions?)$/i,
	orgLifeMeeting: /^(组织生活会|(organi[sz]ational.)?life meeting)$/i,
	memberAppraisal: /^(民主评议|民主评议党员|(member )?appraisal)$/i,
	circular: /^(督查通报|督查|通报|督查反馈|circular|inspection)$/i,
	upperFeedback: /^(上级反馈|上级|上级指出|上级点明|(feedback )?from above)$/i,
	visit: /^(来电来访|来访|来电|信访|calls?( and visits?)?)$/i,
	other: /^(其他|其它|other)$/i
};

const find = <T extends string>(words: Readonly<Record<T, RegExp>>, text: string): T | null =>
	(Object.keys(words) as T[]).find((key) => words[key].test(text)) ?? null;

const unread = (text: string): CellReading => ({ edit: {}, left: text });
const all = (edit: ProblemEdit): CellReading => ({ edit, left: '' });

const strongSeparator = /[、,\uff0c;\uff1b/+\n]/;

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
export function withAspect(edit: ProblemEdit, catalogue: Catalogue | null): ProblemEdit {
	if (edit.itemNo === undefined || edit.itemNo === null || edit.aspect !== undefined) return edit;
	const aspect = itemByNo(catalogue, edit.itemNo)?.aspect;
	return aspect ? { ...edit, aspect } : edit;
}

function readSources(text: string): CellReading {
	// The English names have spaces in them; Chinese tables use spaces between names.
	const parts = text
		.split(strongSeparator)
		.map((part) => part.trim())
		.flatMap((part) => (find(sourceWords, part) === null ? splitList(part) : [part]));
	const known = parts.map((part) => find(sourceWords, part));
	const sources = known.filter((source) => source !== null);
	const left = parts.filter((_, index) => known[index] === null).join('、');
	return { edit: sources.length > 0 ? { sources: [...new Set(sources)] } : {}, left };
}

/** The field holds one person: of several names the first known one; the cell is kept whole. */
function readPerson(
	field: 'leaderId' | 'responsibleId',
	text: string,
	people: People
): CellReading {
	const whole = personByName(people, text);
	if (whole !== null) return all({ [field]: whole.id });
	const known = splitList(text).map((name) => personByName(people, name));
	const first = known.find((person) => person !== null);
	return { edit: first ? { [field]: first.id } : {}, left: text };
}

/** Tables often say “立行立改” or “长期坚持” where the date should stand. */
function readDue(text: string, today: Ymd): CellReading {
	const due = parseTypedDate(text, today);
	if (due !== null) return all({ due });
	const rectKind = find(rectKindWords, text);
	return rectKind === null ? unread(text) : all({ rectKind });
}

function readWord<F extends string>(field: F, word: string | null, text: string): CellReading {
	return word === null ? unread(text) : all({ [field]: word });
}

function readUrgent(text: string): CellReading {
	if (/^(是|√|✓|对|急难愁盼|yes|y|true|1)$/i.test(text)) return all({ urgent: true });
	return /^(否|×|不是|no|n|false|0)$/i.test(text) ? all({ urgent: false }) : unread(text);
}

export function readCell(field: ProblemField, cell: string, context: CellContext): CellReading {
	const text = cell.trim();
	if (text === '') return all({ [field]: null });
	switch (field) {
		case 'aspect':
			return text.length > maxAspectChars ? unread(text) : all({ aspect: text });
		case 'itemNo':
			return readItemNo(text, context.catalogue);
		case 'sources':
			return readSources(text);
		case 'leaderId':
		case 'responsibleId':
			return readPerson(field, text, context.people);
		case 'rectKind':
			return readWord(field, find(rectKindWords, text), text);
		case 'level':
			return readWord(field, find(levelWords, text), text);
		case 'due':
			return readDue(text, context.today);
		case 'urgent':
			return readUrgent(text);
		default:
			return all({ [field]: text.replace(/\r\n?/g, '\n') });
	}
}
