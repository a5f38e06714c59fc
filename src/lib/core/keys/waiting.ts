/** A device whose claim waits for a secretary asks the relay whether it has been let in. */
import { createToken } from '$lib/protocol/token.ts';
import { createSigner } from '../crypto/signer.ts';
import type { RosterKeeper } from '../roster/rosterKeeper.ts';
import type { RelayApi } from '../sync/relayApi.ts';
import type { DeviceKeys } from './deviceKeys.ts';

/** Takes in what the chain has grown by; without a network nothing changes. */
export async function readOnAsWaiting(
	{ workspace, device, signing }: DeviceKeys,
	keeper: RosterKeeper,
	api: RelayApi
): Promise<void> {
	const info = await api.info();
	if (!info.ok) return;
	const { sign } = await createSigner(signing);
	const host = new URL(api.origin).host;
	const token = await createToken(`device:${device}`, host, workspace, info.value.now, sign);
	const from = keeper.roster.current().length;
	const read = await api.readRoster(workspace, from, token);
	if (read.ok) await keeper.extend(from, read.value.records);
}
