import { expect, it } from 'vitest';
import { fileName } from './formFile.ts';
import { pageRules } from './pageRules.ts';

it('turns the page, counts pages and keeps what people wrote inside its string', () => {
	const rules = pageRules({ page: 'landscape', header: '"} </style>\\' });
	expect(rules).toContain('size: A4 landscape;');
	expect(rules).toContain("'第 ' counter(page) ' 页 共 ' counter(pages) ' 页'");
	expect(rules).toContain('content: "\\22 \\7d  \\3c \\2f style\\3e \\5c "');
	expect(pageRules({ page: 'portrait', header: '内部（支部）' })).toContain(
		'content: "内部（支部）"'
	);
	expect(pageRules({ page: 'portrait' })).not.toContain('@top-right');
});

it('names files so that every system takes them', () => {
	expect(fileName(' 整改/台账: "一"\n ')).toBe('整改 台账 一');
	expect(fileName('??')).toBe('表');
});
