import { m } from '$lib/paraglide/messages.js';
import type { CareWay } from '../model/care/careLog.ts';

const ways: Readonly<Record<CareWay, () => string>> = {
	visit: m.care_way_visit,
	condolence: m.care_way_condolence,
	help: m.care_way_help,
	talk: m.care_way_talk,
	other: m.care_way_other
};

export const wayName = (way: CareWay): string => ways[way]();
