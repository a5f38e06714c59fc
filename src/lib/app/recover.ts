/**
 * Comes back in this browser by a recovery kit: finds the branch, at the relay or in a backup file,
 * and lets this device in. Keys are stored last, so a tab killed before leaves nothing that blocks
 * a second try; one killed after has everything, and tells the relay when it is opened next.
 */
import { base64UrlToBytes } from '$lib/base/bytes.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import type { Enrolled, EnrolmentContext } from '$lib/core/keys/enrolment.ts';
import {
	inspectKit,
	inspectKitIn,
	recoverByRelay,
	recoverOffline,
	type Recovery,
	type RecoveryProblem
} from '$lib/core/keys/recovering.ts';
import type { Vault } from '$lib/core/keys/vault.ts';
import type { BackupProblem } from '$lib/core/recovery/backupFormat.ts';
import type { LongWork } from '$lib/core/recovery/pace.ts';
import { readBackup, type Backup } from '$lib/core/recovery/readBackup.ts';
import { createDexieBlobs } from '$lib/core/store/dexieBlobs.ts';
import { createDexieRoomLogs } from '$lib/core/store/dexieRoomLogs.ts';
import { importBlobs } from '$lib/core/store/importBlobs.ts';
import { importLogs, type ImportFault } from '$lib/core/store/importLogs.ts';
import { openWorkspaceDatabase } from '$lib/core/store/workspaceDatabase.ts';
import type { RelayApi } from '$lib/core/sync/relayApi.ts';
import { isWorkspacePrefix, relayPaths, workspacesAnswer } from '$lib/protocol/http.ts';
import { deviceLabelHere } from './deviceLabel.ts';
import {
	discardEnrolled,
	enrolmentContext,
	keepEnrolled,
	noteAnswered,
	relayApiHere
} from './enrol.ts';
import type { GivenKit } from './recoverKit.ts';

export type RecoverProblem =
	| RecoveryProblem
	| BackupProblem
	| ImportFault
	/** Neither a link, nor a code, nor a file says which branch it is. */
	| 'no-code'
	| 'bad-code'
	| 'too-many-tries'
	/** The file is of another branch than the link. */
	| 'other-workspace';

/** A branch that was found and may be brought back. */
export interface FoundBranch {
	readonly recovery: Recovery;
	readonly backup: Backup | null;
	/** Why it is known from the file alone; null when the relay knows it. */
	readonly withoutRelay: 'unreachable' | 'unknown-workspace' | null;
}

export interface RecoverContext extends EnrolmentContext {
	readonly api: RelayApi;
	readonly fetch: typeof globalThis.fetch;
	readonly label: string;
}

export const recoverContext = (): RecoverContext => ({
	...enrolmentContext(),
	api: relayApiHere(),
	fetch: (...request) => fetch(...request),
	label: deviceLabelHere()
});

const LOOKUP_TIMEOUT_MS = 8_000;

/** The full ids behind the code on the paper. */
async function findWorkspaces(
	code: string,
	{ api, fetch }: RecoverContext
): Promise<Result<readonly WorkspaceId[], RecoverProblem>> {
	if (!isWorkspacePrefix(code)) return err('bad-code');
	try {
		const signal = AbortSignal.timeout(LOOKUP_TIMEOUT_MS);
		const address = api.origin + relayPaths.workspaces(code);
		const response = await fetch(address, { cache: 'no-store', signal });
		if (response.status === 429) return err('too-many-tries');
		const answer = workspacesAnswer.safeParse(response.ok ? await response.json() : null);
		if (!answer.success) return err('unreachable');
		const isId = (id: string) => base64UrlToBytes(id)?.length === 32 && id.startsWith(code);
		return ok(answer.data.workspaces.filter(isId) as WorkspaceId[]);
	} catch {
		return err('unreachable');
	}
}

