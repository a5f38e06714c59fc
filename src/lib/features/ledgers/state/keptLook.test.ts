import { describe, expect, it } from 'vitest';
import type { ViewStorage } from '../model/view/savedView.ts';
import { plainSpec } from '../model/view/viewSpec.ts';
import { keptLook, lookOf } from './keptLook.ts';

function memory(text: string | null = null): ViewStorage {
	return { read: () => text, write: (next) => void (text = next) };
}
const first = lookOf({ ...plainSpec, columns: { ...plainSpec.columns, hidden: ['code'] } });

describe('the look of a ledger', () => {
	it('is read as it was written', () => {
		const kept = keptLook(memory(), 'opinions', memory(), first);
		expect(kept.read()).toBeNull();
		const look = { ...first, rowHeight: 'medium' } as const;
		kept.write(look);
		expect(kept.read()).toEqual(look);
	});

	it('of the problem list takes over the widths of the first version, once', () => {
		const old = memory('{"manifestation":320,"due":"breit","goal":-1}');
		expect(keptLook(memory(), 'opinions', old, first).read()).toBeNull();
		const kept = keptLook(memory(), 'problems', old, first);
		const widths = { manifestation: 320 };
		expect(kept.read()).toEqual({ ...first, columns: { ...first.columns, widths } });
		kept.write(first);
		expect(kept.read()).toEqual(first);
		expect(old.read()).toBeNull();
	});

	it.each(['', '[', '7', 'null', '{"columns":7,"layout":"wall"}'])(
		'of %s is the plain one, or none',
		(text) => {
			const look = keptLook(memory(text), 'problems', memory(text), first).read();
			expect([null, lookOf(plainSpec), first]).toContainEqual(look);
		}
	);
});
