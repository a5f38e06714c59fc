export type {
	ColumnMapping,
	ImportCheck,
	ImportTarget,
	ImportTrouble
} from './model/columnMapping.ts';
export type { ExportChoice, ExportColumn } from './model/exportChoice.ts';
export { findHeader, type TableBlock } from './model/findHeader.ts';
export { formsToXlsx, formToFile, type FormFile, type FormFormat } from './model/formFile.ts';
export { recordToFile } from './model/formFile.ts';
export type { RecordRow, RecordSheet, SheetSignature } from './model/recordSheet.ts';
export type { FormColumn, FormPage, FormSheet } from './model/formSheet.ts';
export { readPasted, readWorkbook } from './model/readWorkbook.ts';
export type { Workbook, WorkbookFault, WorkbookSheet } from './model/workbook.ts';
export { default as ExportLog } from './ui/ExportLog.svelte';
export { default as FormExport } from './ui/FormExport.svelte';
export { default as ImportSheetDialog } from './ui/ImportSheetDialog.svelte';
export { default as PrintRecord } from './ui/PrintRecord.svelte';
export { faultWord, formatWord } from './ui/sheetWords.ts';
export { saveFile } from './ui/saveFile.ts';
export { drawInk } from './ui/drawInk.ts';
