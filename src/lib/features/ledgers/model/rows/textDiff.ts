/** What changed in a text, word by word. Loaded by the history only. */
import { diffArrays } from 'diff';

export interface TextPiece {
	readonly kind: 'same' | 'added' | 'removed';
	readonly text: string;
}

/** More edits than this are a new text rather than a changed one; it also bounds the work. */
const maxEdits = 1_500;
/** What stays the same is shown as far as it helps to find the place. */
const keptChars = 16;

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const wordsOf = (text: string): string[] =>
	[...segmenter.segment(text)].map(({ segment }) => segment);

const head = (text: string): string => [...text].slice(0, keptChars).join('');
const tail = (text: string): string => [...text].slice(-keptChars).join('');

/** A long run that stayed is cut where no change stands beside it. */
function shorten({ kind, text }: TextPiece, at: number, all: readonly TextPiece[]): TextPiece {
	if (kind !== 'same' || text.length <= 2 * keptChars + 2) return { kind, text };
	const before = at === 0 ? '' : head(text);
	const after = at === all.length - 1 ? '' : tail(text);
	return { kind, text: `${before}…${after}` };
}

export function diffText(before: string, after: string): TextPiece[] {
	const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: maxEdits });
	const pieces: TextPiece[] =
		changes === undefined
			? [
					{ kind: 'removed', text: before },
					{ kind: 'added', text: after }
				]
			: changes.map(({ value, added, removed }) => ({
					kind: added ? 'added' : removed ? 'removed' : 'same',
					text: value.join('')
				}));
	return pieces.filter(({ text }) => text !== '').map(shorten);
}
