export { nothingFound } from './model/todaySource.ts';
export type {
	TodayActor,
	TodayContext,
	TodayFound,
	TodayItem,
	TodayNews,
	TodaySource
} from './model/todaySource.ts';
export { createDocumentSource } from './state/documentSource.ts';
export { createSeenVersions } from './state/seenVersions.ts';
