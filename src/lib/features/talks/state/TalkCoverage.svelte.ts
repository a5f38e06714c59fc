/**
 * One campaign's coverage as the screens see it, kept up with the branch document and the register, and
 * what people may do to it. All writing of coverage goes through here or the model.
 */
import type * as Y from 'yjs';
import { newId } from '$lib/base/ids.ts';
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { Members } from '$lib/features/members/index.ts';
import { coverageOf, type Coverage, type CoverageItem } from '../model/coverage/coverage.ts';
import {
	addCampaign,
	campaignOfDay,
	editCampaign,
	readCampaigns,
	type CampaignEdit,
	type CampaignFields,
	type Campaigns,
	type TalkCampaign
} from '../model/coverage/talkCampaign.ts';
import {
	putAssignment,
	putWaiver,
	readAssignments,
	readWaivers,
	type Waiver
} from '../model/coverage/talkDuties.ts';
import {
	readTalkExports,
	recordTalkExport,
	type TalkExport
} from '../model/coverage/talkExports.ts';
import { talkLoads, type OpenTalk, type TalkLoad } from '../model/coverage/talkLoads.ts';
import { talkMatrix, type TalkMatrix } from '../model/coverage/talkMatrix.ts';
import { pairKindOf, talkPeople, type TalkPeople } from '../model/coverage/talkPeople.ts';
import type { RuleSet } from '../model/coverage/talkRules.ts';
import { dropStub, putStub, readStubs, type TalkStub } from '../model/coverage/talkStub.ts';

export interface TalkCoverageOptions {
	readonly doc: Y.Doc;
	readonly members: Pick<Members, 'all' | 'groups'>;
	/** Member id of whoever uses this device. */
	readonly self: string;
	readonly now: () => number;
	/** The campaign to show; null for the one at hand. */
	readonly wanted: () => string | null;
}

export interface CampaignView {
	readonly campaign: TalkCampaign;
	readonly people: TalkPeople;
	readonly coverage: Coverage;
	readonly loads: readonly TalkLoad[];
	readonly matrix: TalkMatrix;
	/** Of what is missing, by the item's id: whose business it is. */
	readonly open: ReadonlyMap<string, OpenTalk>;
}

export type NewCampaign = Pick<CampaignFields, 'title' | 'start' | 'end' | 'ruleSet'>;

const maps = [
	'talkStubs',
	'talkCampaigns',
	'talkWaivers',
	'talkAssignments',
	'talkExports'
] as const;

export class TalkCoverage {
	readonly #options: TalkCoverageOptions;
	readonly #stop: () => void;
	#stubs = $state.raw<readonly TalkStub[]>([]);
	#campaigns = $state.raw<Campaigns>({ list: [], unreadable: 0 });
	#exports = $state.raw<readonly TalkExport[]>([]);
	#duties = $state(0);
	#today = $state<Ymd>('');

	readonly #people = $derived.by(() => talkPeople(this.#options.members.all));
	readonly #campaign = $derived.by((): TalkCampaign | null => {
		const wanted = this.#options.wanted();
		return wanted === null
			? campaignOfDay(this.#campaigns.list, this.#today)
			: (this.#campaigns.list.find(({ id }) => id === wanted) ?? null);
	});
	readonly #view = $derived.by(() => (this.#campaign ? this.#viewOf(this.#campaign) : null));

