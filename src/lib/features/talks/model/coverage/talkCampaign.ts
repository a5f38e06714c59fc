/**
 * A drive in which certain talks are to be held within a window. Its fields lie one by one under
 * `<id> <field>`, so that a title and a date changed by two people at once are both kept.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import type { Ymd } from '$lib/base/typedDate.ts';
import { talkGroups, type TalkPeople } from './talkPeople.ts';
import { ruleSetShape, type RuleSet } from './talkRules.ts';
import { dayShape, idShape } from './talkStub.ts';

/** Ended: the people are those of that day, whoever comes or leaves later. */
export interface CampaignEnd {
	readonly on: Ymd;
	/** Member id. */
	readonly by: string;
	readonly people: TalkPeople;
}

export interface CampaignFields {
	readonly title: string;
	/** First and last day, both of them in. */
	readonly start: Ymd;
	readonly end: Ymd;
	readonly ruleSet: RuleSet;
	readonly trashed: boolean;
	readonly ended: CampaignEnd | null;
}
export type CampaignField = keyof CampaignFields;

export interface TalkCampaign extends CampaignFields {
	readonly id: string;
	/** Member id. */
	readonly by: string;
	/** ISO instant by the clock of the device that made it. */
	readonly at: string;
}

export const maxTitleLength = 100;
const ids = z.array(idShape).check(z.maxLength(2000));
const peopleShape = z.object(
	Object.fromEntries(talkGroups.map((group) => [group, ids])) as Record<
		(typeof talkGroups)[number],
		typeof ids
	>
);

const fieldShapes: { [F in CampaignField]: z.ZodMiniType<CampaignFields[F]> } = {
	title: z.string().check(z.trim(), z.minLength(1), z.maxLength(maxTitleLength)),
	start: dayShape,
	end: dayShape,
	ruleSet: ruleSetShape,
	trashed: z.boolean(),
	ended: z.nullable(z.object({ on: dayShape, by: idShape, people: peopleShape }))
};
const fields = Object.keys(fieldShapes) as CampaignField[];
const lineShape = z.object({ by: idShape, at: z.string().check(z.maxLength(40)) });

export const campaignsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('talkCampaigns');
const fieldKey = (id: string, field: CampaignField): string => `${id} ${field}`;

function readCampaign(map: Y.Map<unknown>, id: string): TalkCampaign | null {
	const line = lineShape.safeParse(map.get(id));
	if (!line.success) return null;
	const read: Record<string, unknown> = { trashed: false, ended: null };
	for (const field of fields) {
		const value = map.get(fieldKey(id, field));
		if (value === undefined && field in read) continue;
		const parsed = z.safeParse<z.ZodMiniType>(fieldShapes[field], value);
		if (!parsed.success) return null;
		read[field] = parsed.data;
	}
	return { ...(read as unknown as CampaignFields), ...line.data, id };
}

export interface Campaigns {
	/** The latest window first. */
	readonly list: readonly TalkCampaign[];
	/** How many this version cannot read: they may be a later one's. */
	readonly unreadable: number;
}

export function readCampaigns(doc: Y.Doc): Campaigns {
	const map = campaignsIn(doc);
	const all = [...map.keys()]
		.filter((key) => !key.includes(' '))
		.map((id) => readCampaign(map, id));
	const list = all.filter((campaign) => campaign !== null);
	list.sort((a, b) => (a.start > b.start ? -1 : a.start < b.start ? 1 : a.id < b.id ? -1 : 1));
	return { list, unreadable: all.length - list.length };
}

export type CampaignEdit = Partial<CampaignFields>;

function readableEntries(edit: CampaignEdit): [CampaignField, unknown][] | null {
	const entries: [CampaignField, unknown][] = [];
	for (const field of fields) {
		if (edit[field] === undefined) continue;
		const parsed = z.safeParse<z.ZodMiniType>(fieldShapes[field], edit[field]);
		if (!parsed.success) return null;
		entries.push([field, parsed.data]);
	}
	return entries;
}

/** False, with nothing written, for what others could not read. */
export function addCampaign(
	doc: Y.Doc,
	{ id, by, at, ...rest }: Omit<TalkCampaign, 'trashed' | 'ended'>
): boolean {
	const entries = readableEntries(rest);
	const line = lineShape.safeParse({ by, at });
	if (entries?.length !== 4 || !line.success || !idShape.safeParse(id).success) return false;
	doc.transact(() => {
		const map = campaignsIn(doc);
		map.set(id, line.data);
		for (const [field, value] of entries) map.set(fieldKey(id, field), value);
	});
	return true;
}

/** Writes the fields that differ. False, with nothing written, for what others could not read. */
export function editCampaign(doc: Y.Doc, id: string, edit: CampaignEdit): boolean {
	const map = campaignsIn(doc);
	const entries = readableEntries(edit);
	if (entries === null || !map.has(id)) return false;
	doc.transact(() => {
		for (const [field, value] of entries) {
			const key = fieldKey(id, field);
			if (JSON.stringify(map.get(key)) !== JSON.stringify(value)) map.set(key, value);
		}
	});
	return true;
}

/** The one whose window today lies in, else the latest; null when there is none. */
export function campaignOfDay(campaigns: readonly TalkCampaign[], today: Ymd): TalkCampaign | null {
	const present = campaigns.filter(({ trashed }) => !trashed);
	const running = present.filter(({ start, end }) => start <= today && today <= end);
	// Of a drive within a year-round one, the drive is what people are at.
	const shortest = running.toSorted((a, b) => (a.end < b.end ? -1 : a.end > b.end ? 1 : 0))[0];
	return shortest ?? present[0] ?? null;
}
