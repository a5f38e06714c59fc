// From pasted text to a plan: input → reading → (offer to update) → preview → saving. Everything
// the person answers is kept here, so that going back to the text and on again loses nothing.

import { SvelteMap } from 'svelte/reactivity';
import type { RoomId } from '$lib/base/ids.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { importPlan, type TaskAnswer } from '../model/importPlan.ts';
import type { NoticeImport } from '../model/notice/types.ts';
import type { AppliesValue, Ymd } from '../model/plan.ts';
import { plainLines } from '../model/plainLines.ts';
import { applyUpdate, isSameNotice, planUpdate, type PlanUpdate } from '../model/updatePlan.ts';
import { readPlan } from '../model/readPlan.ts';

export type ImportProblem =
	| { code: 'nothing-found' }
	| { code: 'file-type' | 'file-size' | 'file-damaged' | 'file-empty'; name: string }
	| { code: 'failed' };
export type SamePlan = { room: RoomId; title: string; update: PlanUpdate };
export type ImportStep =
	| { at: 'input'; problem: ImportProblem | null }
	| { at: 'reading' }
	| { at: 'offer'; same: SamePlan }
	| { at: 'preview'; problem: ImportProblem | null }
	| { at: 'saving' };
export type ImportSession = Pick<
	WorkspaceSession,
	'documents' | 'openDocument' | 'createDocument' | 'self'
>;

const MAX_FILE_BYTES = 20_000_000;
const origin = { tab: 'plan-import' };
// The parser and its tables are loaded when the first notice is read.
const loadParser = () => import('../model/notice/index.ts');

export class ImportFlow {
	raw = $state('');
	title = $state('');
	periodEnd = $state<Ymd | null>(null);
	readonly answers = new SvelteMap<number, TaskAnswer>();
	readonly sectionTitles = new SvelteMap<number, string>();
	#step = $state.raw<ImportStep>({ at: 'input', problem: null });
	#notice = $state.raw<NoticeImport | null>(null);
	#plain = $state(false);
	#session: ImportSession;
	#today: () => Ymd;
	/** Counts readings, so that a cancelled one cannot come back. */
	#reading = 0;

	constructor(session: ImportSession, today: () => Ymd) {
		this.#session = session;
		this.#today = today;
	}

	get step(): ImportStep {
		return this.#step;
	}
	get notice(): NoticeImport | null {
		return this.#notice;
	}
	/** No notice was recognised, and the person goes on with its lines as tasks. */
	get plain(): boolean {
		return this.#plain;
	}

	// Getters, not $derived: the flow outlives the screen it was made in.
	/** How many tasks go into the plan. */
	get kept(): number {
		return this.#keptTasks.length;
	}
	/** How many of them were said not to apply. */
	get waived(): number {
		return this.#keptTasks.filter((index) => this.appliesOf(index) === '不适用').length;
	}
	/** How many of them still ask whether they apply. */
	get unsettled(): number {
		return this.#keptTasks.filter((index) => this.appliesOf(index) === '待确认').length;
	}
	/** Something was corrected or answered that reading the text again would not give back. */
	get touched(): boolean {
		return this.answers.size + this.sectionTitles.size > 0 || this.periodEnd !== null;
	}

