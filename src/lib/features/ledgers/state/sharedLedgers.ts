/**
 * The committee's ledgers, the newest first, those put away included. A document of the same kind in a
 * circle of people is somebody's personal list and none of them.
 */
import type { WorkspaceDocument } from '$lib/core/workspaceSession.ts';
import { ledgerKind } from '../model/ledgerKind.ts';

export const sharedLedgers = (documents: readonly WorkspaceDocument[]): WorkspaceDocument[] =>
	documents
		.filter(({ kind, circle }) => kind === ledgerKind.kind && circle === 'commons')
		.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));

export const presentLedgers = (documents: readonly WorkspaceDocument[]): WorkspaceDocument[] =>
	sharedLedgers(documents).filter(({ trashed }) => !trashed);
