/** Which workspace this tab has open, as state for the screens. */
import { getContext, setContext } from 'svelte';
import type { WorkspaceId } from '$lib/base/ids.ts';
import type { Result } from '$lib/base/result.ts';
import type { Session } from '$lib/core/createSession.ts';
import type { Invitation, InvitationProblem } from '$lib/core/keys/enrolment.ts';
import type { Profile } from '$lib/core/keys/profile.ts';
import { whenTrue } from '$lib/core/whenTrue.ts';
import type { OpenedWorkspace, OpenFault } from './openWorkspace.ts';
import { obstacleHere, type Obstacle } from './obstacle.ts';

/** A full disk must not keep a person from a version that may help. */
const SETTLE_MAX_MS = 5_000;

export type DeskState =
	| { readonly kind: 'opening' }
	| { readonly kind: 'none' }
	| { readonly kind: 'open'; readonly session: Session }
	| { readonly kind: 'failed'; readonly fault: OpenFault | 'storage' }
	| { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

/** Storage, crypto and sync: a third of all code, and not needed to say hello. */
const loadCore = () => import('./deskCore.ts');

export class Desk {
	state = $state.raw<DeskState>({ kind: 'opening' });
	#opened: OpenedWorkspace | null = null;

	/** Opens the workspace used last, if there is one. */
	async start(): Promise<void> {
		const obstacle = obstacleHere();
		if (obstacle) {
			this.state = { kind: 'obstacle', obstacle };
			return;
		}
		try {
			const { vault } = await loadCore();
			const [workspace] = await vault.workspaces();
			if (workspace) await this.#open(workspace);
			else this.state = { kind: 'none' };
		} catch {
			this.state = { kind: 'failed', fault: 'storage' };
		}
	}

	/** Founds a workspace on this device and opens it. Throws when the browser keeps nothing. */
	async found(profile: Profile): Promise<void> {
		const { found, vault } = await loadCore();
		await this.#open(await found(profile, vault));
	}

	async inspect(link: string): Promise<Result<Invitation, InvitationProblem>> {
		return (await loadCore()).inspect(link);
	}

	/** Claims an invitation and opens the workspace; otherwise gives the reason why not. */
	async join(invitation: Invitation, profile: Profile): Promise<InvitationProblem | null> {
		const { join, vault } = await loadCore();
		const joined = await join(invitation, profile, vault);
		if (!joined.ok) return joined.error;
		await this.#open(joined.value);
		return null;
	}

	/** Resolves when everything typed so far is stored on this device. */
	async settle(): Promise<void> {
		if (this.state.kind !== 'open') return;
		const { session } = this.state;
		await Promise.all(session.documentsOpen.openRooms().map((room) => room.idle()));
		await whenTrue([session.save], () => session.save.current().stored, SETTLE_MAX_MS);
	}

	async #open(workspace: WorkspaceId): Promise<void> {
		await this.#opened?.close();
		const { openWorkspace, vault } = await loadCore();
		const opened = await openWorkspace(workspace, vault);
		this.#opened = opened.ok ? opened.value : null;
		this.state = opened.ok
			? { kind: 'open', session: opened.value.session }
			: { kind: 'failed', fault: opened.error };
	}
}

const DESK = Symbol('desk');

export const provideDesk = (desk: Desk): void => void setContext(DESK, desk);
export const getDesk = (): Desk => getContext<Desk>(DESK);
