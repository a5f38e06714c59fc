/** What the ledger's menu has about files and paper. */
import FileDown from 'lucide-svelte/icons/file-down';
import FileUp from 'lucide-svelte/icons/file-up';
import History from 'lucide-svelte/icons/history';
import { m } from '$lib/paraglide/messages.js';
import type { MenuItem } from '$lib/ui/menuItem.ts';

export type ExchangeWish = 'import' | 'export' | 'records' | null;

export const exchangeMenu = (readonly: boolean, ask: (wish: ExchangeWish) => void): MenuItem[] => [
	...(readonly
		? []
		: [
				{
					label: m.exchange_import_menu(),
					icon: FileUp,
					divided: true,
					run: () => ask('import')
				}
			]),
	{
		label: m.exchange_export_menu(),
		icon: FileDown,
		divided: readonly,
		run: () => ask('export')
	},
	{ label: m.exchange_records_menu(), icon: History, run: () => ask('records') }
];
