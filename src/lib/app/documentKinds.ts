/** Every kind of document this version of the app can open. */
import type { DocumentKind } from '$lib/core/rooms/documentKind.ts';
import { ledgerKind } from '$lib/features/ledgers/index.ts';
import { planKind } from '$lib/features/plans/index.ts';
import { careKind, cluesKind, talkKind } from '$lib/features/talks/index.ts';

export const documentKinds: readonly DocumentKind[] = [
	ledgerKind,
	planKind,
	talkKind,
	cluesKind,
	careKind
];
