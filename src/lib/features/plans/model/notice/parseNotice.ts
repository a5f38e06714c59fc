// A pasted notice becomes a plan to look over: metadata, sections, tasks, warnings.
// Nothing here decides for people; what is doubtful comes back as a warning or a question.

import type { Ymd } from './calendarDate.ts';
import { attachmentWarnings, findReferences } from './content/citations.ts';
import { findPeriod, spansMonths } from './content/period.ts';
import { findResponsible, findRoles } from './content/roles.ts';
import { findSupervision } from './content/supervision.ts';
import { foldWidth } from './deadline/compactText.ts';
import { deadlineContext, type DeadlineContext } from './deadline/deadlineContext.ts';
import { parseDeadlines } from './deadline/parseDeadlines.ts';
import { noticeFingerprint } from './fingerprint.ts';
import { readTask, type TaskContext } from './readTask.ts';
import { repairText } from './repair/repairText.ts';
import type { Simplify } from './repair/simplified.ts';
import { readLayout, type NoticeLayout } from './structure/layout.ts';
import { dateOf, readPage, type NoticeLine, type PageFacts } from './structure/noticeLines.ts';
import { buildOutline, titleOf, type OutlineNode } from './structure/outline.ts';
import type {
	Deadline,
	NoticeDocument,
	NoticeImport,
	NoticeKind,
	NoticeSection,
	NoticeTask,
	NoticeWarning
} from './types.ts';

export type ParseNoticeOptions = {
	/** Stands in for the notice's date where the notice has none. */
	today: Ymd;
	settings?: Partial<Omit<DeadlineContext, 'docDate'>>;
	simplify?: Simplify;
};

export async function parseNotice(raw: string, options: ParseNoticeOptions): Promise<NoticeImport> {
	const repaired = await repairText(raw, options.simplify);
	const { lines, facts } = readPage(repaired.text);
	const layout = readLayout(lines);
	const docDate =
		layout.issuedOn ?? dateOf(facts.publishedAt) ?? undatedFrom(layout, options.today);
	const ctx = deadlineContext(docDate, options.settings);
	const document = readDocument(layout, facts, ctx);
	const { sections, tasks } = readBody(layout, document, ctx);
	document.warnings = warningsFor(layout, document, tasks);
	return {
		document,
		sections,
		tasks,
		repairs: repaired.repairs,
		suspects: repaired.suspects,
		cleanText: repaired.text,
		fingerprint: noticeFingerprint(document, tasks)
	};
}

/** 2025年3月党建工作提示 without a date: its own window counts, not the day it is pasted. */
function undatedFrom({ title, listTitle, periodText }: NoticeLayout, today: Ymd): Ymd {
	const period = findPeriod([periodText, listTitle, title], [], deadlineContext(today));
	return period && (today < period.start || today > period.end) ? period.start : today;
}

const textOf = (lines: readonly NoticeLine[]): string => lines.map((line) => line.text).join('\n');

function readDocument(
	layout: NoticeLayout,
	facts: PageFacts,
	ctx: DeadlineContext
): NoticeDocument {
	const preamble = textOf(layout.preamble);
	const deadlines = parseDeadlines(preamble, ctx)
		.filter(isDocumentDate)
		.map(({ weak: _weak, ...deadline }) => deadline);
	return {
		title: layout.title,
		listTitle: layout.listTitle,
		kind: kindOf(layout),
		issuer: layout.issuer,
		addressee: layout.addressee,
		sourceDept: facts.sourceDept,
		issuedOn: layout.issuedOn,
		publishedAt: facts.publishedAt,
		docNo: layout.docNo,
		year: Number(
			/(?:19|20)\d{2}(?=年)/.exec(layout.issuedOn ? '' : (layout.title ?? ''))?.[0] ??
				ctx.docDate.slice(0, 4)
		),
		period: findPeriod([layout.periodText, layout.listTitle, layout.title], deadlines, ctx),
		preamble,
		deadlines,
		supervision: findSupervision(`${preamble}\n${textOf(layout.body)}`).filter((rule) =>
			preamble.includes(rule.text)
		),
		references: findReferences(`${preamble}\n${textOf(layout.body)}`),
		attachments: layout.attachments,
		warnings: []
	};
}

