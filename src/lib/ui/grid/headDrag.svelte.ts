/** Dragging column heads: by their edge to resize, by their title to another place. */
import { clampWidth, columnAt, leftOf, type ColumnLayout } from './columnLayout.ts';
import { createEdgeScroll, type EdgeScroll } from './edgeScroll.ts';

export interface HeadDragHost {
	viewport(): HTMLElement | undefined;
	layout(): ColumnLayout;
	columnOf(columnId: string): number;
	canMove(): boolean;
	resize(columnId: string, widthPx: number): void;
	/** Into the gap before the shown column `gap`. */
	move(columnId: string, gap: number): void;
}

type Drag =
	| {
			readonly kind: 'width';
			readonly id: string;
			readonly startX: number;
			readonly startPx: number;
	  }
	| { readonly kind: 'press'; readonly id: string; readonly startX: number }
	| { readonly kind: 'move'; readonly id: string; readonly gap: number };

const DRAG_STARTS_PX = 5;

export function createHeadDrag(host: HeadDragHost) {
	let drag = $state.raw<Drag | null>(null);
	let edge: EdgeScroll | null = null;
	let at = { x: 0, y: 0 };

	function follow(): void {
		const viewport = host.viewport();
		if (drag?.kind !== 'move' || !viewport) return;
		const layout = host.layout();
		const x = Math.max(0, at.x - viewport.getBoundingClientRect().left);
		const column = columnAt(x, viewport.scrollLeft, layout);
		const middle =
			leftOf(column, viewport.scrollLeft, layout) -
			viewport.scrollLeft +
			(layout.widths[column] ?? 0) / 2;
		drag = { ...drag, gap: x > middle ? column + 1 : column };
	}

	function lift(event: PointerEvent, id: string): void {
		const viewport = host.viewport();
		if (!viewport || !(event.currentTarget instanceof HTMLElement)) return;
		// Captured late: a plain press must stay a click of its button.
		event.currentTarget.setPointerCapture(event.pointerId);
		drag = { kind: 'move', id, gap: host.columnOf(id) };
		edge = createEdgeScroll(
			viewport,
			// Only sideways.
			{ top: -10_000, left: host.layout().coveredPx },
			follow
		);
	}

	return {
		get moving() {
			return drag?.kind === 'move' ? drag.id : null;
		},
		/** The gap a dragged column would drop into. */
		get gap() {
			return drag?.kind === 'move' ? drag.gap : null;
		},
		down(event: PointerEvent): void {
			const { target, currentTarget } = event;
			if (event.button !== 0 || !(target instanceof Element)) return;
			const id = target.closest<HTMLElement>('[data-head]')?.dataset.head;
			if (id === undefined || target.closest('[data-head-menu]')) return;
			if (target.closest('[data-resizer]') && currentTarget instanceof HTMLElement) {
				event.preventDefault();
				currentTarget.setPointerCapture(event.pointerId);
				const startPx = host.layout().widths[host.columnOf(id)] ?? 0;
				drag = { kind: 'width', id, startX: event.clientX, startPx };
			} else if (host.canMove() && event.pointerType !== 'touch')
				drag = { kind: 'press', id, startX: event.clientX };
		},
		move(event: PointerEvent): void {
			at = { x: event.clientX, y: event.clientY };
			if (drag?.kind === 'width')
				host.resize(drag.id, clampWidth(drag.startPx + event.clientX - drag.startX));
			else if (drag?.kind === 'press') {
				if (Math.abs(event.clientX - drag.startX) > DRAG_STARTS_PX) lift(event, drag.id);
			} else if (drag?.kind === 'move') {
				edge?.update(event.clientX, event.clientY);
				follow();
			}
		},
		end(event: PointerEvent): void {
			const done = drag;
			drag = null;
			edge?.stop();
			if (event.type === 'pointerup' && done?.kind === 'move') host.move(done.id, done.gap);
		}
	};
}
