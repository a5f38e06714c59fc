import type { FormFile } from '../model/formFile.ts';

/** Some browsers start reading the file only after the press is over. */
const KEPT_MS = 60_000;

/** Hands a file to the browser's downloads. */
export function saveFile({ name, type, bytes }: FormFile): void {
	const href = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
	const link = document.createElement('a');
	link.href = href;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}
