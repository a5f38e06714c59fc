import { expect, it } from 'vitest';
import { namesInText } from './namesInText.ts';
import { createLedgerDevice, people } from './testLedger.ts';

it('finds members by their whole names, in the fields that are asked about', () => {
	const device = createLedgerDevice();
	const add = (manifestation: string, remark = '') =>
		device.ledger.add([{ values: { manifestation, remark } }], device.rows.gapBefore(null));
	add('家长找过张敏老师');
	add('张敏说，王芳也说');
	add('张老师没有回', '梁晓芸');
	expect(namesInText(people, device.rows.listed, ['manifestation'])).toEqual([
		{ name: '张敏', rows: 2 },
		{ name: '王芳', rows: 1 }
	]);
});
