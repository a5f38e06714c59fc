/** What the menu of a cell offers. Everything in it can also be done with one hand on a phone. */
import ArrowDown from 'lucide-svelte/icons/arrow-down';
import ArrowDownAZ from 'lucide-svelte/icons/arrow-down-a-z';
import ArrowDownZA from 'lucide-svelte/icons/arrow-down-z-a';
import ArrowUp from 'lucide-svelte/icons/arrow-up';
import Copy from 'lucide-svelte/icons/copy';
import PanelRightOpen from 'lucide-svelte/icons/panel-right-open';
import Pencil from 'lucide-svelte/icons/pencil';
import Plus from 'lucide-svelte/icons/plus';
import Scissors from 'lucide-svelte/icons/scissors';
import Trash2 from 'lucide-svelte/icons/trash-2';
import { m } from '$lib/paraglide/messages.js';
import type { MenuItem } from '../menuItem.ts';
import type { GridSort } from './gridTypes.ts';

export interface GridCommands {
	edit(): void;
	copy(): void;
	cut(): void;
	clear(): void;
	fillDown(): void;
	openRow(): void;
	addRow(): void;
	push(direction: -1 | 1): void;
	deleteRows(): void;
	sort(sort: GridSort | null): void;
	widen(columnId: string, byPx: number): void;
}

export interface GridMenuState {
	/** Selected rows. */
	readonly rows: number;
	readonly editable: boolean;
	readonly lockedCell: boolean;
	readonly canAdd: boolean;
	readonly canOpen: boolean;
	readonly canMove: boolean;
	readonly canDelete: boolean;
	/** The active cell's column, where the grid can be sorted. */
	readonly column: { readonly id: string; readonly sortable?: boolean } | undefined;
	readonly sort: GridSort | null;
}

const WIDTH_STEP_PX = 40;

export function gridMenu(commands: GridCommands, state: GridMenuState): MenuItem[] {
	const { column, editable } = state;
	const groups: (MenuItem | false | undefined)[][] = [
		[
			state.canOpen && { label: m.ui_grid_open_row(), icon: PanelRightOpen, run: commands.openRow },
			!state.lockedCell && {
				label: m.ui_grid_edit(),
				icon: Pencil,
				keys: 'Enter',
				run: commands.edit
			}
		],
		[
			{ label: m.ui_grid_copy(), icon: Copy, keys: 'Ctrl+C', run: commands.copy },
			editable && { label: m.ui_grid_cut(), icon: Scissors, keys: 'Ctrl+X', run: commands.cut },
			editable && { label: m.ui_grid_clear(), keys: 'Delete', run: commands.clear },
			editable &&
				state.rows > 1 && {
					label: m.ui_grid_fill_down(),
					keys: 'Ctrl+D',
					run: commands.fillDown
				}
		],
		[
			editable &&
				state.canAdd && {
					label: m.ui_grid_add_row(),
					icon: Plus,
					keys: 'Ctrl+Enter',
					run: commands.addRow
				},
			...(editable && state.canMove
				? [
						{
							label: m.ui_grid_move_up(),
							icon: ArrowUp,
							keys: 'Alt+↑',
							run: () => commands.push(-1)
						},
						{
							label: m.ui_grid_move_down(),
							icon: ArrowDown,
							keys: 'Alt+↓',
							run: () => commands.push(1)
						}
					]
				: []),
			editable &&
				state.canDelete && {
					label: m.ui_grid_delete_rows({ count: state.rows }),
					icon: Trash2,
					danger: true,
					run: commands.deleteRows
				}
		],
		column ? columnItems(commands, column, state.sort) : []
	];
	const filled = groups.map((group) => group.filter((item) => !!item));
	return filled
		.filter((group) => group.length > 0)
		.flatMap((group, g) => group.map((item, i) => ({ ...item, divided: g > 0 && i === 0 })));
}

function columnItems(
	commands: GridCommands,
	column: { readonly id: string; readonly sortable?: boolean },
	sort: GridSort | null
): (MenuItem | false)[] {
	const by = (descending: boolean) => () => commands.sort({ columnId: column.id, descending });
	return [
		column.sortable === true && {
			label: m.ui_grid_sort_ascending(),
			icon: ArrowDownAZ,
			run: by(false)
		},
		column.sortable === true && {
			label: m.ui_grid_sort_descending(),
			icon: ArrowDownZA,
			run: by(true)
		},
		sort !== null && { label: m.ui_grid_sort_none(), run: () => commands.sort(null) },
		{ label: m.ui_grid_widen(), run: () => commands.widen(column.id, WIDTH_STEP_PX) },
		{ label: m.ui_grid_narrow(), run: () => commands.widen(column.id, -WIDTH_STEP_PX) }
	];
}
