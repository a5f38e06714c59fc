/** Which workspace this tab has open, as state for the screens, and whether the app lock shuts it. */
import { getContext, setContext } from 'svelte';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, type Result } from '$lib/base/result.ts';
import type { Session } from '$lib/core/createSession.ts';
import type { LockSecret, NewLock } from '$lib/core/keys/appLock.ts';
import type { Invitation, InvitationProblem } from '$lib/core/keys/joining.ts';
import type { Profile } from '$lib/core/keys/profile.ts';
import type { Lock, LockState, UnlockProblem } from '$lib/core/keys/vault.ts';
import { mayHaveVault } from '$lib/core/keys/vaultName.ts';
import type { LongWork } from '$lib/core/recovery/pace.ts';
import { whenTrue } from '$lib/core/whenTrue.ts';
import { atMost } from './atMost.ts';
import { watchIdle } from './idleLock.svelte.ts';
import type { OpenedWorkspace, OpenFault } from './openWorkspace.ts';
import type { FoundBranch, RecoverProblem } from './recover.ts';
import { obstacleHere, type Obstacle } from './obstacle.ts';

/** Neither a full disk nor a key that never comes may keep a lock from shutting. */
const SETTLE_MAX_MS = 5_000;

/** Not a fault: the workspace is there, but this device is not in yet, or not any more. */
type Outside = 'waiting' | 'retired' | 'not-let-in';

