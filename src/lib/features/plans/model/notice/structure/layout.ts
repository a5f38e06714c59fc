// Where the parts of a notice stand: heading, preamble, signature, list, body, attachments.
// It reads forms only; what the words ask of a branch is none of its business.

import { realYmd, type Ymd } from '../calendarDate.ts';
import { foldWidth } from '../deadline/compactText.ts';
import { fullYear, num, toNumber } from '../deadline/numerals.ts';
import type { NoticeAttachment } from '../types.ts';
import type { NoticeLine } from './noticeLines.ts';
import { readMarker } from './numbering.ts';

export type NoticeLayout = {
	title: string | null;
	listTitle: string | null;
	issuer: string | null;
	addressee: string | null;
	issuedOn: Ymd | null;
	docNo: string | null;
	/** The words in brackets under the list's title, e.g. 2023年3月---4月. */
	periodText: string | null;
	preamble: NoticeLine[];
	body: NoticeLine[];
	attachments: NoticeAttachment[];
};

const organisation =
	/(?:委员会|党委|党组|教育局|教体局|组织部|宣传部|办公室|党支部|党总支|支部|中心校|中心|学校|中学|小学|幼儿园|政府|领导小组|工委|总支)(?:文件)?$/;
const titleEnd =
	/(?:通知|意见|方案|要点|决定|通报|函|计划|安排|办法|细则|公告|提示|清单|交办单|任务单|任务书|部署)(?:\([^()]{1,12}\))?$/;
const docNumber = /^[\u4e00-\u9fa5]{1,10}[〔[(【]\d{4}[〕\])】](?:第)?\d+号$/;
const dateOnly = new RegExp(`^${fullYear}年${num}月${num}日$`);
const closing =
	/^(?:特此通知|此通知|联系人|联系电话|联系方式|抄送|抄报|主送|报送:|\(?此件|\(?联系人|.{2,20}办公室\s*\d{4}年\d+月\d+日印发)/;
const attachmentHead = /^附\s*件\s*(\d{0,2})\s*[::.、]?\s*(.*)$/;

const isOrganisation = (text: string): boolean =>
	text.length <= 40 && organisation.test(text) && !/[,。;:]/.test(foldWidth(text));

export function readLayout(lines: readonly NoticeLine[]): NoticeLayout {
	const layout: NoticeLayout = {
		title: null,
		listTitle: null,
		issuer: null,
		addressee: null,
		issuedOn: null,
		docNo: null,
		periodText: null,
		preamble: [],
		body: [],
		attachments: []
	};
	const titleAt = findTitle(lines, layout);
	let signed = false;
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i];
		if (!line || (i >= titleAt.from && i <= titleAt.to)) continue;
		const taken = readAttachments(lines, i, layout);
		if (taken > 0) i += taken - 1;
		else if (readDate(line, layout)) signed = true;
		else if (i < titleAt.from) readAboveTitle(line, layout);
		else place(line, layout, signed);
	}
	return layout;
}

/** The title may run over two lines; a plain first line serves when nothing looks like one. */
function findTitle(
	lines: readonly NoticeLine[],
	layout: NoticeLayout
): { from: number; to: number } {
	const firstMarked = lines.findIndex((line) => readMarker(line.text));
	const head = lines.slice(0, Math.min(firstMarked === -1 ? 8 : firstMarked, 8));
	const text = (i: number): string => foldWidth(head[i]?.text ?? '').replace(/\s+/g, '');
	for (let i = 0; i < head.length; i++) {
		if (/[。;:]$/.test(text(i)) || text(i).length > 70) continue;
		const about = /关于/.test(text(i));
		if (titleEnd.test(text(i)) && !/[,。]|《[^》]*$/.test(text(i))) return take(layout, head, i, i);
		if (about && titleEnd.test(text(i + 1)) && text(i + 1).length < 50)
			return take(layout, head, i, i + 1);
	}
	const first = text(0);
	const plain =
		first.length > 3 && first.length <= 40 && !/[。;:,]/.test(first) && !dateOnly.test(first);
	return plain && !isOrganisation(first) ? take(layout, head, 0, 0) : { from: -1, to: -1 };
}

