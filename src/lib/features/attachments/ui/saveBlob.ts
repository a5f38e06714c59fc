/** Hands a file to the browser's downloads. */
const KEPT_MS = 60_000;

export function saveBlob(blob: Blob, name: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	// The browser reads it after the click, some only once the person has said where to.
	setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
