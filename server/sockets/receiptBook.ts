/** Which receipts of devices are taken: rules C7 and C8 of the protocol. */
import { base64UrlToBytes } from '../../src/lib/base/bytes.ts';
import type { DeviceId } from '../../src/lib/base/ids.ts';
import { receiptBytes, type Receipt } from '../../src/lib/protocol/control.ts';
import { isActive } from '../../src/lib/protocol/roster/roster.ts';
import { webRosterCrypto } from '../../src/lib/protocol/roster/webCrypto.ts';
import type { RosterBook } from '../auth/rosterBook.ts';
import type { LiveWorkspace } from '../rooms/roomHub.ts';
import type { RelayStorage } from '../storage/relayStorage.ts';

export interface ReceiptBook {
	/** True when the receipt was news and its signature held; it is stored then. */
	accept(workspace: LiveWorkspace, receipt: Receipt): Promise<boolean>;
	/** The newest of each device that is in. */
	ofActive(workspace: LiveWorkspace): Receipt[];
}

export function createReceiptBook(storage: RelayStorage, rosters: RosterBook): ReceiptBook {
	async function isSigned(workspace: string, { device, commit, signature }: Receipt) {
		const known = (await rosters.get(workspace))?.devices.get(device as DeviceId);
		if (!known || !isActive(known)) return false;
		const proof = base64UrlToBytes(signature);
		const said = receiptBytes(workspace, storage.relayId, commit);
		return proof ? webRosterCrypto.verify(known.signKey, said, proof) : false;
	}

	const isNews = ({ commit, receipts }: LiveWorkspace, receipt: Receipt) =>
		receipt.commit <= commit && receipt.commit > (receipts.get(receipt.device)?.commit ?? -1);

	return {
		ofActive({ name, receipts }) {
			const devices = rosters.cached(name)?.devices;
			return [...receipts.values()].filter((receipt) => {
				const device = devices?.get(receipt.device as DeviceId);
				return device !== undefined && isActive(device);
			});
		},
		async accept(workspace, receipt) {
			if (!isNews(workspace, receipt) || !(await isSigned(workspace.name, receipt))) return false;
			await storage.putReceipt(workspace.name, receipt);
			if (!isNews(workspace, receipt)) return false; // a newer one came meanwhile
			workspace.receipts.set(receipt.device, receipt);
			return true;
		}
	};
}
