/**
 * Mouse, pen and finger over a grid, heard at its edge: press and drag select, a double click edits,
 * the grip moves rows, the second tap of a finger edits (the first selects, a drag scrolls).
 */
import type { Box } from '../placePopover.ts';
import { columnAt, type ColumnLayout } from './columnLayout.ts';
import { createEdgeScroll, type EdgeScroll } from './edgeScroll.ts';
import { fillTo, type Fill } from './fillSeries.ts';
import type { GridCursor } from './gridCursor.svelte.ts';
import type { CellRange } from './gridTypes.ts';

export interface GridPointerHost {
	readonly cursor: GridCursor;
	viewport(): HTMLElement | undefined;
	headPx(): number;
	layout(): ColumnLayout;
	/** The row at this distance from the top of the scrolled content; -1 when there is none. */
	rowAt(offsetPx: number): number;
	rowBox(row: number): { readonly start: number; readonly size: number } | undefined;
	canMove(): boolean;
	/** The handle at the corner of the selection was let go over other cells. */
	fill(range: CellRange, fill: Fill): void;
	/** The mark of a tick was pressed. */
	toggle(): void;
	toggleGroup(key: string): void;
	/** A drag by the grip began while rows cannot be moved. */
	refuseMove(): void;
	drop(top: number, bottom: number, gap: number): void;
	focus(): void;
	edit(): void;
	openRow(): void;
	openMenu(at: Box): void;
}

type Hit = { readonly row: number; readonly column: number | null; readonly grip: boolean };
type Drag =
	| { readonly kind: 'cells' | 'rows'; readonly pointer: number }
	| {
			readonly kind: 'move';
			readonly pointer: number;
			readonly top: number;
			readonly bottom: number;
			readonly gap: number;
	  }
	| {
			readonly kind: 'fill';
			readonly pointer: number;
			readonly from: CellRange;
			readonly fill: Fill | null;
	  };

const DRAG_STARTS_PX = 4;

function hitOf(target: EventTarget | null): Hit | null {
	if (!(target instanceof Element) || target.closest('[data-own-editor]')) return null;
	const row = target.closest<HTMLElement>('[data-index]');
	const cell = target.closest<HTMLElement>('[data-column], [data-rowheader]');
	if (!row || !cell) return null;
	const column = cell.dataset.column === undefined ? null : Number(cell.dataset.column);
	return { row: Number(row.dataset.index), column, grip: target.closest('[data-grip]') !== null };
}

const isIn = (target: EventTarget | null, selector: string): boolean =>
	target instanceof Element && target.closest(selector) !== null;