/** A named span (3—4月份党建工作重点任务) may state the period; a bare year does not. */
const isDocumentDate = (each: Deadline): boolean =>
	(each.kind === 'by' || each.kind === 'window') &&
	(!each.weak || spansMonths(each.expr)) &&
	!each.event &&
	!each.unresolved;

function kindOf({ title, listTitle }: NoticeLayout): NoticeKind {
	const names = `${title ?? ''} ${listTitle ?? ''}`;
	if (/交办单|任务清单|任务单|任务书|任务分解/.test(names)) return 'task-assignment';
	return /要点|计划|方案|安排|行事历/.test(names) ? 'plan' : 'notice';
}

/** Headings that explain and ask nothing. */
const explains =
	/^(?:指导思想|总体要求|总体思路|总体目标|工作目标|目标要求|目标任务|活动主题|活动目的|保障措施|组织保障|工作要求|有关要求|相关要求|基本原则|工作原则|工作思路|重要意义|活动意义)/;

function readBody(layout: NoticeLayout, document: NoticeDocument, ctx: DeadlineContext) {
	const sections: NoticeSection[] = [];
	const tasks: NoticeTask[] = [];
	const common = {
		deadlines: ctx,
		issuedOn: document.issuedOn ?? dateOf(document.publishedAt),
		period: document.period
	};
	const walk = (node: OutlineNode, responsible: string | null): void => {
		const { path, text, lines } = node;
		const own = { path, text, lines: { ...lines } };
		if (node.children.length === 0) {
			const task = readTask(own, { ...common, responsible });
			if (!explains.test(task.title) || task.deadlines.length > 0) tasks.push(task);
			else sections.push(toSection(node));
			return;
		}
		sections.push(toSection(node));
		const actor = findResponsible(text, findRoles(text)) ?? responsible;
		for (const child of node.children) walk(child, actor);
	};
	const outline = buildOutline(layout.body);
	const { addressee } = layout;
	for (const node of outline) walk(node, addressee);
	if (tasks.length > 0) return { sections, tasks };
	return {
		sections,
		tasks: proseTasks([...layout.preamble, ...layout.body], { ...common, responsible: addressee })
	};
}

function toSection({ path, text, lines }: OutlineNode): NoticeSection {
	const title = titleOf(text);
	const says = text.length > title.length + 1;
	return { path, title, ...(says && { text }), lines: { ...lines } };
}

const duty =
	/(?:要|应当?|须|务必|必须|请)(?![求素点闻件])|(?:上报|报送|完成|开展|召开|组织|制定|建立|落实)/;

/** A notice in prose: each paragraph that asks for something is a task, numbered by its place. */
function proseTasks(paragraphs: readonly NoticeLine[], ctx: TaskContext): NoticeTask[] {
	const asking = paragraphs.filter(({ text }) => {
		const dated = parseDeadlines(text, ctx.deadlines).some(isDocumentDate);
		return (
			text.length > 6 && (dated || (duty.test(foldWidth(text)) && /[。;]/.test(foldWidth(text))))
		);
	});
	return asking.map(({ text, index }, i) =>
		readTask({ path: [String(i + 1)], text, lines: { from: index, to: index } }, ctx)
	);
}

function warningsFor(
	layout: NoticeLayout,
	document: NoticeDocument,
	tasks: readonly NoticeTask[]
): NoticeWarning[] {
	const text = `${document.preamble}\n${textOf(layout.body)}`;
	const undated = tasks.filter((task) => task.deadlines.length === 0).map((task) => task.path);
	const warnings = attachmentWarnings(text, document.references, document.attachments);
	const due = document.period?.end;
	return undated.length > 0
		? [...warnings, { code: 'no-deadline', paths: undated, ...(due && { inheritedDue: due }) }]
		: warnings;
}
