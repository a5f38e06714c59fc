import { describe, expect, it } from 'vitest';
import { deviceLabel } from './deviceLabel.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const MAC_SAFARI =
	'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';

describe('deviceLabel', () => {
	it.each([
		[
			`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`,
			'Windows · Edge'
		],
		[
			`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/86.0.4240.198 Safari/537.36 QIHU 360SE`,
			'Windows · 360 浏览器'
		],
		[
			`Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/126.0.0.0 Mobile Safari/537.36`,
			'安卓 · Chrome'
		],
		[
			`Mozilla/5.0 (Linux; Android 10; HarmonyOS; ELS-AN00) ${WEBKIT} Chrome/99.0 HuaweiBrowser/13.0 Mobile Safari/537.36`,
			'鸿蒙 · 华为浏览器'
		],
		[
			`Mozilla/5.0 (Phone; OpenHarmony 5.0) ${WEBKIT} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1 Mobile`,
			'鸿蒙 · 系统浏览器'
		],
		[
			'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
			'iPhone · Safari'
		],
		[
			'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1',
			'iPhone · Chrome'
		],
		['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Linux · Firefox'],
		['curl/8.5.0', '其他设备']
	])('reads %s', (userAgent, label) => {
		expect(deviceLabel(userAgent, 0)).toBe(label);
	});

	it('tells an iPad from the Mac it says it is', () => {
		expect(deviceLabel(MAC_SAFARI, 0)).toBe('Mac · Safari');
		expect(deviceLabel(MAC_SAFARI, 5)).toBe('iPad · Safari');
	});

	it('fits into a profile whatever the browser says', () => {
		expect(deviceLabel('Windows '.repeat(500), 0).length).toBeLessThanOrEqual(60);
	});
});
