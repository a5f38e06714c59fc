/** Where 今日 gets what it shows. */
import { systemClock } from '$lib/base/clock.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import {
	createDocumentSource,
	createSeenVersions,
	type TodayContext,
	type TodaySource
} from '$lib/features/today/index.ts';
import { createTalkSource } from './talkTodaySource.ts';
import { storedChoice } from '$lib/state/storedChoice.ts';

export function createTodaySources(
	session: WorkspaceSession,
	context: TodayContext
): readonly TodaySource[] {
	const { workspace, self } = session;
	const seen = createSeenVersions(storedChoice(`tongxin.today.${workspace}.${self.member}`));
	return [
		createDocumentSource({ session, context, seen, now: systemClock.now }),
		createTalkSource(session, context)
	];
}
