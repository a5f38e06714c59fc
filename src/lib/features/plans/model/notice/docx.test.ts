import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { docxToText } from './docx.ts';

const p = (text: string, properties = ''): string =>
	`<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const numbered = (text: string, level: number, id = 1): string =>
	p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${id}"/></w:numPr>`);
const numbering = `<w:numbering><w:abstractNum w:abstractNumId="7">
	<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
	<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
	<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
	</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`;
const styles = `<w:styles><w:style w:styleId="H2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`;

function docx(body: string, more: Record<string, string> = {}): Uint8Array {
	const files = {
		'word/document.xml': `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`,
		...more
	};
	return zipSync(
		Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)]))
	);
}

describe('docxToText', () => {
	it('renders automatic numbers, restarting below a higher level', () => {
		const body = [
			numbered('强化组织', 0),
			p('规范设置', '<w:pStyle w:val="H2"/>'),
			numbered('第一件', 2),
			numbered('第二件', 2),
			p('党员教育', '<w:pStyle w:val="H2"/>'),
			numbered('第三件', 2),
			numbered('常规', 0)
		].join('');
		const found = docxToText(
			docx(body, { 'word/numbering.xml': numbering, 'word/styles.xml': styles })
		);
		expect(found).toEqual({
			ok: true,
			value: '一、强化组织\n（一）规范设置\n1.第一件\n2.第二件\n（二）党员教育\n1.第三件\n二、常规'
		});
	});

	it('walks tables cell by cell and makes numbered rows numbered items', () => {
		const cell = (text: string) => `<w:tc>${p(text)}</w:tc>`;
		const row = (...cells: string[]) => `<w:tr>${cells.map(cell).join('')}</w:tr>`;
		const found = docxToText(
			docx(
				`<w:tbl>${row('序号', '任务', '时限')}${row('1', '召开组织生活会', '9月底前完成。')}</w:tbl>`
			)
		);
		expect(found).toEqual({
			ok: true,
			value: '序号\t任务\t时限\n1. 召开组织生活会。9月底前完成。'
		});
	});

	it('leaves out deleted words and duplicates for old readers, keeps tabs, breaks and entities', () => {
		const body = `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>甲&amp;乙</w:t><w:tab/><w:t>丙</w:t><w:br/><w:t>丁&#x4e00;</w:t></w:r><w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del><mc:Fallback><w:r><w:t>重复</w:t></w:r></mc:Fallback></w:p>`;
		expect(docxToText(docx(body))).toEqual({ ok: true, value: '甲&乙\t丙\n丁一' });
	});

	it('says what is wrong with a file', () => {
		expect(docxToText(strToU8('plain text'))).toEqual({ ok: false, error: 'not-a-docx' });
		expect(docxToText(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0))).toEqual({
			ok: false,
			error: 'legacy-doc'
		});
		expect(docxToText(zipSync({ 'a.txt': strToU8('x') }))).toEqual({
			ok: false,
			error: 'not-a-docx'
		});
		expect(docxToText(docx(p('文字')).slice(0, 60))).toEqual({ ok: false, error: 'damaged' });
		expect(docxToText(docx(p(' ')))).toEqual({ ok: false, error: 'empty' });
	});

	it('is not led astray by element names of the language', () => {
		expect(docxToText(docx(`<__proto__/><constructor/>${p('正文&constructor;')}`))).toEqual({
			ok: true,
			value: '正文&constructor;'
		});
	});

	it('refuses a zip bomb before unpacking it', () => {
		const bomb = zipSync({ 'word/document.xml': new Uint8Array(30 * 1024 * 1024) });
		expect(bomb.length).toBeLessThan(100_000);
		expect(docxToText(bomb)).toEqual({ ok: false, error: 'too-large' });
	});

	it('never throws on a damaged file', () => {
		const whole = docx(numbered('强化组织', 0) + p('正文'), { 'word/numbering.xml': numbering });
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
				(edits) => {
					const bytes = whole.slice();
					for (const [at, byte] of edits) bytes[at] = byte;
					expect(typeof docxToText(bytes).ok).toBe('boolean');
				}
			)
		);
	});
});
