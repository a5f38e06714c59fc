/** A branch after ten years, written by a device without a browser: ledgers, plans, and talks. */
import { cryptoRandom, newId } from '../../src/lib/base/ids.ts';
import { ledgerKind } from '../../src/lib/features/ledgers/model/ledgerKind.ts';
import type { EventType, LifeEvent } from '../../src/lib/features/ledgers/model/life/lifeEvent.ts';
import { problemFields } from '../../src/lib/features/ledgers/model/rows/fields.ts';
import { LedgerTable } from '../../src/lib/features/ledgers/model/rows/ledgerTable.ts';
import { addOwnTask, setTaskWork } from '../../src/lib/features/plans/model/planDocument.ts';
import { planKind } from '../../src/lib/features/plans/model/planKind.ts';
import type { MemberId, RoomId } from '../../src/lib/base/ids.ts';
import type { Device } from '../support/device.ts';
import { generateProblems } from '../support/generateProblems.ts';

export const kinds = [ledgerKind, planKind];

const LAST_YEAR = 2026;
const closing: readonly EventType[] = ['submit', 'confirm', 'start', 'apply', 'accept'];
/** Of a hundred rows of an old year, these are still open; of this year's, half. */
const OPEN_OF_HUNDRED = 2;

export interface Size {
	readonly years: number;
	readonly rowsPerYear: number;
	readonly plansPerYear: number;
	readonly tasksPerPlan: number;
	/** Rooms that only two people share. */
	readonly talks: number;
}

function* lifeOf(steps: readonly EventType[], by: string, at: string): Generator<LifeEvent> {
	let before: string | null = null;
	for (const [index, type] of steps.entries()) {
		const id = newId();
		yield {
			...{ id, type, by, at, tick: index + 1, from: 'draft', note: '已核对' },
			after: before === null ? [] : [before]
		};
		before = id;
	}
}

function fillLedger(doc: LedgerTable, year: number, rows: number, whose: MemberId): void {
	const problems = generateProblems(rows, year, year);
	const values = problems.map((problem, at) => ({
		values: {
			...{ aspect: problem.aspect, itemNo: problem.itemNo, due: problem.due || null },
			...{ manifestation: problem.manifestation, rootCause: problem.rootCause },
			responsibleId: at % 5 === 0 ? whose : `m${at % 5}`
		}
	}));
	const ids = doc.add(values, { after: null, before: null });
	const isOpen = (at: number) => (year === LAST_YEAR ? at % 2 === 0 : at % 100 < OPEN_OF_HUNDRED);
	ids.forEach((id, at) => {
		const steps = isOpen(at) ? closing.slice(0, 3) : closing;
		for (const event of lifeOf(steps, whose, `${year}-06-01T00:00:00.000Z`)) doc.happen(id, event);
	});
}

async function write({ session }: Device, room: RoomId, fill: (doc: import('yjs').Doc) => void) {
	const open = await session.openDocument(room);
	open.doc.transact(() => fill(open.doc));
	open.close();
}

async function addLedger(device: Device, year: number, rows: number, whose: MemberId) {
	const room = await device.session.createDocument('ledger', `${year}`);
	const author = { by: whose, now: () => Date.UTC(year, 5, 1), random: cryptoRandom };
	await write(device, room, (doc) => {
		const table = new LedgerTable(doc, 'problems', author, () => problemFields);
		fillLedger(table, year, rows, whose);
		table.destroy();
	});
}

async function addPlan(device: Device, year: number, no: number, tasks: number, whose: MemberId) {
	const room = await device.session.createDocument('plan', `${year}年第${no}号通知`);
	const done = { status: '已完成', submittedBy: whose, by: whose, on: `${year}-12-01` } as const;
	await write(device, room, (doc) => {
		for (let at = 0; at < tasks; at++) {
			const task = { title: `第${at + 1}项工作`, sectionPath: [], due: `${year}-1${at % 3}-15` };
			addOwnTask(doc, `t${at}`, task, `${year}-01-01T00:00:00Z`, null);
			setTaskWork(doc, `t${at}`, 'leader', whose, null);
			if (year < LAST_YEAR && at > 0) setTaskWork(doc, `t${at}`, 'state', done, null);
		}
	});
}

/** What is `whose` is a fifth of the rows and all tasks. Says how far it is. */
export async function liveTenYears(
	device: Device,
	whose: MemberId,
	size: Size,
	say: (made: number) => void
): Promise<void> {
	const self = device.session.self.member;
	const circle = { kind: 'people', members: [self, whose] } as const;
	let made = 0;
	for (let ago = size.years - 1; ago >= 0; ago--) {
		const year = LAST_YEAR - ago;
		await addLedger(device, year, size.rowsPerYear, whose);
		for (let no = 1; no <= size.plansPerYear; no++)
			await addPlan(device, year, no, size.tasksPerPlan, whose);
		const talks = Math.round(size.talks / size.years);
		for (let no = 0; no < talks; no++)
			await device.session.createDocument('plan', `${year}年第${no}次谈话`, circle);
		say((made += 1 + size.plansPerYear + talks));
	}
}
