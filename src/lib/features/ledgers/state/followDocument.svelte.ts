/**
 * The document of a room for as long as that room is wanted: opened, given back when another one is,
 * and shown anew when what may be done with it narrows. Call while a component is set up.
 */
import type { RoomId } from '$lib/base/ids.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';

export interface FollowedDocument {
	/** Null until it is there. */
	readonly open: OpenDocument | null;
	/** Counts how often what may be done with it has changed. */
	readonly accessChanges: number;
}

/** `onopen`: with the document, and with null when it is given back. */
export function followDocument(
	session: Pick<WorkspaceSession, 'openDocument'>,
	room: () => RoomId | null,
	onopen: (open: OpenDocument | null) => void = () => {}
): FollowedDocument {
	let open = $state.raw<OpenDocument | null>(null);
	let accessChanges = $state(0);

	$effect(() => {
		const wanted = room();
		if (wanted === null) return;
		let left = false;
		let mine: OpenDocument | null = null;
		let stopWatching = (): void => {};
		void session.openDocument(wanted).then((document) => {
			if (left) return document.close();
			mine = document;
			open = document;
			stopWatching = document.onAccessChange?.(() => (accessChanges += 1)) ?? (() => {});
			onopen(document);
		});
		return () => {
			left = true;
			stopWatching();
			open = null;
			onopen(null);
			mine?.close();
		};
	});

	return {
		get open() {
			return open;
		},
		get accessChanges() {
			return accessChanges;
		}
	};
}
