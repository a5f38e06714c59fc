/**
 * Short words about what just happened, with one way to take it back. One queue for the page:
 * `toasts.show({ text, action })`; ToastRegion, mounted once in the shell, shows them.
 */
import type { Tone } from './tone.ts';

export interface ToastAction {
	readonly label: string;
	readonly run: () => void;
}
export interface ToastOptions {
	readonly text: string;
	readonly tone?: Tone;
	readonly action?: ToastAction;
	/** Null: stays until dismissed. */
	readonly durationMs?: number | null;
	/** A newer toast with the same key takes the older one's place. */
	readonly key?: string;
}
export interface Toast extends ToastOptions {
	readonly id: number;
}

const READING_MS = 5_000;
/** Someone who wants to undo needs longer than someone who only reads. */
const ACTING_MS = 10_000;
const MOST_AT_ONCE = 3;

export function createToasts() {
	/** What is true; `shown` follows it. An effect's teardown reads state as it was before. */
	let list: readonly Toast[] = [];
	let shown = $state.raw<readonly Toast[]>([]);
	let nextId = 1;
	const timers = new Map<number, ReturnType<typeof setTimeout>>();

	function put(next: readonly Toast[]): void {
		list = next;
		shown = next;
	}

	function dismiss(id: number): void {
		clearTimeout(timers.get(id));
		timers.delete(id);
		put(list.filter((toast) => toast.id !== id));
	}

	function arm(toast: Toast): void {
		const durationMs = toast.durationMs ?? (toast.action ? ACTING_MS : READING_MS);
		if (toast.durationMs === null) return;
		clearTimeout(timers.get(toast.id));
		timers.set(
			toast.id,
			setTimeout(() => dismiss(toast.id), durationMs)
		);
	}

	return {
		get list() {
			return shown;
		},
		show(options: ToastOptions): number {
			const toast: Toast = { ...options, id: nextId++ };
			for (const old of list) if (toast.key !== undefined && old.key === toast.key) dismiss(old.id);
			put([...list, toast]);
			for (const old of list.slice(0, -MOST_AT_ONCE)) dismiss(old.id);
			arm(toast);
			return toast.id;
		},
		dismiss,
		/** While it is pointed at or has the focus nothing vanishes. */
		hold() {
			for (const timer of timers.values()) clearTimeout(timer);
		},
		release() {
			for (const toast of list) arm(toast);
		}
	};
}

export const toasts = createToasts();