async function findByRelay(
	{ kit, workspace }: GivenKit,
	code: string,
	context: RecoverContext
): Promise<Result<FoundBranch, RecoverProblem>> {
	if (!workspace && code === '') return err('no-code');
	const found = workspace ? ok([workspace]) : await findWorkspaces(code, context);
	if (!found.ok) return found;
	let problem: RecoveryProblem = 'unknown-workspace';
	for (const id of found.value) {
		const recovery = await inspectKit(kit, id, context.api, context);
		if (recovery.ok) return ok({ recovery: recovery.value, backup: null, withoutRelay: null });
		problem = recovery.error;
	}
	return err(problem);
}

async function findInBackup(
	{ kit, workspace }: GivenKit,
	file: Blob,
	context: RecoverContext,
	work: LongWork
): Promise<Result<FoundBranch, RecoverProblem>> {
	const read = await readBackup(kit.identity, file, work);
	if (!read.ok) return read;
	const backup = read.value;
	if (workspace && workspace !== backup.workspace) return err('other-workspace');
	const online = await inspectKit(kit, backup.workspace, context.api, context);
	if (online.ok) return ok({ recovery: online.value, backup, withoutRelay: null });
	// A relay that knows the branch but not the kit has the newer word: a card that was replaced.
	const { error } = online;
	if (error !== 'unreachable' && error !== 'unknown-workspace') return err(error);
	const recovery = await inspectKitIn(kit, backup.workspace, backup.records, context);
	return recovery.ok ? ok({ recovery: recovery.value, backup, withoutRelay: error }) : recovery;
}

/** `code`: as typed. `file`: a backup, where there is one; then the code is not needed. */
export function findBranch(
	given: GivenKit,
	code: string,
	file: Blob | null,
	context: RecoverContext,
	work: LongWork = {}
): Promise<Result<FoundBranch, RecoverProblem>> {
	if (file) return findInBackup(given, file, context, work);
	return findByRelay(given, code.normalize('NFKC').replace(/\s/g, ''), context);
}

/** What a try that was killed has left is of a device without keys: nobody can go on from it. */
async function clearTraces(workspace: WorkspaceId): Promise<void> {
	const database = openWorkspaceDatabase(workspace);
	await Promise.all([database.ring.clear(), database.settings.clear()]);
	database.close();
}

async function keepContents({ workspace, logs, blobs }: Backup, work: LongWork) {
	const database = openWorkspaceDatabase(workspace);
	try {
		const imported = await importLogs(createDexieRoomLogs(database), logs, work);
		// Last, and whatever comes of it: the relay may still have them.
		if (imported.ok) await importBlobs(createDexieBlobs(database), blobs);
		return imported;
	} finally {
		database.close();
	}
}

/**
 * Lets this device in and keeps everything. The card's secret stays with the keys until the person
 * says that the card is kept: rooms of circles come back by it when the workspace is opened.
 */
export async function recoverBranch(
	{ recovery, backup, withoutRelay }: FoundBranch,
	vault: Vault,
	context: RecoverContext,
	work: LongWork = {}
): Promise<Result<WorkspaceId, RecoverProblem>> {
	const { workspace } = recovery.roster;
	if ((await vault.load(workspace)).kind !== 'none') return ok(workspace);
	await clearTraces(workspace);

	const keep = (enrolled: Enrolled) => keepEnrolled(enrolled, vault, true);
	async function enrol(): Promise<Result<unknown, RecoverProblem>> {
		const imported = backup ? await keepContents(backup, work) : ok(null);
		if (!imported.ok) return imported;
		if (!withoutRelay) {
			const admitted = await recoverByRelay(recovery, context.label, context.api, context, keep);
			if (admitted.ok && admitted.value.isAnswered) await noteAnswered(workspace);
			return admitted;
		}
		const recovered = await recoverOffline(recovery, context.label, context);
		if (recovered.ok) await keep(recovered.value);
		return recovered;
	}

	const enrolled = await enrol();
	if (enrolled.ok) return ok(workspace);
	await discardEnrolled(workspace, vault);
	return enrolled;
}
