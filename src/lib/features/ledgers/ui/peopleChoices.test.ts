import { describe, expect, it } from 'vitest';
import { people } from '../model/testLedger.ts';
import { peopleChoices, peopleFilterChoices } from './peopleChoices.ts';

const here = ['周敬宁', '梁晓芸', '张敏', '王芳（第一党小组）', '王芳（第二党小组）'];
const labels = (choices: readonly { label: string }[]) => choices.map(({ label }) => label);

describe('whom a problem can be given to', () => {
	it('is who is there now, same names told apart', () => {
		expect(labels(peopleChoices(people, null))).toEqual(here);
		expect(labels(peopleChoices(people, 'm01'))).toEqual(here);
	});

	it('still shows who has left where he stands', () => {
		expect(labels(peopleChoices(people, 'm40'))).toEqual([...here, '许国平（已离开）']);
		expect(peopleChoices(people, 'm40').at(-1)?.value).toBe('m40');
	});

	it('lets old rows be found by those who left', () => {
		expect(labels(peopleFilterChoices(people)).slice(5)).toEqual([
			'许国平（已离开）',
			'张敏（已离开）'
		]);
	});
});
