/**
 * Group commit: what one turn of the event loop brought goes into one transaction. Whatever waits
 * behind an update that could not be stored is failed with it, because documents that it was
 * checked against already held that update.
 */
import type { RelayStorage } from '../storage/relayStorage.ts';

export interface CommitItem {
	readonly workspace: string;
	readonly room: string;
	/** Null for what changes nothing: it only waits until all before it is durable. */
	readonly update: Uint8Array | null;
	/** The new commit, 0 for a null update, null when the store failed. */
	readonly settle: (commit: number | null) => void;
}

export interface CommittedChange {
	readonly workspace: string;
	readonly commit: number;
	readonly rooms: readonly string[];
}

export interface CommitQueue {
	enqueue(item: CommitItem): void;
	/** Resolves when everything enqueued so far is settled. */
	settled(): Promise<void>;
}

export interface CommitEvents {
	/** After the items of a batch were settled, once for each workspace in it. */
	onCommitted(change: CommittedChange): void;
	onStored(): void;
	onFailed(error: unknown): void;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function changesOf(batch: readonly CommitItem[], commits: readonly number[]): CommittedChange[] {
	const changes = new Map<string, { commit: number; rooms: Set<string> }>();
	batch.forEach(({ workspace, room, update }, i) => {
		if (!update) return;
		const change = changes.get(workspace) ?? { commit: 0, rooms: new Set() };
		change.commit = commits[i]!;
		change.rooms.add(room);
		changes.set(workspace, change);
	});
	return [...changes].map(([workspace, { commit, rooms }]) => ({
		workspace,
		commit,
		rooms: [...rooms]
	}));
}

export function createCommitQueue(storage: RelayStorage, events: CommitEvents): CommitQueue {
	let queue: CommitItem[] = [];
	let running: Promise<void> | null = null;

	async function store(batch: readonly CommitItem[]): Promise<number[]> {
		const updates = batch.flatMap(({ workspace, room, update }) =>
			update ? [{ workspace, room, update }] : []
		);
		const commits = updates.length > 0 ? await storage.append(updates) : [];
		let next = 0;
		return batch.map(({ update }) => (update ? commits[next++]! : 0));
	}

	function fail(batch: readonly CommitItem[], error: unknown): null {
		const failed = [...batch, ...queue];
		queue = [];
		events.onFailed(error);
		for (const { settle } of failed) settle(null);
		return null;
	}

	async function commitOnce(): Promise<void> {
		const batch = queue;
		queue = [];
		const commits = await store(batch).catch((error: unknown) => fail(batch, error));
		if (!commits) return;
		if (commits.some((commit) => commit > 0)) events.onStored();
		batch.forEach(({ settle }, i) => settle(commits[i]!));
		for (const change of changesOf(batch, commits)) events.onCommitted(change);
	}

	async function run(): Promise<void> {
		while (queue.length > 0) {
			await turn();
			await commitOnce();
		}
		running = null;
	}

	return {
		enqueue(item) {
			queue.push(item);
			running ??= run();
		},
		async settled() {
			while (running) await running;
		}
	};
}
