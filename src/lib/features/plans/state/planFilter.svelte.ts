// Which tasks of the plan are on the screen. What does not apply is hidden unless asked for.

import { statusOf } from '../model/dueDates.ts';
import type { Task } from '../model/plan.ts';
import { planOutline, tasksIn } from '../model/planOutline.ts';
import type { PlanView } from './planView.svelte.ts';

const isWaived = (task: Task): boolean => statusOf(task) === '不适用';

export class PlanFilter {
	mine = $state(false);
	overdue = $state(false);
	/** Shows what does not apply, too. */
	waived = $state(false);
	readonly #plan: PlanView;
	readonly mineCount = $derived.by(() =>
		this.#count((task) => !isWaived(task) && this.#plan.isMine(task))
	);
	readonly overdueCount = $derived.by(() => this.#count((task) => this.#plan.isOverdue(task)));
	readonly waivedCount = $derived.by(() => this.#count(isWaived));
	readonly outline = $derived.by(() =>
		planOutline(
			this.#plan.sections,
			this.#plan.shown.filter((task) => this.#passes(task)),
			this.#plan.isOverdue
		)
	);
	/** In the order of the outline. */
	readonly tasks = $derived(tasksIn(this.outline));

	constructor(plan: PlanView) {
		this.#plan = plan;
	}

	#count(matches: (task: Task) => boolean): number {
		return this.#plan.shown.filter(matches).length;
	}

	#passes(task: Task): boolean {
		if (isWaived(task) && !this.waived) return false;
		if (this.mine && !this.#plan.isMine(task)) return false;
		return !this.overdue || this.#plan.isOverdue(task);
	}
}
