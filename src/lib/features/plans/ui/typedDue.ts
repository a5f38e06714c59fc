import { parseTypedDate } from '$lib/base/typedDate.ts';
import type { Ymd } from '../model/plan.ts';

/** 3.20 typed into a plan of 2023 is of 2023; 明天 is tomorrow all the same. */
export const typedDue = (text: string, near: Ymd, today: Ymd): Ymd | null =>
	parseTypedDate(text, /\d/.test(text) ? near : today);
