// Text in which no notice was recognised: each line becomes a task, so that nothing pasted is lost.

import { noticeFingerprint } from './notice/fingerprint.ts';
import type { NoticeImport, NoticeTask } from './notice/types.ts';

const MAX_TITLE = 60;
const numbering =
	/^\s*(?:[(\uff08]?[\d一二三四五六七八九十]{1,3}[)\uff09、.\uff0e](?!\d)\s*|[•·●▪■◆\-*]\s+)/;

function lineTask(line: string, at: number, no: number): NoticeTask {
	const words = line.replace(numbering, '').trim();
	return {
		path: [String(no)],
		title: words.length > MAX_TITLE ? `${words.slice(0, MAX_TITLE - 1)}…` : words,
		text: words,
		lines: { from: at, to: at },
		deadlines: [],
		deliverables: [],
		roles: [],
		quotas: [],
		steps: [],
		channels: [],
		topics: [],
		module: 'plans',
		meetings: [],
		userSettings: [],
		suggestedEvidence: [],
		questions: []
	};
}

/** What `parseNotice` gave, with its lines as tasks. Headings are lines like any other. */
export function plainLines(notice: NoticeImport): NoticeImport {
	const document = { ...notice.document, warnings: [] };
	const tasks = notice.cleanText
		.split('\n')
		.map((line, at) => ({ line, at }))
		.filter(({ line }) => line.replace(numbering, '').trim() !== '')
		.map(({ line, at }, index) => lineTask(line, at, index + 1));
	return {
		...notice,
		document,
		sections: [],
		tasks,
		fingerprint: noticeFingerprint(document, tasks)
	};
}
