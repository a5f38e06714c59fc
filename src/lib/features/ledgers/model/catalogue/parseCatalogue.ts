/**
 * Pasted text or cells → catalogue. Headings are the aspects (“一、严的方面”), numbered lines the
 * items. Where each aspect counts from 1 again the items are numbered through, and it is said so.
 */
import { maxItemChars, maxItems, type Catalogue, type CatalogueItem } from './catalogue.ts';

export interface ParsedCatalogue {
	readonly catalogue: Catalogue;
	/** Numbers stood twice, so all were given new ones in order. */
	readonly renumbered: boolean;
}

type Cells = readonly (readonly string[])[];
interface Draft {
	aspect: string;
	no: number | null;
	text: string;
}

const maxAspectChars = 20;
const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const chineseOrdinal =
	/^(?:[一二三四五六七八九十]{1,3}[、.\uff0e]|[(\uff08][一二三四五六七八九十]{1,3}[)\uff09])/;
const itemNumber =
	/^(?:第?(\d{1,4})(?:[.\uff0e、:\uff1a项]|\s)|[(\uff08](\d{1,4})[)\uff09][、.]?|(\d{1,4})$)\s*/;
/** Items run on in one paragraph: 1.…;2.… */
const runOn = /(?<=[;\uff1b。])\s*(?=(?:第?\d{1,4}[.\uff0e、项]|[(\uff08]\d{1,4}[)\uff09]|[①-⑳]))/;

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** “一、在‘严’的方面存在的问题:” → 严 */
function aspectName(heading: string): string {
	const bare = heading
		.replace(chineseOrdinal, '')
		.replace(/[“”"'‘’「」《》]/g, '')
		.replace(/[(\uff08][^()\uff08\uff09]*[)\uff09]/g, '')
		.replace(/[:\uff1a。]+$/, '')
		.replace(/的?方面.*$/, '')
		.replace(/^在/, '');
	return plain(bare);
}

function isHeading(line: string): boolean {
	const length = aspectName(line).length;
	if (length === 0 || length > maxAspectChars) return false;
	return chineseOrdinal.test(line) || /(方面|[:\uff1a])$/.test(line);
}

function splitNumber(line: string): { no: number | null; text: string } {
	const circle = circled.indexOf(line.charAt(0));
	if (line !== '' && circle >= 0) return { no: circle + 1, text: plain(line.slice(1)) };
	const found = itemNumber.exec(line);
	if (!found) return { no: null, text: plain(line) };
	const no = Number(found[1] ?? found[2] ?? found[3]);
	return { no, text: plain(line.slice(found[0].length)) };
}

const withoutStop = (text: string): string => text.replace(/[;\uff1b。]+$/, '');

function draftsFromText(text: string): Draft[] {
	const lines = text
		.split(/\r?\n/)
		.flatMap((line) => line.split(runOn))
		.map(plain)
		.filter((line) => line !== '');
	const numbered = lines.some((line) => !isHeading(line) && splitNumber(line).no !== null);
	const drafts: Draft[] = [];
	let aspect = '';
	for (const line of lines) {
		const { no, text: words } = splitNumber(line);
		if (no === null && isHeading(line)) aspect = aspectName(line);
		else if (no !== null || !numbered) drafts.push({ aspect, no, text: words });
		else if (drafts.length > 0) drafts.at(-1)!.text += words; // a line wrapped in the source
	}
	return drafts;
}

/** Table: the longest cell is the item, a bare number its number, the rest the aspect. */
function draftsFromCells(block: Cells): Draft[] {
	const drafts: Draft[] = [];
	let aspect = '';
	for (const row of block) {
		const cells = row.map(plain).filter((cell) => cell !== '');
		const words = cells.reduce(
			(longest, cell) => (cell.length > longest.length ? cell : longest),
			''
		);
		const numberCell = cells.find((cell) => /^第?\d{1,4}项?$/.test(cell));
		const other = cells.find((cell) => cell !== words && cell !== numberCell);
		const inline = splitNumber(words);
		const no = numberCell ? Number(numberCell.replace(/\D/g, '')) : inline.no;
		if (no === null && drafts.length === 0 && /方面|内容|表现|序号|编号/.test(cells.join('')))
			continue;
		if (words === '' || words === numberCell) continue;
		if (other !== undefined) aspect = aspectName(other);
		else if (no === null && isHeading(words)) {
			aspect = aspectName(words);
			continue;
		}
		drafts.push({ aspect, no, text: inline.text });
	}
	return drafts;
}

/** Null when there is no item in it, or one so long that it is none. A block of one column is read as text. */
export function parseCatalogue(source: string | Cells): ParsedCatalogue | null {
	const asText =
		typeof source === 'string' ||
		source.every((row) => row.filter((cell) => plain(cell) !== '').length <= 1);
	const found = asText
		? draftsFromText(
				typeof source === 'string' ? source : source.map((row) => row.join('')).join('\n')
			)
		: draftsFromCells(source);
	const drafts = found.filter((draft) => draft.text !== '').slice(0, maxItems);
	if (drafts.length === 0 || drafts.some(({ text }) => text.length > maxItemChars)) return null;
	const numbers = drafts
		.map((draft) => draft.no)
		.filter((no): no is number => no !== null && no > 0);
	const keep = numbers.length === drafts.length && new Set(numbers).size === drafts.length;
	const items = drafts.map((draft, index): CatalogueItem => ({
		aspect: draft.aspect.slice(0, 10 * maxAspectChars),
		no: keep ? draft.no! : index + 1,
		text: withoutStop(draft.text)
	}));
	return { catalogue: { items }, renumbered: !keep && numbers.length > 0 };
}
