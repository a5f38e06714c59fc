/** A change of committee while it is planned and carried out. The plan outlives a reload. */
import type { MemberId } from '$lib/base/ids.ts';
import type {
	Administration,
	AdministrationFault,
	RosterPerson
} from '$lib/core/roster/administration.ts';
import { observed, type Observed } from '$lib/state/observed.svelte.ts';
import type { StoredChoice } from '$lib/state/storedChoice.ts';
import {
	actKey,
	choiceOf,
	choicesToText,
	handoverActs,
	nextSecretaries,
	parseChoices,
	type HandoverAct,
	type HandoverChoice
} from '../model/handover.ts';
import { carryOut, type OpenItemSource, type Reassignment } from '../model/openItems.ts';

type Acts = Pick<Administration, 'people' | 'setRole' | 'removeMember'>;

export type HandoverState =
	| { readonly kind: 'planning' }
	| { readonly kind: 'running'; readonly act: HandoverAct | 'reassign' }
	| {
			readonly kind: 'stopped';
			readonly act: HandoverAct | 'reassign';
			readonly fault: AdministrationFault | 'failed';
	  }
	| { readonly kind: 'done' };

/** Kept in place of a plan until it has been said that it is carried out. */
const DONE = 'done';

export class Handover {
	readonly #administration: Acts;
	readonly #self: MemberId;
	readonly #stored: StoredChoice;
	readonly #people: Observed<readonly RosterPerson[]>;
	#choices = $state.raw<ReadonlyMap<MemberId, HandoverChoice>>(new Map());
	/** Of each who leaves, what goes to whom. */
	#reassignments = $state.raw<ReadonlyMap<MemberId, Reassignment>>(new Map());
	#done = $state.raw<readonly HandoverAct[]>([]);
	state = $state.raw<HandoverState>({ kind: 'planning' });

	constructor(administration: Acts, self: MemberId, stored: StoredChoice) {
		this.#administration = administration;
		this.#self = self;
		this.#stored = stored;
		this.#people = observed(administration.people);
		const kept = stored.read();
		if (kept === DONE) this.#settle();
		else this.#choices = parseChoices(kept);
	}

	/** Those who are in now. */
	get people(): RosterPerson[] {
		return this.#people.current.filter(({ active }) => active);
	}

	choiceOf(person: RosterPerson): HandoverChoice {
		return choiceOf(person, this.#choices);
	}

	choose(person: RosterPerson, change: Partial<HandoverChoice>): void {
		const choice = { ...this.choiceOf(person), ...change };
		this.#choices = new Map(this.#choices).set(person.member, choice);
		this.#stored.write(choicesToText(this.#choices));
		if (this.state.kind !== 'running') this.state = { kind: 'planning' };
	}

	get leaving(): RosterPerson[] {
		return this.people.filter((person) => !this.choiceOf(person).stays);
	}

	get secretaries(): RosterPerson[] {
		return nextSecretaries(this.people, this.#choices);
	}

	get acts(): HandoverAct[] {
		return handoverActs(this.#people.current, this.#choices, this.#self);
	}

	/** It was seen that all is done; the next visit begins anew. */
	forget(): void {
		this.#stored.write(null);
	}

	/** Carried out since the page was opened. */
	get done(): readonly HandoverAct[] {
		return this.#done;
	}

	reassignmentOf(member: MemberId): Reassignment {
		return this.#reassignments.get(member) ?? new Map();
	}

	setReassignment(member: MemberId, wanted: Reassignment): void {
		this.#reassignments = new Map(this.#reassignments).set(member, wanted);
	}

	/** What is left, in order; stops at the first act that fails and can be called again. */
	async run(items: OpenItemSource | undefined): Promise<void> {
		if (this.state.kind === 'running' || this.secretaries.length === 0) return;
		if (!(await this.#reassign(items))) return;
		const tried = new Set<string>();
		for (;;) {
			const [act] = this.acts;
			if (!act) break;
			// The roster may have changed under the plan: never on without a secretary to come.
			if (this.secretaries.length === 0) return this.#pause({ kind: 'planning' });
			if (tried.has(actKey(act))) return this.#pause({ kind: 'stopped', act, fault: 'failed' });
			tried.add(actKey(act));
			if (!(await this.#perform(act))) return;
		}
		// Giving up one's own office opens the workspace anew, and with it this page.
		this.#stored.write(DONE);
		this.state = { kind: 'done' };
	}

	#settle(): void {
		this.state = { kind: 'done' };
		this.#stored.write(null);
	}

	#pause(state: HandoverState): void {
		this.state = state;
	}

	async #reassign(items: OpenItemSource | undefined): Promise<boolean> {
		this.state = { kind: 'running', act: 'reassign' };
		try {
			for (const { member } of this.leaving) {
				if (items) await carryOut(items, member, this.reassignmentOf(member));
				this.setReassignment(member, new Map());
			}
			return true;
		} catch {
			this.state = { kind: 'stopped', act: 'reassign', fault: 'failed' };
			return false;
		}
	}

	async #perform(act: HandoverAct): Promise<boolean> {
		this.state = { kind: 'running', act };
		const result = await (act.kind === 'role'
			? this.#administration.setRole(act.member, act.role, act.restricted)
			: this.#administration.removeMember(act.member));
		if (result.ok) this.#done = [...this.#done, act];
		else this.state = { kind: 'stopped', act, fault: result.error };
		return result.ok;
	}
}