	constructor(options: TalkCoverageOptions) {
		this.#options = options;
		this.refresh();
		const { doc } = options;
		const read: Record<(typeof maps)[number], () => void> = {
			talkStubs: () => (this.#stubs = readStubs(doc)),
			talkCampaigns: () => (this.#campaigns = readCampaigns(doc)),
			talkWaivers: () => (this.#duties += 1),
			talkAssignments: () => (this.#duties += 1),
			talkExports: () => (this.#exports = readTalkExports(doc))
		};
		for (const name of maps) {
			read[name]();
			doc.getMap(name).observe(read[name]);
		}
		this.#stop = () => maps.forEach((name) => doc.getMap(name).unobserve(read[name]));
	}

	/** Member id of whoever looks at it. */
	get self(): string {
		return this.#options.self;
	}
	get campaigns(): Campaigns {
		return this.#campaigns;
	}
	get exports(): readonly TalkExport[] {
		return this.#exports;
	}
	/** Null where there is no such campaign. */
	get view(): CampaignView | null {
		return this.#view;
	}
	/** The people there are now, whatever a campaign has kept. */
	get people(): TalkPeople {
		return this.#people;
	}
	get today(): Ymd {
		return this.#today;
	}
	get nowMs(): number {
		return this.#options.now();
	}

	/** It may be another day. */
	refresh(): void {
		this.#today = localYmd(this.#options.now());
	}

	destroy(): void {
		this.#stop();
	}

	/** How many talks such rules ask for, with the people there are now. */
	requiredBy({ rules }: RuleSet): number {
		const [waivers, assignments] = [new Map<string, never>(), new Map<string, never>()];
		const window = { start: '', end: '' };
		const input = { people: this.#people, rules, window, stubs: [], waivers, assignments };
		return coverageOf(input).total.required;
	}

	/** Null when it could not be made. */
	create(fields: NewCampaign): string | null {
		const id = newId();
		return addCampaign(this.#doc, { ...fields, id, ...this.#signed() }) ? id : null;
	}

	edit(campaign: TalkCampaign, edit: CampaignEdit): boolean {
		return editCampaign(this.#doc, campaign.id, edit);
	}

	end(campaign: TalkCampaign): void {
		const ended = { on: this.#today, by: this.#options.self, people: this.#people };
		this.edit(campaign, { ended });
	}

	/** Null takes it back. */
	waive(item: CoverageItem, waiver: Pick<Waiver, 'reason' | 'note'> | null): void {
		const full = waiver && { ...waiver, by: this.#options.self, on: this.#today };
		this.#onShown((campaign) => putWaiver(this.#doc, campaign, item.key, full));
	}

	/** Null opens them again. */
	assign(items: readonly CoverageItem[], talker: string | null): void {
		const assignment = talker === null ? null : { talker, ...this.#signed() };
		this.#doc.transact(() =>
			this.#onShown((campaign) => {
				for (const { key } of items) putAssignment(this.#doc, campaign, key, assignment);
			})
		);
	}

	acceptProposals(open: readonly OpenTalk[]): readonly OpenTalk[] {
		const proposed = open.filter(({ by }) => by === 'proposed');
		this.#doc.transact(() => {
			for (const { item, talker } of proposed) this.assign([item], talker);
		});
		return proposed;
	}

	/** From a record on paper. Null when it could not be noted. */
	register(talk: Pick<TalkStub, 'aId' | 'bId' | 'on' | 'signed'>): TalkStub | null {
		const pairKind = pairKindOf(this.#options.members.all, talk.aId, talk.bId);
		const stub: TalkStub = {
			...{ ...talk, id: newId(), pairKind, mode: 'single', basis: 'paper' },
			by: this.#options.self
		};
		return putStub(this.#doc, stub) ? stub : null;
	}

	replace(stub: TalkStub): void {
		putStub(this.#doc, stub);
	}

	drop({ id }: TalkStub): void {
		dropStub(this.#doc, id);
	}

	recordExport(what: TalkExport['what'], format: TalkExport['format'], rows: number): void {
		this.#onShown((campaign) =>
			recordTalkExport(this.#doc, { id: newId(), what, format, campaign, rows, ...this.#signed() })
		);
	}

	get #doc(): Y.Doc {
		return this.#options.doc;
	}

	#signed(): { by: string; at: string } {
		return { by: this.#options.self, at: new Date(this.#options.now()).toISOString() };
	}

	#onShown(act: (campaign: string) => unknown): void {
		if (this.#campaign) act(this.#campaign.id);
	}

	#viewOf(campaign: TalkCampaign): CampaignView {
		void this.#duties;
		const { doc, members } = this.#options;
		const people = campaign.ended?.people ?? this.#people;
		const coverage = coverageOf({
			...{ people, rules: campaign.ruleSet.rules, window: campaign, stubs: this.#stubs },
			waivers: readWaivers(doc, campaign.id),
			assignments: readAssignments(doc, campaign.id)
		});
		const loads = talkLoads(coverage.items, members.all);
		const open = new Map(loads.flatMap((load) => load.open.map((one) => [one.item.id, one])));
		const matrix = talkMatrix(coverage, people, members.all, members.groups);
		return { campaign, people, coverage, loads, matrix, open };
	}
}
