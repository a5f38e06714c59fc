/**
 * Who has it: each device signs up to which commit it durably holds everything. The relay can
 * withhold a receipt but cannot make one.
 */
import { base64UrlToBytes, bytesToBase64Url } from '$lib/base/bytes.ts';
import type { DeviceId, MemberId, WorkspaceId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { receiptBytes, type Receipt } from '$lib/protocol/control.ts';
import {
	activeDevices,
	isActive,
	type Roster,
	type RosterCrypto
} from '$lib/protocol/roster/roster.ts';
import type { Signer } from '../crypto/signer.ts';

export interface Receipts {
	/** Changes whenever a count may have changed. */
	readonly version: Observable<number>;
	onHello(relayId: string, receipts: readonly Receipt[]): Promise<void>;
	onReceipt(receipt: Receipt): Promise<void>;
	sign(commit: number): Promise<Receipt>;
	/** The relay's numbering starts anew: old receipts speak of other commits. */
	forget(): void;
	/** The roster has grown: receipts of devices unknown so far may hold now. */
	recheck(): void;
	/** Newest commit each device has signed for. */
	commits(): ReadonlyMap<DeviceId, number>;
	/** Members with a device that holds everything up to this commit, this one's owner included. */
	heldBy(commit: number): { by: number; of: number };
}

export function createReceipts(
	workspace: WorkspaceId,
	device: DeviceId,
	signer: Signer,
	roster: () => Roster,
	crypto: RosterCrypto
): Receipts {
	const version = createSource(0);
	const commits = new Map<DeviceId, number>();
	/** The newest receipt of each device that is not in the roster yet. */
	const unknown = new Map<string, Receipt>();
	let relayId = '';

	async function onReceipt({ device: id, commit, signature }: Receipt) {
		const author = roster().devices.get(id as DeviceId);
		const bytes = base64UrlToBytes(signature);
		if (!author) unknown.set(id, { device: id, commit, signature });
		if (!author || !isActive(author) || !bytes || commit <= (commits.get(author.id) ?? -1)) return;
		if (!(await crypto.verify(author.signKey, receiptBytes(workspace, relayId, commit), bytes)))
			return;
		commits.set(author.id, commit);
		version.set(version.current() + 1);
	}

	return {
		version,
		onReceipt,
		async onHello(id, receipts) {
			if (id !== relayId) commits.clear();
			relayId = id;
			await Promise.all(receipts.map(onReceipt));
		},
		async sign(commit) {
			const signature = bytesToBase64Url(
				await signer.sign(receiptBytes(workspace, relayId, commit))
			);
			return { device, commit, signature };
		},
		forget: () => commits.clear(),
		recheck() {
			const waiting = [...unknown.values()];
			unknown.clear();
			for (const receipt of waiting) void onReceipt(receipt);
		},
		commits: () => commits,
		heldBy(commit) {
			const holders = new Set<MemberId>();
			const members = new Set<MemberId>();
			for (const { id, member } of activeDevices(roster())) {
				members.add(member);
				if (id === device || (commits.get(id) ?? -1) >= commit) holders.add(member);
			}
			return { by: holders.size, of: members.size };
		}
	};
}
