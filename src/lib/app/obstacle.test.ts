import { describe, expect, it } from 'vitest';
import { findObstacle } from './obstacle.ts';

const CHROME = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36';

describe('findObstacle', () => {
	it('lets a browser over https through', () => {
		expect(findObstacle(CHROME, true, true)).toBeNull();
	});

	it("makes no keys in WeChat's browser, in an insecure page or without storage", () => {
		expect(findObstacle(`${CHROME} MicroMessenger/8.0.50`, true, true)).toBe('wechat');
		expect(findObstacle(CHROME, false, true)).toBe('insecure');
		expect(findObstacle(CHROME, true, false)).toBe('no-storage');
	});
});
