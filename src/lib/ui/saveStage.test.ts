import { expect, it } from 'vitest';
import { saveStage, type SaveProgress } from './saveStage.ts';

const done: SaveProgress = { stored: true, delivered: true, held: { by: 3, of: 3 }, fault: null };

it.each<[Partial<SaveProgress>, string]>([
	[{}, 'held'],
	[{ held: { by: 2, of: 3 } }, 'held'],
	[{ held: { by: 1, of: 3 } }, 'delivered'],
	[{ held: { by: 1, of: 1 } }, 'delivered'],
	[{ delivered: false }, 'stored'],
	[{ stored: false }, 'saving'],
	[{ stored: false, delivered: false }, 'saving'],
	[{ fault: 'disk-full' }, 'fault']
])('%o is %s', (part, stage) => {
	expect(saveStage({ ...done, ...part })).toBe(stage);
});
