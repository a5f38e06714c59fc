/** Which workspace this tab has open, as state for the screens. */
import { getContext, setContext } from 'svelte';
import type { WorkspaceId } from '$lib/base/ids.ts';
import type { Session } from '$lib/core/createSession.ts';
import { createVault, type Vault } from '$lib/core/keys/vault.ts';
import { whenTrue } from '$lib/core/whenTrue.ts';
import { openWorkspace, type OpenedWorkspace, type OpenFault } from './openWorkspace.ts';
import { obstacleHere, type Obstacle } from './obstacle.ts';

/** A full disk must not keep a person from a version that may help. */
const SETTLE_MAX_MS = 5_000;

export type DeskState =
	| { readonly kind: 'opening' }
	| { readonly kind: 'none' }
	| { readonly kind: 'open'; readonly session: Session }
	| { readonly kind: 'failed'; readonly fault: OpenFault | 'storage' }
	| { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

export class Desk {
	state = $state.raw<DeskState>({ kind: 'opening' });
	readonly vault: Vault = createVault();
	#opened: OpenedWorkspace | null = null;

	/** Opens the workspace used last, if there is one. */
	async start(): Promise<void> {
		const obstacle = obstacleHere();
		if (obstacle) {
			this.state = { kind: 'obstacle', obstacle };
			return;
		}
		try {
			const [workspace] = await this.vault.workspaces();
			if (workspace) await this.open(workspace);
			else this.state = { kind: 'none' };
		} catch {
			this.state = { kind: 'failed', fault: 'storage' };
		}
	}

	/** Resolves when everything typed so far is stored on this device. */
	async settle(): Promise<void> {
		if (this.state.kind !== 'open') return;
		const { session } = this.state;
		await Promise.all(session.documentsOpen.openRooms().map((room) => room.idle()));
		await whenTrue([session.save], () => session.save.current().stored, SETTLE_MAX_MS);
	}

	async open(workspace: WorkspaceId): Promise<void> {
		await this.#opened?.close();
		const opened = await openWorkspace(workspace, this.vault);
		this.#opened = opened.ok ? opened.value : null;
		this.state = opened.ok
			? { kind: 'open', session: opened.value.session }
			: { kind: 'failed', fault: opened.error };
	}
}

const DESK = Symbol('desk');

export const provideDesk = (desk: Desk): void => void setContext(DESK, desk);
export const getDesk = (): Desk => getContext<Desk>(DESK);
