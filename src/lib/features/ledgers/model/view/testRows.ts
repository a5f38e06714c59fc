/** Rows of every kind for the view's tests, in a list that tells of its changes as a ledger does. */
import type { RowChange, RowSource } from './rowsView.ts';
import type { FieldKind, ViewChoice, ViewField, ViewValue } from './viewField.ts';

export interface TestRow {
	readonly id: string;
	readonly values: Readonly<Record<string, ViewValue>>;
}

export const names: Readonly<Record<string, string>> = {
	m01: '周敬宁',
	m03: '梁晓芸',
	m18: '张敏',
	m30: '王芳',
	m31: '王芳'
};

export const levels: readonly ViewChoice[] = [
	{ value: 'branch', label: '支部' },
	{ value: 'team', label: '班子' },
	{ value: 'person', label: '个人' }
];
export const topics: readonly ViewChoice[] = [
	{ value: 'meals', label: '食堂' },
	{ value: 'safety', label: '安全' },
	{ value: 'study', label: '学习' }
];

const labelIn = (choices: readonly ViewChoice[] | undefined, value: string): string =>
	choices?.find((choice) => choice.value === value)?.label ?? value;

function textOf(kind: FieldKind, value: ViewValue, choices?: readonly ViewChoice[]): string {
	if (value === null || typeof value === 'symbol') return value === null ? '' : '无法识别';
	if (typeof value === 'boolean') return value ? '是' : '';
	const read = (one: string): string =>
		kind === 'person' ? (names[one] ?? one) : labelIn(choices, one);
	return typeof value === 'object' ? value.map(read).join('、') : read(String(value));
}

export function testField(
	id: string,
	kind: FieldKind,
	choices?: readonly ViewChoice[]
): ViewField<TestRow> {
	const value = (row: TestRow): ViewValue => row.values[id] ?? null;
	return {
		id,
		kind,
		value,
		text: (row) => textOf(kind, value(row), choices),
		...(choices ? { choices } : {})
	};
}

export const createFields = (): readonly ViewField<TestRow>[] => [
	testField('words', 'longText'),
	testField('aspect', 'choice'),
	testField('level', 'choice', levels),
	testField('topics', 'multi', topics),
	testField('leader', 'person'),
	testField('item', 'item'),
	testField('due', 'date'),
	testField('urgent', 'check'),
	testField('evidence', 'files'),
	testField('code', 'computed')
];

export const fieldById = (
	fields: readonly ViewField<TestRow>[],
	id: string
): ViewField<TestRow> => {
	const field = fields.find((one) => one.id === id);
	if (field === undefined) throw new Error(`no field ${id}`);
	return field;
};

export class TestList implements RowSource<TestRow> {
	listed: readonly TestRow[];
	#listeners: ((change: RowChange) => void)[] = [];

	constructor(rows: readonly TestRow['values'][]) {
		this.listed = rows.map((values, index) => ({ id: `r${index}`, values }));
	}

	get(id: string): TestRow | undefined {
		return this.listed.find((row) => row.id === id);
	}

	positionOf(id: string): number | undefined {
		const at = this.listed.findIndex((row) => row.id === id);
		return at === -1 ? undefined : at;
	}

	subscribe(listener: (change: RowChange) => void): void {
		this.#listeners.push(listener);
	}

	edit(...edits: readonly (readonly [id: string, values: TestRow['values']])[]): void {
		const byId = new Map(edits);
		this.listed = this.listed.map((row) => {
			const values = byId.get(row.id);
			return values === undefined ? row : { ...row, values: { ...row.values, ...values } };
		});
		this.#tell([...byId.keys()], false);
	}

	add(id: string, values: TestRow['values'], at = this.listed.length): void {
		this.listed = this.listed.toSpliced(at, 0, { id, values });
		this.#tell([id], true);
	}

	remove(id: string): void {
		this.listed = this.listed.filter((row) => row.id !== id);
		this.#tell([id], true);
	}

	move(id: string, to: number): void {
		const row = this.get(id);
		if (row === undefined) return;
		this.listed = this.listed.filter((one) => one !== row).toSpliced(to, 0, row);
		this.#tell([id], true);
	}

	#tell(changed: readonly string[], reordered: boolean): void {
		for (const listener of this.#listeners) listener({ changed: new Set(changed), reordered });
	}
}