	async readFile(file: File): Promise<void> {
		const { name } = file;
		const problem = (code: 'file-type' | 'file-size' | 'file-damaged' | 'file-empty') =>
			void (this.#step = { at: 'input', problem: { code, name } });
		if (!/\.(txt|docx|md|text)$/i.test(name) && !file.type.startsWith('text/'))
			return problem('file-type');
		if (file.size > MAX_FILE_BYTES) return problem('file-size');
		const reading = this.#begin();
		const text = await fileText(file);
		if (reading !== this.#reading) return;
		if (text === null) return problem('file-damaged');
		if (text.trim() === '') return problem('file-empty');
		this.raw = text;
		await this.read();
	}

	async read(): Promise<void> {
		if (this.raw.trim() === '') return;
		const reading = this.#begin();
		try {
			const { parseNotice } = await loadParser();
			const notice = await parseNotice(this.raw, { today: this.#today() });
			if (reading === this.#reading) await this.#found(notice, reading);
		} catch {
			if (reading === this.#reading) this.#step = { at: 'input', problem: { code: 'failed' } };
		}
	}

	/** Back to the text: also stops a reading that is under way. */
	back(): void {
		this.#reading++;
		this.#step = { at: 'input', problem: null };
	}

	async asPlainLines(): Promise<void> {
		if (!this.#notice) return;
		const reading = this.#begin();
		this.#plain = true;
		this.#take(plainLines(this.#notice));
		await this.#offer(this.#notice, reading);
	}

	/** Though there is a plan of this notice already: make another. */
	asAnother(): void {
		this.#step = { at: 'preview', problem: null };
	}

	answer(index: number, change: TaskAnswer): void {
		this.answers.set(index, { ...this.answers.get(index), ...change });
	}
	appliesOf(index: number): AppliesValue {
		const asked = this.#notice?.tasks[index]?.appliesTo !== undefined;
		return this.answers.get(index)?.applies ?? (asked ? '待确认' : '适用');
	}
	titleOf(index: number): string {
		return this.answers.get(index)?.title ?? this.#notice?.tasks[index]?.title ?? '';
	}
	dueOf(index: number): Ymd | null {
		const task = this.#notice?.tasks[index];
		const answered = this.answers.get(index)?.due;
		if (answered !== undefined) return answered;
		return (task?.dueInherited ? (this.periodEnd ?? task.due) : task?.due) ?? null;
	}

	/** The new plan's room, or null when it could not be made; the answers stay. */
	async accept(): Promise<RoomId | null> {
		const notice = this.#notice;
		if (!notice || this.#step.at !== 'preview') return null;
		const title = this.title.trim();
		this.#step = { at: 'saving' };
		try {
			const room = await this.#session.createDocument('plan', title);
			await this.#edit(room, (doc) =>
				importPlan(
					doc,
					notice,
					this.raw,
					{
						title,
						tasks: this.answers,
						sections: this.sectionTitles,
						...(this.periodEnd && { periodEnd: this.periodEnd })
					},
					{ actor: this.#session.self.member, today: this.#today(), origin }
				)
			);
			return room;
		} catch {
			this.#step = { at: 'preview', problem: { code: 'failed' } };
			return null;
		}
	}

	/** Applies the offered update; the plan's room, or null when that failed. */
	async update(): Promise<RoomId | null> {
		const step = this.#step;
		const notice = this.#notice;
		if (step.at !== 'offer' || !notice) return null;
		this.#step = { at: 'saving' };
		try {
			await this.#edit(step.same.room, (doc) => applyUpdate(doc, notice, this.raw, origin));
			return step.same.room;
		} catch {
			this.#step = step;
			return null;
		}
	}

	get #keptTasks(): number[] {
		const all = (this.#notice?.tasks ?? []).map((_, index) => index);
		return all.filter((index) => !this.answers.get(index)?.dropped);
	}

	#begin(): number {
		this.#step = { at: 'reading' };
		return ++this.#reading;
	}

	async #found(notice: NoticeImport, reading: number): Promise<void> {
		this.#plain = false;
		this.#take(notice);
		if (notice.tasks.length === 0) {
			this.#step = { at: 'input', problem: { code: 'nothing-found' } };
			return;
		}
		await this.#offer(notice, reading);
	}

	async #offer(notice: NoticeImport, reading: number): Promise<void> {
		const same = await this.#samePlan(notice);
		if (reading !== this.#reading) return;
		this.#step = same ? { at: 'offer', same } : { at: 'preview', problem: null };
	}

	/** Answers belong to one reading of one text. */
	#take(notice: NoticeImport): void {
		const again = notice.fingerprint.content === this.#notice?.fingerprint.content;
		const sameTasks = notice.tasks.length === this.#notice?.tasks.length;
		this.#notice = notice;
		if (again && sameTasks) return;
		this.answers.clear();
		this.sectionTitles.clear();
		this.periodEnd = null;
		this.title = notice.document.listTitle ?? notice.document.title ?? '';
	}

	async #samePlan(notice: NoticeImport): Promise<SamePlan | null> {
		const plans = this.#session.documents
			.current()
			.filter((entry) => entry.kind === 'plan' && !entry.trashed);
		for (const entry of plans) {
			const open = await this.#session.openDocument(entry.room);
			try {
				const { source } = readPlan(open.doc);
				if (source && isSameNotice(source, notice) && open.access === 'write')
					return { room: entry.room, title: entry.title, update: planUpdate(open.doc, notice) };
			} finally {
				open.close();
			}
		}
		return null;
	}

	async #edit(room: RoomId, edit: (doc: import('yjs').Doc) => void): Promise<void> {
		const open = await this.#session.openDocument(room);
		try {
			edit(open.doc);
		} finally {
			open.close();
		}
	}
}

/** null when the file cannot be read as what it says it is. */
async function fileText(file: File): Promise<string | null> {
	try {
		const { decodeTextFile, docxToText } = await loadParser();
		const bytes = new Uint8Array(await file.arrayBuffer());
		if (!/\.docx$/i.test(file.name)) return decodeTextFile(bytes).text;
		const text = docxToText(bytes);
		return text.ok ? text.value : null;
	} catch {
		return null;
	}
}
