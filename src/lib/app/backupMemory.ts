/** When this browser last made a backup. Only for this browser: others may have made later ones. */
import * as z from 'zod/mini';
import { utf8ToBytes } from '$lib/base/bytes.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { parseJson } from '$lib/base/json.ts';
import { storedChoice, type StoredChoice } from '$lib/state/storedChoice.ts';

const lastBackupSchema = z.object({
	/** ISO instant. */
	madeAt: z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
	device: z.string().check(z.maxLength(60))
});
export type LastBackup = z.infer<typeof lastBackupSchema>;

/** The workspace's id in the name: clearing a workspace off the device clears this, too. */
export function lastBackup(
	workspace: WorkspaceId,
	choice: (key: string) => StoredChoice = storedChoice
) {
	const stored = choice(`last-backup.${workspace}`);
	return {
		read(): LastBackup | null {
			const text = stored.read();
			const parsed =
				text === null ? null : lastBackupSchema.safeParse(parseJson(utf8ToBytes(text)));
			return parsed?.success ? parsed.data : null;
		},
		write: (made: LastBackup) => stored.write(JSON.stringify(made))
	};
}
