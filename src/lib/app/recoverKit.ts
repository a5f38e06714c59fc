/** Reads a recovery kit in whichever of its forms somebody gives it: link, line or characters. */
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { kitFromIdentity, kitFromSecret, parseKitLink, type Kit } from '$lib/core/recovery/kit.ts';
import { kitFromWords, type WordsFault } from '$lib/core/recovery/kitWords.ts';

export interface GivenKit {
	readonly kit: Kit;
	/** Stands in the link only. */
	readonly workspace: WorkspaceId | null;
}

export type KitTextFault = WordsFault | { readonly kind: 'empty' | 'bad-link' | 'bad-key' };

const isLink = (text: string) => /#|:\/\//.test(text);
const isKeyLine = (text: string) => /^age-secret/i.test(text.normalize('NFKC').replace(/\s/g, ''));

export async function readKitText(text: string): Promise<Result<GivenKit, KitTextFault>> {
	if (text.trim() === '') return err({ kind: 'empty' });
	if (isLink(text)) {
		const link = parseKitLink(text);
		if (!link) return err({ kind: 'bad-link' });
		return ok({ kit: await kitFromSecret(link.secret), workspace: link.workspace });
	}
	if (isKeyLine(text)) {
		const kit = await kitFromIdentity(text);
		return kit ? ok({ kit, workspace: null }) : err({ kind: 'bad-key' });
	}
	const kit = await kitFromWords(text);
	return kit.ok ? ok({ kit: kit.value, workspace: null }) : kit;
}
