import { expect, it } from 'vitest';
import { choiceLabel, columnTitle, fieldTitle, statusLabel } from './ledgerWords.ts';

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__'])(
	'%s, written by a colleague where a key should be, is shown as it is',
	(key) => {
		expect(choiceLabel('topics', key)).toBe(key);
		expect(choiceLabel(key, key)).toBe(key);
		expect(fieldTitle('problems', key)).toBe(key);
		expect(columnTitle('rectification', key)).toBe(key);
		expect(statusLabel('opinions', key)).toBe(key);
	}
);
