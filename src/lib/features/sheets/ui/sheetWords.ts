import { m } from '$lib/paraglide/messages.js';
import type { ExportChoice } from '../model/exportChoice.ts';
import { maxColumns, maxRows, type WorkbookFault } from '../model/workbook.ts';

/** What happened to the file, and what to do. */
export function faultWord(fault: WorkbookFault, name: string): string {
	switch (fault) {
		case 'empty':
			return m.sheets_fault_empty({ name });
		case 'unknown-format':
			return m.sheets_fault_format({ name });
		case 'damaged':
			return m.sheets_fault_damaged({ name });
		case 'password':
			return m.sheets_fault_password({ name });
		case 'too-large':
			return m.sheets_fault_large({ name, rows: maxRows, columns: maxColumns });
	}
}

const formats: Readonly<Record<ExportChoice['format'], () => string>> = {
	xlsx: m.sheets_export_xlsx,
	docx: m.sheets_export_docx,
	csv: m.sheets_export_csv,
	print: m.sheets_print
};
/** As what it left. */
export const formatWord = (format: ExportChoice['format']): string => formats[format]();
