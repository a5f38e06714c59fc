/** Plans and ledgers as a source for 今日. Their readers are fetched after the page has been drawn. */
import type { TodaySource } from '../model/todaySource.ts';
import { DocumentWalk, type WalkOptions } from './documentWalk.ts';

const readers: WalkOptions['readers'] = {
	plan: async () => (await import('./planReader.ts')).planReader,
	ledger: async () => (await import('./ledgerReader.ts')).ledgerReader
};

export function createDocumentSource(options: Omit<WalkOptions, 'readers'>): TodaySource {
	let walk: DocumentWalk | null = null;
	return {
		follow(show) {
			const mine = new DocumentWalk({ ...options, readers }, show);
			walk = mine;
			return () => mine.stop();
		},
		markSeen: () => walk?.markSeen()
	};
}
