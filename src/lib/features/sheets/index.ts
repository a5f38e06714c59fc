export type {
	ColumnMapping,
	ImportCheck,
	ImportTarget,
	ImportTrouble
} from './model/columnMapping.ts';
export type { ExportChoice, ExportColumn } from './model/exportChoice.ts';
export { findHeader, type TableBlock } from './model/findHeader.ts';
export { formToFile, type FormFile, type FormFormat } from './model/formFile.ts';
export type { FormColumn, FormPage, FormSheet } from './model/formSheet.ts';
export { formsToXlsx } from './model/formToXlsx.ts';
export { readPasted, readWorkbook } from './model/readWorkbook.ts';
export type { Workbook, WorkbookFault, WorkbookSheet } from './model/workbook.ts';
export { default as ExportDialog } from './ui/ExportDialog.svelte';
export { default as ImportSheetDialog } from './ui/ImportSheetDialog.svelte';
export { default as PrintForm } from './ui/PrintForm.svelte';
export { faultWord } from './ui/sheetWords.ts';
export { saveFile } from './ui/saveFile.ts';
