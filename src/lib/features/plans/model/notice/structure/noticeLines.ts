// The lines of a page, without what the web site put around the notice.

import type { Ymd } from '../types.ts';
import { realYmd } from '../calendarDate.ts';
import { foldWidth } from '../deadline/compactText.ts';

/** `index` is the line of the raw text, from 0. */
export type NoticeLine = { text: string; index: number };
export type PageFacts = { sourceDept: string | null; publishedAt: string | null };

const pageFact =
	/(?:来源|发布时间|发布日期|发文日期|时间|日期|浏览|点击|阅读|作者|发布者|发布人|编辑|字号|字体)(?:次数|量|数)?\s*:/g;
const furniture =
	/^(?:首页|当前位置|您的位置|您现在的位置|打印|【?打印|关闭窗口|【?关闭|分享到|返回顶部|上一篇|下一篇|责编|责任编辑|编辑\s*:|审核\s*:|校对\s*:|扫一扫|版权所有|主办单位|备案号|[\u4e00-\u9fa5]ICP备|字体[::]|\[?(?:大\s*中\s*小)\]?$)/;
const unrelated =
	/^(?:相关新闻|相关阅读|相关链接|相关文章|推荐阅读|推荐文章|热门推荐|猜你喜欢|更多>*)/;

function tidy(text: string): string {
	return text.replace(/[\t\u00a0\u2000-\u200a\u3000]+/g, ' ').trim();
}

export function readPage(cleanText: string): { lines: NoticeLine[]; facts: PageFacts } {
	const facts: PageFacts = { sourceDept: null, publishedAt: null };
	const lines: NoticeLine[] = [];
	for (const [index, raw] of cleanText.split('\n').entries()) {
		const text = tidy(raw);
		const folded = foldWidth(text);
		if (!text) continue;
		if (unrelated.test(folded) && lines.length > 5) break;
		if (furniture.test(folded)) continue;
		if (isPageFacts(folded, lines.length)) readFacts(folded, facts);
		else lines.push({ text, index });
	}
	return { lines, facts };
}

/** 来源:… 浏览:…次 发布时间:… – near the top, or at least two such facts on a short line. */
function isPageFacts(folded: string, linesBefore: number): boolean {
	if (folded.length > 120 || /[。;]/.test(folded)) return false;
	const hits = folded.match(pageFact)?.length ?? 0;
	return /^(?:来源|信息来源|发布时间|发布日期|作者|浏览|点击)/.test(folded) &&
		(hits > 1 || linesBefore < 8)
		? hits > 0
		: hits > 1;
}

function readFacts(folded: string, facts: PageFacts): void {
	const dept = /(?:来源)\s*:\s*([^\s:]+?)(?=\s|浏览|发布|作者|点击|时间|$)/.exec(folded)?.[1];
	const time = /(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:\s*(\d{1,2}):(\d{2}))?/.exec(folded);
	if (dept) facts.sourceDept ??= dept;
	if (!time) return;
	const date = realYmd(Number(time[1]), Number(time[2]), Number(time[3]));
	if (date) facts.publishedAt ??= time[4] ? `${date}T${time[4].padStart(2, '0')}:${time[5]}` : date;
}

export const dateOf = (publishedAt: string | null): Ymd | null => publishedAt?.slice(0, 10) ?? null;