function take(layout: NoticeLayout, head: readonly NoticeLine[], from: number, to: number) {
	layout.title = head
		.slice(from, to + 1)
		.map((line) => line.text)
		.join('');
	const issuer = /^([\u4e00-\u9fa5]{4,36}?)关于/.exec(layout.title)?.[1];
	if (issuer && isOrganisation(issuer)) layout.issuer = issuer;
	return { from, to };
}

function readAboveTitle(line: NoticeLine, layout: NoticeLayout): void {
	const text = foldWidth(line.text).replace(/\s+/g, '');
	if (docNumber.test(text)) layout.docNo ??= line.text.replace(/\s+/g, '');
	else if (isOrganisation(text))
		layout.issuer ??= line.text.replace(/\s+/g, '').replace(/文件$/, '');
}

/** A date by itself, with the signature above it. */
function readDate(line: NoticeLine, layout: NoticeLayout): boolean {
	const m = dateOnly.exec(
		foldWidth(line.text)
			.replace(/\s+/g, '')
			.replace(/^\(|\)$/g, '')
	);
	const date = m && realYmd(toNumber(m[1] ?? ''), toNumber(m[2] ?? ''), toNumber(m[3] ?? ''));
	if (!date) return false;
	layout.issuedOn ??= date;
	for (const part of [layout.body, layout.preamble]) {
		while (
			isOrganisation(part.at(-1)?.text.replace(/\s+/g, '') ?? '') &&
			!readMarker(part.at(-1)?.text ?? '')
		) {
			const signature = part.pop()?.text.replace(/\s+/g, '') ?? null;
			layout.issuer ??= signature;
		}
	}
	return true;
}

function place(line: NoticeLine, layout: NoticeLayout, signed: boolean): void {
	const text = foldWidth(line.text);
	const short = text.length <= 50 && !/[。;:,]/.test(text);
	const started = layout.body.length > 0;
	if (closing.test(text) || /^序号/.test(text)) return;
	if (readMarker(line.text)) layout.body.push(line);
	else if (docNumber.test(text) && !started) layout.docNo ??= line.text;
	else if (
		!layout.addressee &&
		!started &&
		layout.preamble.length === 0 &&
		/:$/.test(text) &&
		text.length < 80
	) {
		layout.addressee = line.text.slice(0, -1).trim();
	} else if (!layout.periodText && !started && /^\([^()]*\d{4}[^()]*\)$/.test(text)) {
		layout.periodText = line.text.slice(1, -1);
	} else if (short && signed && !layout.listTitle && !isOrganisation(text))
		layout.listTitle = line.text;
	else if (short && isOrganisation(text) && text === layout.issuer) return;
	else (started ? layout.body : layout.preamble).push(line);
}

/** Consumes 附件: and the numbered lines under it; 附件1 alone only heads the page that follows. */
function readAttachments(lines: readonly NoticeLine[], at: number, layout: NoticeLayout): number {
	const folded = foldWidth(lines[at]?.text ?? '');
	const m = attachmentHead.exec(folded);
	if (!m || folded.length > 80 || /[。]/.test(folded)) return 0;
	const [, no, rest = ''] = m;
	if (!rest && no) return 1;
	if (rest && !/^附\s*件\s*\d{0,2}\s*[::.、]|^附\s*件\s*\d/.test(folded)) return 0;
	if (no && rest) addAttachment(layout, Number(no), rest);
	else if (rest) addListed(layout, rest);
	let taken = 1;
	for (let line = lines[at + taken]; line; line = lines[at + taken]) {
		const text = foldWidth(line.text);
		const next = /^(?:附\s*件\s*)?(\d{1,2})\s*[.、:]\s*(.+)$/.exec(text);
		if (!next || Number(next[1]) !== layout.attachments.length + 1) break;
		addAttachment(layout, Number(next[1]), next[2] ?? '');
		taken++;
	}
	return taken;
}

function addListed(layout: NoticeLayout, rest: string): void {
	const parts = rest.split(/\s*(?=(?<!\d)\d{1,2}\s*[.、](?!\d))/).filter(Boolean);
	for (const part of parts) {
		const m = /^(\d{1,2})\s*[.、]\s*(.+)$/.exec(part);
		addAttachment(layout, m ? Number(m[1]) : layout.attachments.length + 1, m?.[2] ?? part);
	}
}

function addAttachment(layout: NoticeLayout, no: number, title: string): void {
	layout.attachments.push({ no, title: title.replace(/[;。\s]+$/, '').trim() });
}
