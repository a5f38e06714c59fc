/** What a failed write was: browsers and Dexie say "quota" in a name, a message or an inner error. */
export function storeFault(error: unknown): 'disk-full' | 'store-failed' {
	const text =
		error instanceof Error
			? `${error.name} ${error.message} ${String((error as { inner?: unknown }).inner)}`
			: String(error);
	return text.includes('Quota') ? 'disk-full' : 'store-failed';
}