export function createGridPointer(host: GridPointerHost) {
	const { cursor } = host;
	let touched = $state(false);
	let drag = $state.raw<Drag | null>(null);
	let at = { x: 0, y: 0 };
	let edge: EdgeScroll | null = null;
	let refused = false;

	function press(hit: Hit, extend: boolean): void {
		if (hit.column === null) cursor.step({ kind: 'rowHeader', row: hit.row, extend });
		else cursor.step({ kind: 'cell', at: { row: hit.row, column: hit.column }, extend });
	}

	function start(event: PointerEvent, next: Drag): void {
		const viewport = host.viewport();
		if (!viewport) return;
		drag = next;
		at = { x: event.clientX, y: event.clientY };
		edge = createEdgeScroll(
			viewport,
			{ top: host.headPx(), left: host.layout().coveredPx },
			follow
		);
	}

	function startMove(event: PointerEvent, row: number): void {
		const { selection, range } = cursor;
		const inside = selection?.whole === 'rows' && range && row >= range.top && row <= range.bottom;
		if (!inside) cursor.step({ kind: 'rowHeader', row, extend: false });
		if (!cursor.range) return;
		const { top, bottom } = cursor.range;
		start(event, { kind: 'move', pointer: event.pointerId, top, bottom, gap: top });
	}

	/** Brings the drag up to date with where the pointer is, or with what was scrolled under it. */
	function follow(): void {
		const viewport = host.viewport();
		if (!viewport || !drag) return;
		const box = viewport.getBoundingClientRect();
		const lowest = box.top + viewport.clientHeight - 2;
		const y = Math.max(box.top + host.headPx() + 1, Math.min(at.y, lowest));
		const offset = y - box.top + viewport.scrollTop;
		const row = host.rowAt(offset);
		if (row < 0) return;
		const column = columnAt(Math.max(0, at.x - box.left), viewport.scrollLeft, host.layout());
		if (drag.kind === 'fill') {
			drag = { ...drag, fill: fillTo(drag.from, { row, column }) };
		} else if (drag.kind === 'move') {
			const shown = host.rowBox(row);
			const lowerHalf = shown !== undefined && offset > shown.start + shown.size / 2;
			drag = { ...drag, gap: lowerHalf ? row + 1 : row };
		} else if (drag.kind === 'rows') {
			cursor.step({ kind: 'rowHeader', row, extend: true }, false);
		} else {
			cursor.step({ kind: 'cell', at: { row, column }, extend: true }, false);
		}
	}

	function end(event: PointerEvent): void {
		if (drag?.pointer !== event.pointerId) return;
		const done = drag;
		edge?.stop();
		drag = null;
		if (event.type !== 'pointerup') return;
		if (done.kind === 'move') host.drop(done.top, done.bottom, done.gap);
		else if (done.kind === 'fill' && done.fill) host.fill(done.from, done.fill);
	}

	return {
		/** The last press was a finger's. */
		get touched() {
			return touched;
		},
		/** The gap that dragged rows would drop into. */
		get gap() {
			return drag?.kind === 'move' ? drag.gap : null;
		},
		/** The cells that the handle is dragged over. */
		get filling() {
			return drag?.kind === 'fill' ? (drag.fill?.range ?? null) : null;
		},
		down(event: PointerEvent) {
			if (isIn(event.target, '[data-fill]') && event.button === 0) {
				const from = cursor.range;
				if (from) start(event, { kind: 'fill', pointer: event.pointerId, from, fill: null });
				return;
			}
			const hit = hitOf(event.target);
			if (!hit || event.button !== 0) return;
			touched = event.pointerType === 'touch';
			refused = hit.grip && !host.canMove();
			if (hit.grip && host.canMove()) startMove(event, hit.row);
			else if (!touched) {
				press(hit, event.shiftKey);
				start(event, {
					kind: hit.column === null ? 'rows' : 'cells',
					pointer: event.pointerId
				});
			}
		},
		move(event: PointerEvent) {
			if (drag?.pointer !== event.pointerId) return;
			const viewport = host.viewport();
			if (!viewport?.hasPointerCapture(event.pointerId)) {
				// Captured late: a plain press must stay a click and a double click of its cell.
				if (Math.hypot(event.clientX - at.x, event.clientY - at.y) <= DRAG_STARTS_PX) return;
				viewport?.setPointerCapture(event.pointerId);
				if (refused) host.refuseMove();
			}
			at = { x: event.clientX, y: event.clientY };
			edge?.update(event.clientX, event.clientY);
			follow();
		},
		end,
		mouseDown(event: MouseEvent) {
			const { target } = event;
			if (target instanceof Element && target.closest('[data-own-editor], [data-entry]')) return;
			// Or the cell would take the focus from the proxy.
			event.preventDefault();
			const ours = hitOf(target) ?? isIn(target, '[data-group], [data-head], [data-fill]');
			if (ours && !touched) host.focus();
		},
		click(event: MouseEvent) {
			const group = event.target instanceof Element && event.target.closest('[data-group]');
			if (group instanceof HTMLElement) return host.toggleGroup(group.dataset.group ?? '');
			const hit = hitOf(event.target);
			if (!hit || isIn(event.target, 'a')) return;
			if (isIn(event.target, '[data-check]') && !event.shiftKey) {
				if (touched) press(hit, false);
				return host.toggle();
			}
			if (!touched) return;
			const { selection } = cursor;
			const again =
				selection?.whole === 'cells' &&
				selection.focus.row === hit.row &&
				selection.focus.column === hit.column;
			press(hit, false);
			host.focus();
			if (again) host.edit();
		},
		doubleClick(event: MouseEvent) {
			const hit = hitOf(event.target);
			if (!hit || touched || isIn(event.target, 'a, [data-check]')) return;
			if (hit.column === null) host.openRow();
			else host.edit();
		},
		contextMenu(event: MouseEvent) {
			const hit = hitOf(event.target);
			if (!hit) return;
			event.preventDefault();
			const { range } = cursor;
			const inside =
				range &&
				hit.row >= range.top &&
				hit.row <= range.bottom &&
				(hit.column === null || (hit.column >= range.left && hit.column <= range.right));
			if (!inside) press(hit, false);
			host.focus();
			const { clientX: x, clientY: y } = event;
			host.openMenu({ left: x, right: x, top: y, bottom: y });
		}
	};
}
