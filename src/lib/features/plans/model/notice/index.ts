// The notice importer: text in, plan to look over out. Pure; opencc-js is loaded when needed.

export {
	decodeTextFile,
	type DecodedText,
	type TextEncoding
} from '../../../../base/decodeTextFile.ts';
export {
	deadlineContext,
	type DeadlineContext,
	type SchoolTerms
} from './deadline/deadlineContext.ts';
export { parseDeadlineExpression, parseDeadlines } from './deadline/parseDeadlines.ts';
export { diffNotice, type KnownTask, type NoticeDiff, type TaskField } from './diffNotice.ts';
export { docxToText, type DocxError } from './docx.ts';
export { noticeFingerprint } from './fingerprint.ts';
export { parseNotice, type ParseNoticeOptions } from './parseNotice.ts';
export { repairText, type RepairedText } from './repair/repairText.ts';
export type * from './types.ts';
