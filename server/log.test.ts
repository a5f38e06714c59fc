import { describe, expect, it } from 'vitest';
import { createLog, errorName } from './log.ts';

describe('the log', () => {
	it('writes one line of JSON an event', () => {
		const lines: string[] = [];
		const log = createLog({ now: () => 0 }, (line) => lines.push(line));
		log('warn', 'socket-closed', { code: 4400 });
		expect(lines).toEqual([
			'{"time":"1970-01-01T00:00:00.000Z","level":"warn","event":"socket-closed","code":4400}\n'
		]);
	});

	it('names errors without what they say', () => {
		const error = Object.assign(new TypeError('row 张三 is bad'), { code: 'ERR_X' });
		expect(errorName(error)).toBe('TypeError:ERR_X');
		expect(errorName('text with a secret')).toBe('string');
	});
});
