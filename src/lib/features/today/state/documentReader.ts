/** How one kind of document is read for 今日. */
import type * as Y from 'yjs';
import type { RoomId } from '$lib/base/ids.ts';
import type { TodayContext, TodayItem, TodayNews } from '../model/todaySource.ts';

export interface ReadDocument {
	readonly room: RoomId;
	readonly doc: Y.Doc;
	/** As the branch's index has it now. */
	readonly title: () => string;
}

export interface FollowedDocument {
	items(): TodayItem[];
	/** Since the state vector `seen`; null where such a document does not say who changed what. */
	readonly news: ((seen: Uint8Array) => TodayNews[]) | null;
	stop(): void;
}

export type DocumentReader = (document: ReadDocument, context: TodayContext) => FollowedDocument;