export type DeskState =
	| { readonly kind: 'opening' }
	| { readonly kind: 'none' }
	| { readonly kind: 'locked'; readonly workspace: WorkspaceId; readonly lock: Lock }
	| { readonly kind: Outside; readonly workspace: WorkspaceId }
	| { readonly kind: 'open'; readonly session: Session }
	| { readonly kind: 'failed'; readonly fault: Exclude<OpenFault, Outside> | 'storage' }
	| { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

const isOutside = (fault: OpenFault | Outside): fault is Outside =>
	fault === 'waiting' || fault === 'retired' || fault === 'not-let-in';

/** Between the tabs: lock now; the lock was set or removed; the workspace is no longer here. */
type Word = 'lock' | 'lock-changed' | 'gone';

/** Storage, crypto and sync: a third of all code, and not needed to say hello. */
const loadCore = () => import('./deskCore.ts');

/** Everything typed so far is stored, or it takes too long. */
const settleSession = (session: Session): Promise<void> =>
	atMost(SETTLE_MAX_MS, async () => {
		await Promise.all(session.documentsOpen.openRooms().map((room) => room.idle()));
		await whenTrue([session.save], () => session.save.current().stored, SETTLE_MAX_MS);
	});

/** An input method hands over what it is composing when the field loses the focus. */
function leaveField() {
	if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Pages that read a link out of the address. */
const ENTRANCES = ['/join', '/restore'];

export class Desk {
	state = $state.raw<DeskState>({ kind: 'opening' });
	/** Of the workspace that is open. */
	lockState = $state.raw<LockState>({ kind: 'off' });
	#opened: OpenedWorkspace | null = null;
	#workspace: WorkspaceId | null = null;
	#stopWatching = () => {};
	/** Openings, one after the other: two at once would leave a session behind that nobody closes. */
	#openings: Promise<void> = Promise.resolve();
	#openingCount = 0;
	/** This page is on its way out: whatever is still under way shows nothing any more. */
	#isLeaving = false;
	/** It was tried once on this page to bring a record through that the relay had not answered. */
	#hasSettledAgain = false;
	readonly #tabs = new BroadcastChannel('tongxin.desk');

	constructor() {
		this.#tabs.onmessage = ({ data }: MessageEvent<Word>) => {
			if (data === 'gone') location.reload();
			else if (data === 'lock-changed') void this.#readLock();
			else if (this.#isUnlocked()) void this.#shut();
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
			const workspace = (await mayHaveVault()) ? await this.#lastWorkspace() : undefined;
			if (workspace) await this.#open(workspace);
			else this.state = { kind: 'none' };
		} catch {
			this.state = { kind: 'failed', fault: 'storage' };
		}
	}

	/** What is needed next may take a while to arrive: it is sent for before it is asked for. */
	prepare(): void {
		loadCore().catch(() => undefined);
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
		await this.#open(workspace);
		return null;
	}

	/** In every tab. Nothing of the workspace outlives the page, so a new page is what locks. */
	async lock(): Promise<void> {
		if (this.state.kind !== 'open' || this.lockState.kind !== 'on') return;
		this.#tell('lock');
		await this.#shut();
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

	/**
	 * Clears what this device has of the workspace: its keys first, then the ciphertext. A link that
	 * stands in the address is looked at next.
	 */
	async discard(): Promise<void> {
		const workspace = this.#workspace;
		if (!workspace) return;
		this.#stopWatching();
		this.#isLeaving = true;
		await this.#openings;
		await this.#close();
		const [{ vault }, { discardWorkspace }] = await Promise.all([
			loadCore(),
			import('./discardWorkspace.ts')
		]);
		try {
			await discardWorkspace(workspace, vault, () => this.#tell('gone'));
		} finally {
			// When the store refused, the next page shows what is still there.
			if (ENTRANCES.includes(location.pathname)) location.reload();
			else location.assign('/');
		}
	}

	async #lastWorkspace(): Promise<WorkspaceId | undefined> {
		const { vault } = await loadCore();
		return (await vault.workspaces())[0];
	}

	#tell(word: Word) {
		this.#tabs.postMessage(word);
	}

	/** Keys are in memory, or are about to be: also in a tab that was just starting. */
	#isUnlocked(): boolean {
		const { kind } = this.state;
		return this.#openingCount > 0 || !(kind === 'none' || kind === 'locked' || kind === 'obstacle');
	}

	/** Out of sight at once; what was typed is stored before the page goes. */
	async #shut(): Promise<void> {
		if (this.#isLeaving) return;
		this.#isLeaving = true;
		this.#stopWatching();
		leaveField();
		this.state = { kind: 'opening' };
		if (this.#opened) await settleSession(this.#opened.session);
		location.reload();
	}

	#reopen(workspace: WorkspaceId, session: Session): Promise<void> {
		return this.#next(async () => {
			// Somebody else's turn has opened it anew in the meantime.
			if (this.#opened?.session !== session) return;
			this.#stopWatching();
			leaveField();
			this.state = { kind: 'opening' };
			await settleSession(session);
			await this.#openNow(workspace);
		});
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

	#open(workspace: WorkspaceId): Promise<void> {
		return this.#next(() => this.#openNow(workspace));
	}

	/** Does not throw: a store that fails is a state of its own, and one that waits looks again. */
	#next(work: () => Promise<void>): Promise<void> {
		this.#openingCount += 1;
		this.#openings = this.#openings
			.then(() => (this.#isLeaving ? undefined : work()))
			.catch(() => {
				if (this.state.kind !== 'waiting') this.#show({ kind: 'failed', fault: 'storage' });
			})
			.finally(() => (this.#openingCount -= 1));
		return this.#openings;
	}

	#show(state: DeskState) {
		if (!this.#isLeaving) this.state = state;
	}

	async #close(): Promise<void> {
		const opened = this.#opened;
		this.#opened = null;
		if (opened) await atMost(SETTLE_MAX_MS, () => opened.close());
	}

	async #openNow(workspace: WorkspaceId): Promise<void> {
		this.#stopWatching();
		await this.#close();
		this.#workspace = workspace;
		const { openWorkspace, vault } = await loadCore();
		const content = await vault.load(workspace);
		if (content.kind === 'locked')
			return this.#show({ kind: 'locked', workspace, lock: content.lock });
		const opened = await openWorkspace(workspace, vault);
		if (opened.ok) {
			this.#opened = opened.value;
			this.#show({ kind: 'open', session: opened.value.session });
			this.#follow(workspace, opened.value);
			await this.#readLock();
			return;
		}
		const fault = opened.error;
		this.#show(isOutside(fault) ? { kind: fault, workspace } : { kind: 'failed', fault });
	}

	#follow(workspace: WorkspaceId, { session, isUnanswered }: OpenedWorkspace) {
		const reopen = () => void this.#reopen(workspace, session);
		// What this person may do has changed, or the device was taken out: opening tells which.
		session.standing.subscribe(reopen);
		if (session.standing.current() !== 'in') reopen();
		// Opening tells, too, whether a record that the relay had not answered can still come through.
		if (!isUnanswered || this.#hasSettledAgain) return;
		session.connection.subscribe(() => {
			if (session.connection.current() !== 'refused' || this.#hasSettledAgain) return;
			this.#hasSettledAgain = true;
			reopen();
		});
	}
}

const DESK = Symbol('desk');

export const provideDesk = (desk: Desk): void => void setContext(DESK, desk);
export const getDesk = (): Desk => getContext<Desk>(DESK);
