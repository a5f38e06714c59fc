/** What in a text may lead back to somebody, in words for the person who writes it. */
import { m } from '$lib/paraglide/messages.js';
import { tracesIn, type TraceKind } from '../model/batch/sourceTraces.ts';
import type { People } from '../model/people.ts';

const kinds: Record<TraceKind, () => string> = {
	name: m.batches_trace_name,
	date: m.batches_trace_date,
	quote: m.batches_trace_quote,
	post: m.batches_trace_post,
	class: m.batches_trace_class
};

export const traceWords = (text: string, people: People): string[] =>
	tracesIn(text, people).map(({ kind, text: found }) =>
		m.batches_trace({ kind: kinds[kind](), text: found })
	);
