/** What can be done to a column: the menu of its head, which also opens from the menu of a cell. */
import ArrowDownAZ from 'lucide-svelte/icons/arrow-down-a-z';
import ArrowDownZA from 'lucide-svelte/icons/arrow-down-z-a';
import ArrowLeft from 'lucide-svelte/icons/arrow-left';
import ArrowRight from 'lucide-svelte/icons/arrow-right';
import EyeOff from 'lucide-svelte/icons/eye-off';
import Funnel from 'lucide-svelte/icons/funnel';
import Group from 'lucide-svelte/icons/group';
import MoveHorizontal from 'lucide-svelte/icons/move-horizontal';
import Pin from 'lucide-svelte/icons/pin';
import PinOff from 'lucide-svelte/icons/pin-off';
import { m } from '$lib/paraglide/messages.js';
import type { MenuItem } from '../menuItem.ts';
import type { Box } from '../placePopover.ts';
import { hideColumns, moveColumn, pinColumn, pushColumn, type GridLayout } from './gridLayout.ts';
import { joinGroups } from './gridMenu.ts';
import { nextSort, withLevel } from './gridSort.ts';
import type { GridProps, GridSort } from './gridTypes.ts';

type Wishes = Pick<
	GridProps<unknown>,
	'onLayout' | 'onSort' | 'onGroupBy' | 'onFilterColumn' | 'groupedBy'
>;

export interface ColumnCommandsHost {
	wishes(): Wishes;
	order(): GridLayout;
	sort(): readonly GridSort[];
	resize(columnId: string, byPx: number): void;
	fitWidth(columnId: string): void;
	selectColumn(columnId: string): void;
}

export type ColumnCommands = ReturnType<typeof createColumnCommands>;

export function createColumnCommands(host: ColumnCommandsHost) {
	const lay = (next: GridLayout | null) => {
		if (next) host.wishes().onLayout?.(next);
	};
	const sorted = (next: readonly GridSort[]) => host.wishes().onSort?.(next);
	return {
		press: (id: string, add: boolean) => sorted(nextSort(host.sort(), id, add)),
		sort: (level: GridSort, add: boolean) => sorted(withLevel(host.sort(), level, add)),
		unsort: () => sorted([]),
		move: (id: string, gap: number) => lay(moveColumn(host.order(), id, gap)),
		push: (id: string, by: -1 | 1) => lay(pushColumn(host.order(), id, by)),
		hide: (id: string) => lay(hideColumns(host.order(), [id])),
		pin: (id: string, pins: boolean) => lay(pinColumn(host.order(), id, pins)),
		group: (id: string | null) => host.wishes().onGroupBy?.(id),
		filter: (id: string, anchor: Box) => host.wishes().onFilterColumn?.(id, anchor),
		select: host.selectColumn,
		fit: host.fitWidth,
		widen: host.resize
	};
}

interface Column {
	readonly id: string;
	readonly sortable?: boolean;
	readonly groupable?: boolean;
	readonly filterable?: boolean;
}

export interface ColumnMenuState {
	readonly column: Column;
	readonly wishes: Wishes;
	readonly sort: readonly GridSort[];
	readonly order: GridLayout;
	/** Beside which a filter opens. */
	readonly anchor: Box;
}

const WIDTH_STEP_PX = 40;

export function columnMenu(commands: ColumnCommands, state: ColumnMenuState): MenuItem[] {
	const { column, wishes, anchor } = state;
	const { id } = column;
	const grouped = wishes.groupedBy === id;
	return joinGroups([
		wishes.onSort ? sortItems(commands, state) : [],
		[
			wishes.onFilterColumn !== undefined &&
				column.filterable !== false && {
					label: m.ui_grid_filter_column(),
					icon: Funnel,
					run: () => commands.filter(id, anchor)
				},
			wishes.onGroupBy !== undefined &&
				(grouped || column.groupable !== false) && {
					label: grouped ? m.ui_grid_ungroup() : m.ui_grid_group(),
					icon: Group,
					run: () => commands.group(grouped ? null : id)
				}
		],
		wishes.onLayout ? placeItems(commands, state) : [],
		[
			{ label: m.ui_grid_select_column(), keys: 'Ctrl+Space', run: () => commands.select(id) },
			{ label: m.ui_grid_fit_width(), icon: MoveHorizontal, run: () => commands.fit(id) },
			{ label: m.ui_grid_widen(), run: () => commands.widen(id, WIDTH_STEP_PX) },
			{ label: m.ui_grid_narrow(), run: () => commands.widen(id, -WIDTH_STEP_PX) }
		]
	]);
}

function sortItems(commands: ColumnCommands, { column, sort }: ColumnMenuState) {
	const { id: columnId } = column;
	const others = sort.some((level) => level.columnId !== columnId);
	const by = (descending: boolean, add: boolean) => () =>
		commands.sort({ columnId, descending }, add);
	const sortable = column.sortable === true;
	return [
		sortable && { label: m.ui_grid_sort_ascending(), icon: ArrowDownAZ, run: by(false, false) },
		sortable && { label: m.ui_grid_sort_descending(), icon: ArrowDownZA, run: by(true, false) },
		sortable && others && { label: m.ui_grid_then_ascending(), run: by(false, true) },
		sortable && others && { label: m.ui_grid_then_descending(), run: by(true, true) },
		sort.length > 0 && { label: m.ui_grid_sort_none(), run: commands.unsort }
	];
}

function placeItems(commands: ColumnCommands, { column: { id }, order }: ColumnMenuState) {
	const pinned = order.pinned.includes(id);
	return [
		{
			label: pinned ? m.ui_grid_unpin() : m.ui_grid_pin(),
			icon: pinned ? PinOff : Pin,
			run: () => commands.pin(id, !pinned)
		},
		pushColumn(order, id, -1) !== null && {
			label: m.ui_grid_column_left(),
			icon: ArrowLeft,
			keys: 'Alt+Shift+←',
			run: () => commands.push(id, -1)
		},
		pushColumn(order, id, 1) !== null && {
			label: m.ui_grid_column_right(),
			icon: ArrowRight,
			keys: 'Alt+Shift+→',
			run: () => commands.push(id, 1)
		},
		hideColumns(order, [id]) !== null && {
			label: m.ui_grid_hide(),
			icon: EyeOff,
			run: () => commands.hide(id)
		}
	];
}
