/** What the layout hands down to every screen: the open workspace, and which document is in front. */
import { getContext, setContext } from 'svelte';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';

const SESSION = Symbol('workspace session');

export interface WorkspaceContext {
	readonly session: WorkspaceSession;
	/** The document whose save state the shell shows; null shows the workspace's sum. */
	setCurrentDocument(document: OpenDocument | null): void;
}

export const provideWorkspace = (context: WorkspaceContext): void =>
	void setContext(SESSION, context);

export const getSession = (): WorkspaceSession => getContext<WorkspaceContext>(SESSION).session;

/** To be called while a component is set up; the function it returns may be called at any time. */
export const currentDocumentSetter = (): WorkspaceContext['setCurrentDocument'] =>
	getContext<WorkspaceContext>(SESSION).setCurrentDocument;
