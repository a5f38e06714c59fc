// Traditional to simplified. The table (about 100 kB) is loaded only when a text needs it.

export type Simplify = (text: string) => string;

/** Common characters that exist in traditional writing only: enough to tell a text that needs it. */
const traditionalOnly =
	/[來發時間關會員縣屬機業組織經決統現將點務結實際對認請補確導專區單況進項報書記說長責領學構應該見試門讀強開貫徹質評個話觀團隊帶傳臺賬黨標準裝簡體產義廣從歷動問題訓練議選舉辦層]/g;
const leastTraditional = 5;

export function needsSimplifying(text: string): boolean {
	const hits = text.match(traditionalOnly)?.length ?? 0;
	// A short line has few characters to show; a long simplified text may quote a traditional name.
	return hits >= leastTraditional || (hits >= 2 && hits * 8 >= text.length);
}

export async function loadSimplify(): Promise<Simplify> {
	const { Converter } = await import('opencc-js/t2cn');
	const convert = Converter({ from: 't', to: 'cn' });
	// The table leaves 陜 (U+965C) alone, the variant most fonts show for 陕西.
	return (text) => convert(text).replaceAll('陜', '陕');
}
