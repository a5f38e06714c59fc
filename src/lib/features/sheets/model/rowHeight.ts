/**
 * How tall a row of wrapped cells must be. Excel works it out when it opens a file, WPS and
 * LibreOffice do not always: without a height their print cuts the text off.
 */
const LINE_SPACING = 1.35;
const CELL_PADDING_PT = 6;
const CELL_MARGIN_MM = 2;
/** Excel takes no taller row. */
const MOST_PT = 409;
const PT_PER_MM = 72 / 25.4;

export function rowHeightPt(
	cells: readonly string[],
	widthsMm: readonly number[],
	sizePt: number
): number {
	const lines = cells.map((cell, at) => {
		const room = Math.max(sizePt, ((widthsMm[at] ?? 0) - CELL_MARGIN_MM) * PT_PER_MM);
		return cell.split('\n').reduce((sum, line) => sum + linesOf(line, room / sizePt), 0);
	});
	const tall = Math.max(1, ...lines) * sizePt * LINE_SPACING + CELL_PADDING_PT;
	return Math.min(MOST_PT, Math.ceil(tall));
}

/** Lines of `room` ems: words and numbers stay whole where they can, other characters break anywhere. */
function linesOf(text: string, room: number): number {
	let lines = 1;
	let used = 0;
	for (const [piece] of text.matchAll(/[!-~]+|[^!-~]/gu)) {
		const width = /[ -~]/.test(piece) ? piece.length * 0.56 : 1;
		if (used + width > room && used > 0) {
			lines++;
			used = 0;
		}
		lines += Math.floor(width / (room + 0.01));
		used += width % (room + 0.01);
	}
	return lines;
}
