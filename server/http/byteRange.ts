/** One range of a `Range` header: `bytes=a-b` and `bytes=a-`; any other form asks for everything. */
export interface ByteRange {
	readonly from: number;
	/** The first byte that is not in it. */
	readonly to: number;
}

/** Null: the whole. */
export function parseByteRange(
	header: string | undefined,
	size: number
): ByteRange | 'outside' | null {
	const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
	if (first === undefined) return null;
	const from = Number(first);
	const to = last ? Math.min(size, Number(last) + 1) : size;
	return from < to ? { from, to } : 'outside';
}
