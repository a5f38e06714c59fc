// npm run -s notice -- FILE                what the importer finds in a notice (.txt, .docx), as JSON
// npm run -s notice -- --deadlines FILE    vectors of deadline expressions, each with its verdict

import { readFileSync } from 'node:fs';
import {
	deadlineContext,
	decodeTextFile,
	docxToText,
	parseDeadlineExpression,
	parseNotice,
	type DeadlineContext,
	type NoticeImport,
	type NoticeWarning
} from '../../src/lib/features/plans/model/notice/index.ts';

type Vector = { expr: string; ctx?: { docDate?: string }; expect: Record<string, unknown> };
type Vectors = { defaults?: Partial<DeadlineContext>; vectors: Vector[] };

const semantic = [
	'kind',
	'start',
	'end',
	'time',
	'rrule',
	'times',
	'min',
	'period',
	'coverage',
	'offset',
	'businessDays',
	'anchor',
	'unresolved'
];

class BadFile extends Error {}

function readBytes(file: string): Uint8Array {
	try {
		return new Uint8Array(readFileSync(file));
	} catch (error) {
		throw new BadFile(`cannot read ${file}: ${(error as Error).message}`);
	}
}

function readNotice(file: string): string {
	const bytes = readBytes(file);
	const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b;
	if (!zipped && !/\.docx?$/i.test(file)) return decodeTextFile(bytes).text;
	const text = docxToText(bytes);
	if (!text.ok) throw new BadFile(`${file}: ${text.error}`);
	return text.value;
}

function warningMessage(warning: NoticeWarning): string {
	if (warning.code === 'attachment-missing') {
		const label = warning.label ? `(${warning.label})` : '';
		return `正文引用“附件${warning.no}”${label},附件清单只有${warning.listed}项`;
	}
	if (warning.code === 'attachment-mismatch') {
		return `正文“附件${warning.nos.join('、')}”所指文件与附件清单标题不一致`;
	}
	return warning.inheritedDue
		? `未写明时限,默认为本期末${warning.inheritedDue},请确认`
		: '未写明时限,请确认';
}

async function printNotice(file: string): Promise<void> {
	const raw = readNotice(file);
	if (!raw.trim()) throw new BadFile(`${file}: the file holds no text`);
	const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
	const found: NoticeImport = await parseNotice(raw, { today });
	const { sections, tasks, repairs, suspects, fingerprint } = found;
	const warnings = found.document.warnings.map((each) => ({
		...each,
		message: warningMessage(each)
	}));
	const document = { ...found.document, warnings };
	console.log(
		JSON.stringify({ document, sections, tasks, warnings, repairs, suspects, fingerprint }, null, 1)
	);
}

function readVectors(file: string): Vectors {
	try {
		const parsed = JSON.parse(decodeTextFile(readBytes(file)).text) as Vectors;
		if (Array.isArray(parsed.vectors)) return parsed;
	} catch (error) {
		if (error instanceof BadFile) throw error;
	}
	throw new BadFile(`${file}: not a file of deadline vectors`);
}

function printDeadlines(file: string): void {
	const { defaults = {}, vectors } = readVectors(file);
	const { docDate = new Date().toISOString().slice(0, 10), ...settings } = defaults;
	let agreed = 0;
	for (const { expr, ctx, expect } of vectors) {
		const found: Record<string, unknown> = {
			...parseDeadlineExpression(expr, deadlineContext(ctx?.docDate ?? docDate, settings))
		};
		const agrees = semantic.every(
			(key) => JSON.stringify(found[key]) === JSON.stringify(expect[key])
		);
		if (agrees) agreed++;
		console.log(JSON.stringify({ expr, expected: expect, found, agrees }));
	}
	console.log(`${agreed} of ${vectors.length}`);
}

async function main(args: readonly string[]): Promise<void> {
	const [first, second] = args;
	if (first === '--deadlines' && second) printDeadlines(second);
	else if (first && !first.startsWith('--')) await printNotice(first);
	else throw new BadFile('usage: notice FILE | notice --deadlines FILE');
}

try {
	await main(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof BadFile)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
