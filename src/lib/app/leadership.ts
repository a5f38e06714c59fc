/**
 * One tab of a device catches up, confirms and tidies for all of them: the one that holds this
 * lock. When it closes or is killed, the browser gives the lock to the next.
 */
import type { WorkspaceId } from '$lib/base/ids.ts';

export function startLeading(workspace: WorkspaceId, onLeading: () => void): () => void {
	const stop = new AbortController();
	const held = new Promise<void>((resolve) =>
		stop.signal.addEventListener('abort', () => resolve())
	);
	void navigator.locks
		.request(`tongxin.leader.${workspace}`, { signal: stop.signal }, async () => {
			onLeading();
			await held;
		})
		.catch(() => undefined); // aborted while it waited
	return () => stop.abort();
}
