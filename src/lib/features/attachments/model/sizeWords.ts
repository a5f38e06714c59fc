/** How large a file is, in the units its owner's file manager shows. */
const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

export function sizeWords(bytes: number): string {
	let [value, unit] = [bytes, 0];
	// 1023.6 KB would be shown as 1024 KB.
	while (Math.round(value) >= 1024 && unit < UNITS.length - 1) {
		value /= 1024;
		unit += 1;
	}
	const shown = unit > 1 && value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
	return `${shown} ${UNITS[unit]}`;
}
