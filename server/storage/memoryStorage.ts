/** Storage that lives as long as its object: for tests, and for trying the relay out. */
import type { Receipt } from '../../src/lib/protocol/control.ts';
import type { RelayStorage } from './relayStorage.ts';

interface MemoryRoom {
	commit: number;
	updates: { commit: number; update: Uint8Array }[];
}

interface MemoryWorkspace {
	commit: number;
	readonly rooms: Map<string, MemoryRoom>;
	readonly roster: string[];
	readonly receipts: Map<string, Receipt>;
}

const sum = (room: MemoryRoom) => room.updates.reduce((all, { update }) => all + update.length, 0);
const sumAll = (workspace: MemoryWorkspace) =>
	[...workspace.rooms.values()].reduce((all, room) => all + sum(room), 0);

export function createMemoryStorage(relayId: string): RelayStorage {
	const workspaces = new Map<string, MemoryWorkspace>();
	const newWorkspace = (): MemoryWorkspace => ({
		commit: 0,
		rooms: new Map(),
		roster: [],
		receipts: new Map()
	});

	function ensure<V>(map: Map<string, V>, key: string, create: () => V): V {
		const found = map.get(key) ?? create();
		map.set(key, found);
		return found;
	}

	return {
		relayId,
		async append(batch) {
			return batch.map(({ workspace, room, update }) => {
				const owner = ensure(workspaces, workspace, newWorkspace);
				const stored = ensure(owner.rooms, room, () => ({ commit: 0, updates: [] }));
				owner.commit += 1;
				stored.commit = owner.commit;
				stored.updates.push({ commit: owner.commit, update: update.slice() });
				return owner.commit;
			});
		},
		async loadRoom(workspace, room) {
			const stored = workspaces.get(workspace)?.rooms.get(room);
			if (!stored) return { commit: 0, updates: [], bytes: 0 };
			const updates = stored.updates.map(({ update }) => update.slice());
			return { commit: stored.commit, updates, bytes: sum(stored) };
		},
		async replaceRoom(workspace, room, upToCommit, snapshot) {
			const owner = workspaces.get(workspace);
			const stored = owner?.rooms.get(room);
			if (!owner || !stored) throw new Error('broken invariant: compaction of an unknown room');
			const later = stored.updates.filter(({ commit }) => commit > upToCommit);
			stored.updates = [{ commit: upToCommit, update: snapshot.slice() }, ...later];
			return { roomBytes: sum(stored), workspaceBytes: sumAll(owner) };
		},
		async scrub() {},
		async loadWorkspace(name) {
			const found = workspaces.get(name);
			if (!found) return { commit: 0, bytes: 0, receipts: [] };
			const receipts = [...found.receipts.values()];
			return { commit: found.commit, bytes: sumAll(found), receipts };
		},
		async roomsChangedSince(workspace, commit) {
			const rooms = [...(workspaces.get(workspace)?.rooms ?? [])];
			return rooms
				.filter(([, room]) => room.commit > commit)
				.sort(([, a], [, b]) => a.commit - b.commit)
				.map(([name]) => name);
		},
		async loadRoster(workspace, from) {
			const roster = workspaces.get(workspace)?.roster ?? [];
			return { length: roster.length, records: roster.slice(from) };
		},
		async appendRoster(workspace, expectedLength, records) {
			if ((workspaces.get(workspace)?.roster.length ?? 0) !== expectedLength) return false;
			ensure(workspaces, workspace, newWorkspace).roster.push(...records);
			return true;
		},
		async findWorkspaces(prefix, limit) {
			const found = [...workspaces].filter(
				([name, { roster }]) => roster.length > 0 && name.startsWith(prefix)
			);
			return found
				.map(([name]) => name)
				.sort()
				.slice(0, limit);
		},
		async putReceipt(workspace, receipt) {
			const { receipts } = ensure(workspaces, workspace, newWorkspace);
			if (receipt.commit > (receipts.get(receipt.device)?.commit ?? -1))
				receipts.set(receipt.device, receipt);
		},
		async check() {},
		async close() {}
	};
}
