/**
 * Excel and WPS take a CSV cell for a formula, a date or a rounded number when it looks like one. A
 * tab before it makes them take it as text; reading takes that one tab away again.
 */

/** Formulas; numbers beyond Excel's eleven shown digits; leading zeros; what would become a date. */
const tempting = /^(?:[=+\-@\t\r]|\d{12,}$|0\d+$|\d{1,2}[-/]\d{1,2}$|\d+e\d+$)/i;

export const guardCell = (text: string): string => (tempting.test(text) ? `\t${text}` : text);
export const unguardCell = (text: string): string => (text.startsWith('\t') ? text.slice(1) : text);
