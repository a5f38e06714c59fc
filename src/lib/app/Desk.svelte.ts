/** Which workspace this tab has open, as state for the screens, and whether the app lock shuts it. */
import { getContext, setContext } from 'svelte';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, type Result } from '$lib/base/result.ts';
import type { Session } from '$lib/core/createSession.ts';
import type { LockSecret, NewLock } from '$lib/core/keys/appLock.ts';
import type { Invitation, InvitationProblem } from '$lib/core/keys/joining.ts';
import type { Profile } from '$lib/core/keys/profile.ts';
import type { Lock, LockState, UnlockProblem } from '$lib/core/keys/vault.ts';
import type { LongWork } from '$lib/core/recovery/pace.ts';
import { whenTrue } from '$lib/core/whenTrue.ts';
import { watchIdle } from './idleLock.svelte.ts';
import type { OpenedWorkspace, OpenFault } from './openWorkspace.ts';
import type { FoundBranch, RecoverProblem } from './recover.ts';
import { obstacleHere, type Obstacle } from './obstacle.ts';

/** A full disk must not keep a person from a version that may help. */
const SETTLE_MAX_MS = 5_000;

/** Not a fault: the workspace is there, but this device is not in yet, or not any more. */
type Outside = 'waiting' | 'retired';

export type DeskState =
	| { readonly kind: 'opening' }
	| { readonly kind: 'none' }
	| { readonly kind: 'locked'; readonly workspace: WorkspaceId; readonly lock: Lock }
	| { readonly kind: Outside; readonly workspace: WorkspaceId }
	| { readonly kind: 'open'; readonly session: Session }
	| { readonly kind: 'failed'; readonly fault: Exclude<OpenFault, Outside> | 'storage' }
	| { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

const isOutside = (fault: OpenFault | Outside): fault is Outside =>
	fault === 'waiting' || fault === 'retired';

/** Between the tabs: lock now; the lock was set or removed; the workspace is no longer here. */
type Word = 'lock' | 'lock-changed' | 'gone';

/** Storage, crypto and sync: a third of all code, and not needed to say hello. */
const loadCore = () => import('./deskCore.ts');

async function settleSession(session: Session): Promise<void> {
	await Promise.all(session.documentsOpen.openRooms().map((room) => room.idle()));
	await whenTrue([session.save], () => session.save.current().stored, SETTLE_MAX_MS);
}

export class Desk {
	state = $state.raw<DeskState>({ kind: 'opening' });
	/** Of the workspace that is open. */
	lockState = $state.raw<LockState>({ kind: 'off' });
	#opened: OpenedWorkspace | null = null;
	#workspace: WorkspaceId | null = null;
	#stopWatching = () => {};
	readonly #tabs = new BroadcastChannel('tongxin.desk');

	constructor() {
		this.#tabs.onmessage = ({ data }: MessageEvent<Word>) => {
			if (data === 'gone') location.reload();
			else if (data === 'lock-changed') void this.#readLock();
			else if (this.state.kind === 'open') void this.#shut(this.state.session);
		};
	}

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

	/** Brings a branch back that a recovery kit has found, and opens it; or gives the reason why not. */
	async recover(found: FoundBranch, work: LongWork): Promise<RecoverProblem | null> {
		const [{ vault }, { recoverBranch, recoverContext }] = await Promise.all([
			loadCore(),
			import('./recover.ts')
		]);
		const recovered = await recoverBranch(found, vault, recoverContext(), work);
		if (!recovered.ok) return recovered.error;
		await this.#open(recovered.value);
		return null;
	}

	/** Resolves when everything typed so far is stored on this device. */
	async settle(): Promise<void> {
		if (this.state.kind === 'open') await settleSession(this.state.session);
	}

	/** Looks again whether a device that waits has been let in. */
	async lookAgain(): Promise<void> {
		if (this.state.kind === 'waiting') await this.#open(this.state.workspace);
	}

	/** Opens a locked workspace; otherwise gives the reason why not. */
	async unlock(secret: LockSecret): Promise<UnlockProblem | null> {
		if (this.state.kind !== 'locked') return null;
		const { workspace } = this.state;
		const { vault } = await loadCore();
		const unlocked = await vault.unlock(workspace, secret);
		if (!unlocked.ok) return unlocked.error;
		await this.#open(workspace).catch(() => {
			this.state = { kind: 'failed', fault: 'storage' };
		});
		return null;
	}

	/** In every tab. Nothing of the workspace outlives the page, so a new page is what locks. */
	async lock(): Promise<void> {
		if (this.state.kind !== 'open' || this.lockState.kind !== 'on') return;
		this.#tell('lock');
		await this.#shut(this.state.session);
	}

	async setLock(lock: NewLock, present: LockSecret | null): Promise<Result<void, UnlockProblem>> {
		const { vault } = await loadCore();
		if (!this.#workspace) return err({ kind: 'unavailable' });
		const set = await vault.setLock(this.#workspace, lock, present);
		await this.#lockChanged();
		return set;
	}

	async removeLock(present: LockSecret): Promise<Result<void, UnlockProblem>> {
		const { vault } = await loadCore();
		if (!this.#workspace) return err({ kind: 'unavailable' });
		const removed = await vault.removeLock(this.#workspace, present);
		await this.#lockChanged();
		return removed;
	}

	/** Clears what this device has of the workspace: its keys first, then the ciphertext. */
	async discard(): Promise<void> {
		const workspace = this.#workspace;
		if (!workspace) return;
		this.#stopWatching();
		await this.#opened?.close();
		const [{ vault }, { discardWorkspace }] = await Promise.all([
			loadCore(),
			import('./discardWorkspace.ts')
		]);
		await discardWorkspace(workspace, vault, () => this.#tell('gone'));
		location.assign('/');
	}

	#tell(word: Word) {
		this.#tabs.postMessage(word);
	}

	/** Out of sight at once; what was typed is stored before the page goes. */
	async #shut(session: Session): Promise<void> {
		this.#stopWatching();
		// An input method hands over what it is composing when the field loses the focus.
		if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
		this.state = { kind: 'opening' };
		await settleSession(session).catch(() => undefined);
		location.reload();
	}

	async #reopen(workspace: WorkspaceId, session: Session): Promise<void> {
		if (this.#opened?.session !== session) return;
		this.state = { kind: 'opening' };
		await settleSession(session).catch(() => undefined);
		await this.#open(workspace);
	}

	async #lockChanged(): Promise<void> {
		this.#tell('lock-changed');
		await this.#readLock();
	}

	async #readLock(): Promise<void> {
		this.#stopWatching();
		if (this.state.kind !== 'open' || !this.#workspace) return;
		const { vault } = await loadCore();
		this.lockState = await vault.lockState(this.#workspace);
		if (this.lockState.kind === 'on') this.#stopWatching = watchIdle(() => void this.lock());
	}

	async #open(workspace: WorkspaceId): Promise<void> {
		this.#stopWatching();
		await this.#opened?.close();
		this.#opened = null;
		this.#workspace = workspace;
		const { openWorkspace, vault } = await loadCore();
		const content = await vault.load(workspace);
		if (content.kind === 'locked') {
			this.state = { kind: 'locked', workspace, lock: content.lock };
			return;
		}
		const opened = await openWorkspace(workspace, vault);
		if (opened.ok) {
			this.#opened = opened.value;
			const { session } = opened.value;
			this.state = { kind: 'open', session };
			// What this person may do has changed, or the device was taken out: opening tells which.
			session.standing.subscribe(() => void this.#reopen(workspace, session));
			await this.#readLock();
			return;
		}
		const fault = opened.error;
		this.state = isOutside(fault) ? { kind: fault, workspace } : { kind: 'failed', fault };
	}
}

const DESK = Symbol('desk');

export const provideDesk = (desk: Desk): void => void setContext(DESK, desk);
export const getDesk = (): Desk => getContext<Desk>(DESK);
