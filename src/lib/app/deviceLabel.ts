/** What a device is called in the list of devices, by its browser: "Windows · Edge", "iPhone · Safari". */

type Rule = readonly [RegExp, string];

/** The first that fits counts: most systems also name the ones they descend from. */
const systems: readonly Rule[] = [
	[/OpenHarmony|HarmonyOS/i, '鸿蒙'],
	[/iPhone|iPod/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android/i, '安卓'],
	[/Windows/, 'Windows'],
	[/CrOS/, 'ChromeOS'],
	[/Macintosh|Mac OS X/, 'Mac'],
	[/UOS|Kylin/i, '国产系统'],
	[/Linux|X11/, 'Linux']
];

const browsers: readonly Rule[] = [
	[/wxwork/i, '企业微信'],
	[/MicroMessenger/i, '微信'],
	[/DingTalk/i, '钉钉'],
	[/HuaweiBrowser/i, '华为浏览器'],
	[/MiuiBrowser/i, '小米浏览器'],
	[/HeyTapBrowser/i, 'OPPO 浏览器'],
	[/VivoBrowser/i, 'vivo 浏览器'],
	[/SamsungBrowser/i, '三星浏览器'],
	[/Quark/i, '夸克'],
	[/UCBrowser|UCWEB/i, 'UC 浏览器'],
	[/QQBrowser/i, 'QQ 浏览器'],
	[/QIHU|360SE|360EE/i, '360 浏览器'],
	[/MetaSr/i, '搜狗浏览器'],
	[/Edg(?:e|A|iOS)?\//, 'Edge'],
	[/OPR\//, 'Opera'],
	[/Firefox\/|FxiOS\//, 'Firefox'],
	[/ArkWeb/i, '系统浏览器'],
	[/Chrome\/|CriOS\//, 'Chrome'],
	[/Safari\//, 'Safari']
];

const firstOf = (rules: readonly Rule[], userAgent: string) =>
	rules.find(([pattern]) => pattern.test(userAgent))?.[1];

/** `touchPoints`: an iPad says that it is a Mac, but no Mac has a touch screen. */
export function deviceLabel(userAgent: string, touchPoints: number): string {
	const system = firstOf(systems, userAgent);
	const named = system === 'Mac' && touchPoints > 1 ? 'iPad' : system;
	return [named ?? '其他设备', firstOf(browsers, userAgent)].filter(Boolean).join(' · ');
}

export const deviceLabelHere = (): string =>
	deviceLabel(navigator.userAgent, navigator.maxTouchPoints);
