/** What the menu of a cell offers. Everything in it can also be done with one hand on a phone. */
import ArrowDown from 'lucide-svelte/icons/arrow-down';
import ArrowUp from 'lucide-svelte/icons/arrow-up';
import Columns3 from 'lucide-svelte/icons/columns-3';
import Copy from 'lucide-svelte/icons/copy';
import ExternalLink from 'lucide-svelte/icons/external-link';
import PanelRightOpen from 'lucide-svelte/icons/panel-right-open';
import Pencil from 'lucide-svelte/icons/pencil';
import Plus from 'lucide-svelte/icons/plus';
import Rows3 from 'lucide-svelte/icons/rows-3';
import Scissors from 'lucide-svelte/icons/scissors';
import Search from 'lucide-svelte/icons/search';
import Trash2 from 'lucide-svelte/icons/trash-2';
import { m } from '$lib/paraglide/messages.js';
import type { MenuItem } from '../menuItem.ts';
import type { GridCommands } from './gridCommands.ts';

export interface GridMenuState {
	/** Selected rows and columns. */
	readonly rows: number;
	readonly columns: number;
	/** Rows are selected as such: Delete then takes them away instead of emptying their cells. */
	readonly deletesRows: boolean;
	readonly editable: boolean;
	readonly lockedCell: boolean;
	readonly canAdd: boolean;
	readonly canOpen: boolean;
	readonly canMove: boolean;
	readonly canDelete: boolean;
	readonly canFind: boolean;
	/** The active cell's value can go into all selected rows. */
	readonly canApply: boolean;
	/** The active cell's address can be opened. */
	readonly canFollow: boolean;
	readonly openColumnMenu: () => void;
}

type Group = readonly (MenuItem | false | undefined)[];

/** Groups with a line between them, without what is not offered. */
export function joinGroups(groups: readonly Group[]): MenuItem[] {
	return groups
		.map((group) => group.filter((item) => !!item))
		.filter((group) => group.length > 0)
		.flatMap((group, g) => group.map((item, i) => ({ ...item, divided: g > 0 && i === 0 })));
}

export function gridMenu(commands: GridCommands, state: GridMenuState): MenuItem[] {
	return joinGroups([
		openItems(commands, state),
		blockItems(commands, state),
		rowItems(commands, state),
		[
			state.canFind && {
				label: m.ui_grid_find(),
				icon: Search,
				keys: 'Ctrl+F',
				run: () => commands.find(false)
			},
			{ label: m.ui_grid_column_menu(), icon: Columns3, run: state.openColumnMenu }
		]
	]);
}

const openItems = (commands: GridCommands, state: GridMenuState): Group => [
	state.canOpen && { label: m.ui_grid_open_row(), icon: PanelRightOpen, run: commands.openRow },
	state.canFollow && {
		label: m.ui_grid_open_link(),
		icon: ExternalLink,
		keys: 'Alt+Enter',
		run: commands.openLink
	},
	!state.lockedCell && {
		label: m.ui_grid_edit(),
		icon: Pencil,
		keys: 'Enter',
		run: () => commands.edit()
	}
];

const blockItems = (
	commands: GridCommands,
	{ editable, rows, columns, canApply, deletesRows }: GridMenuState
): Group => [
	{ label: m.ui_grid_copy(), icon: Copy, keys: 'Ctrl+C', run: commands.copy },
	editable && { label: m.ui_grid_cut(), icon: Scissors, keys: 'Ctrl+X', run: commands.cut },
	editable && {
		label: m.ui_grid_clear(),
		...(!deletesRows && { keys: 'Delete' }),
		run: commands.clear
	},
	editable && rows > 1 && { label: m.ui_grid_fill_down(), keys: 'Ctrl+D', run: commands.fillDown },
	editable &&
		columns > 1 && { label: m.ui_grid_fill_right(), keys: 'Ctrl+R', run: commands.fillRight },
	editable &&
		rows > 1 &&
		canApply && { label: m.ui_grid_apply_rows(), icon: Rows3, run: commands.applyToRows }
];

const rowItems = (commands: GridCommands, state: GridMenuState): Group => {
	const { editable, canMove } = state;
	return [
		editable &&
			state.canAdd && {
				label: m.ui_grid_add_row(),
				icon: Plus,
				keys: 'Ctrl+Enter',
				run: () => commands.addRow()
			},
		editable &&
			canMove && {
				label: m.ui_grid_move_up(),
				icon: ArrowUp,
				keys: 'Alt+↑',
				run: () => commands.push(-1)
			},
		editable &&
			canMove && {
				label: m.ui_grid_move_down(),
				icon: ArrowDown,
				keys: 'Alt+↓',
				run: () => commands.push(1)
			},
		editable &&
			state.canDelete && {
				label: m.ui_grid_delete_rows({ count: state.rows }),
				icon: Trash2,
				...(state.deletesRows && { keys: 'Delete' }),
				danger: true,
				run: commands.deleteRows
			}
	];
};
